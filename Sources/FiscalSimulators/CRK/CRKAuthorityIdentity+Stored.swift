public import CRKProtocol
import FiscalCore

extension CRKAuthorityIdentity {
    /// What a server of one channel shows, and its key, as PEM: for a server behind a socket. Private.
    public func serverPEM(_ channel: CRKChannel) throws -> (certificate: String, key: String) {
        let holder = self.server(channel)
        return (holder.certificate.pem, try holder.key.pkcs8PEM())
    }

    func server(_ channel: CRKChannel) -> Holder {
        switch channel {
        case .cpd: self.cpd
        case .webApi: self.webApi
        case .eventHub: self.eventHub
        }
    }
}

extension CRKAuthorityIdentity: Codable {
    /// PEM texts: certificate, then key.
    private struct Stored: Codable {
        var ministry, hub, producer, stranger, cpd, webApi, eventHub, encrypt: [String]
        var formerEncrypt: [[String]]
        var secret: String
        var hostNames: [String]
        var packetKeys: PacketKeys
    }

    public init(from decoder: any Decoder) throws {
        let stored = try Stored(from: decoder)
        func holder(_ pem: [String]) throws -> Holder {
            guard pem.count == 2 else { throw CryptoError(.malformed, "no certificate and key") }
            return Holder(certificate: try Certificate(pem: pem[0]), key: try PrivateKey(pem: pem[1]))
        }
        guard let secret = Base64.decode(stored.secret) else { throw CryptoError(.malformed, "no secret") }
        self.secret = secret
        self.hostNames = stored.hostNames
        self.packetKeys = stored.packetKeys
        self.ministry = try holder(stored.ministry)
        self.hub = try holder(stored.hub)
        self.producer = try holder(stored.producer)
        self.stranger = try holder(stored.stranger)
        self.cpd = try holder(stored.cpd)
        self.webApi = try holder(stored.webApi)
        self.eventHub = try holder(stored.eventHub)
        self.encrypt = try holder(stored.encrypt)
        self.formerEncrypt = try stored.formerEncrypt.map(holder)
    }

    public func encode(to encoder: any Encoder) throws {
        func pem(_ holder: Holder) throws -> [String] { [holder.certificate.pem, try holder.key.pkcs8PEM()] }
        try Stored(
            ministry: pem(self.ministry), hub: pem(self.hub), producer: pem(self.producer),
            stranger: pem(self.stranger), cpd: pem(self.cpd), webApi: pem(self.webApi), eventHub: pem(self.eventHub),
            encrypt: pem(self.encrypt), formerEncrypt: self.formerEncrypt.map(pem),
            secret: Base64.encode(self.secret), hostNames: self.hostNames, packetKeys: self.packetKeys
        ).encode(to: encoder)
    }
}
