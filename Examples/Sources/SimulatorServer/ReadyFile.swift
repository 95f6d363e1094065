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

    public var eet: EET
    /// The other environment, with a taxpayer of its own.
    public var eet_production: EET
    /// Where ledgers are read and faults are set (`/eet/playground/v3/ledger` and so on).
    public var control: String
}
