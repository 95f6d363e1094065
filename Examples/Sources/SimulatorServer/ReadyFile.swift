import FiscalSimulators

/// What a client has to know to reach the authorities; written once all ports listen. It names files with keys.
public struct ReadyFile: Sendable, Codable {
    public struct EET: Sendable, Codable {
        /// Addresses of the playground.
        public var v3: String
        public var v4: String
        /// Paths: the CA of the servers, the CA above the seals, the taxpayer's key file and its password.
        public var tls_ca: String
        public var seal_ca: String
        public var p12: String
        public var password: String
        /// The same for a taxpayer with a certificate of v4.
        public var p12_v4: String
        /// The number in both certificates.
        public var dic: String
    }

    public struct Kaz: Sendable, Codable {
        public struct Register: Sendable, Codable {
            public var id: UInt32
            /// The token that its next request must carry.
            public var token: UInt32
            public var rnm: String
        }

        /// `host:port` of the OFD server.
        public var address: String
        /// The first register.
        public var id: UInt32
        public var token: UInt32
        /// РНМ, its registration number.
        public var rnm: String
        /// All registers that a client may take, the first one included.
        public var registers: [Register]

        init(_ authority: OFDAuthority, port: Int) {
            self.address = "127.0.0.1:\(port)"
            self.registers = OFDOffice.registers.compactMap { id in
                authority[id].map {
                    Register(id: id, token: $0.token, rnm: $0.registration.device.registrationNumber)
                }
            }
            let first = self.registers.first
            self.id = first?.id ?? 0
            self.token = first?.token ?? 0
            self.rnm = first?.rnm ?? ""
        }
    }

    public struct Ferma: Sendable, Codable {
        /// Address of the converter.
        public var url: String
        /// Paths: the CA of the server, the client's key file and its password.
        public var tls_ca: String
        public var p12: String
        public var password: String
        /// The same for a client of another enterprise, which has no register.
        public var p12_stranger: String
    }

    public struct CRK: Sendable, Codable {
        /// Credentials of a register: paths of PEM files.
        public struct Register: Sendable, Codable {
            /// The unique number.
            public var unit: String
            /// The taxpayer.
            public var nip: String
            public var tls_cert: String
            public var tls_key: String
            public var json_cert: String
            public var json_key: String
        }

        /// Base addresses.
        public var cpd: String
        public var webapi: String
        public var event_hub: String
        /// Path: who vouches for the servers until CMD07.
        public var anchor: String
        /// A register that is a device.
        public var tls_cert: String
        public var tls_key: String
        public var json_cert: String
        public var json_key: String
        public var unit: String
        public var nip: String
        public var serial: String
        public var technician: String
        /// One in the form of software.
        public var software: Register
    }

    public struct TSE: Sendable, Codable {
        /// Address of the fiscal service; there is no TLS on the way to it.
        public var url: String
        /// The serial of its TSE.
        public var serial: String
    }

    public var eet: EET
    /// The other environment, with a taxpayer of its own.
    public var eet_production: EET
    public var kaz: Kaz
    public var ferma: Ferma
    public var tse: TSE
    public var crk: CRK
    /// Where ledgers are read and faults are set (`/eet/playground/v3/ledger` and so on).
    public var control: String
}
