public import FiscalCore

/// Keys and certificates of one simulated repository.
///
/// The ministry's authority stands above the CPD server, the WebApi and the certificate for packets; the Event Hub has an
/// authority of its own, and so has the producer that issues to registers. The servers' certificates are also good for
/// `localhost`, `127.0.0.1` and `::1`.
///
/// Made once and kept by the host; as JSON it holds private keys, so its file belongs to its owner alone.
public struct CRKAuthorityIdentity: Sendable {
    /// A certificate and its key.
    struct Holder: Sendable {
        var certificate: Certificate
        var key: PrivateKey
    }

    /// What can be replaced by a new one (``renew(_:at:random:)``).
    public enum Role: String, Sendable, Hashable, Codable, CaseIterable {
        case cpdTLS, webApiTLS, eventHubTLS
        /// Packets are encrypted to it, orders signed with it.
        case repositoryEncrypt
    }

    /// The kind of key that packets and orders are encrypted to and signed with, on both sides.
    public enum PacketKeys: String, Sendable, Hashable, Codable, CaseIterable {
        /// RSA with 2048 bits, as registers seem to have.
        case rsa
        /// P-256, for profiles with ES256 and ECDH-ES.
        case ellipticCurve
    }

    let ministry: Holder
    let hub: Holder
    let producer: Holder
    /// A key that nobody knows: for orders with a wrong seal.
    let stranger: Holder
    var cpd: Holder
    var webApi: Holder
    var eventHub: Holder
    var encrypt: Holder
    /// What packets were encrypted to before: they are still opened.
    var formerEncrypt: [Holder] = []
    /// Signs the tokens, makes the shared keys and whatever looks random.
    let secret: [UInt8]
    /// The names in the certificates of the servers.
    let hostNames: [String]
    public let packetKeys: PacketKeys

    /// What a register trusts before CMD07: the ministry's authority.
    public var anchors: [Certificate] { [self.ministry.certificate] }
    /// `digitalCertificateCPDServerTLS`
    public var cpdTLSCertificate: Certificate { self.cpd.certificate }
    /// `digitalCertificateWebApiTLS`
    public var webApiTLSCertificate: Certificate { self.webApi.certificate }
    /// `digitalCertificateRepositoryEncrypt`
    public var repositoryEncryptCertificate: Certificate { self.encrypt.certificate }
    /// `digitalCertificateAzureEventHubTLS`
    public var eventHubAuthorities: [Certificate] { [self.hub.certificate] }
    /// The authority that issues to registers: what the servers trust.
    public var producerCertificate: Certificate { self.producer.certificate }

    /// Makes new keys and certificates.
    /// - Parameters:
    ///   - addresses: whose hosts stand in the certificates of the servers.
    ///   - now: the authorities are valid for 20 years from then, the others for 10.
    ///   - random: for serial numbers and the secret; keys come from the cryptographic library.
    /// - Throws: ``CryptoError`` when a key cannot be made.
    public init(
        addresses: CRKAddresses = CRKAddresses(), packetKeys: PacketKeys = .rsa, at now: FiscalInstant,
        random: some RandomSource
    ) throws(CryptoError) {
        let factory = IdentityFactory(now: now, random: random)
        self.hostNames = addresses.hostNames
        self.packetKeys = packetKeys
        self.ministry = try Self.authority("CA of the simulated repository", factory)
        self.hub = try Self.authority("CA of the simulated Event Hub", factory)
        self.producer = try Self.authority("CA of the simulated producer", factory)
        self.cpd = try Self.server("CPD", by: self.ministry, self.hostNames, factory)
        self.webApi = try Self.server("WebApi", by: self.ministry, self.hostNames, factory)
        self.eventHub = try Self.server("Event Hub", by: self.hub, self.hostNames, factory)
        self.encrypt = try Self.packets(packetKeys.make(), by: self.ministry, factory)
        self.stranger = try Self.packets(packetKeys.make(), by: self.hub, factory)
        self.secret = random.bytes(count: 32)
    }

    /// Replaces a certificate and its key. Packets to an earlier certificate are still opened.
    public mutating func renew(_ role: Role, at now: FiscalInstant, random: some RandomSource) throws(CryptoError) {
        let factory = IdentityFactory(now: now, random: random)
        switch role {
        case .cpdTLS: self.cpd = try Self.server("CPD", by: self.ministry, self.hostNames, factory)
        case .webApiTLS: self.webApi = try Self.server("WebApi", by: self.ministry, self.hostNames, factory)
        case .eventHubTLS: self.eventHub = try Self.server("Event Hub", by: self.hub, self.hostNames, factory)
        case .repositoryEncrypt:
            let former = self.encrypt
            self.encrypt = try Self.packets(self.packetKeys.make(), by: self.ministry, factory)
            self.formerEncrypt.append(former)
        }
    }

    private static func authority(_ name: String, _ factory: IdentityFactory) throws(CryptoError) -> Holder {
        let template = factory.template(DistinguishedName([.init(.commonName, name)]), days: -366...7300)
        let issuer = try CertificateIssuer.root(template, key: .generateEC(.secp256r1))
        return Holder(certificate: issuer.certificate, key: issuer.key)
    }

    private static func server(
        _ name: String, by authority: Holder, _ hosts: [String], _ factory: IdentityFactory
    ) throws(CryptoError) -> Holder {
        let key = try PrivateKey.generateEC(.secp256r1)
        var template = factory.template(DistinguishedName([.init(.commonName, name)]), days: -1...3650)
        template.keyUsage = [.digitalSignature]
        template.extendedKeyUsage = [.serverAuth]
        template.dnsNames = hosts + ["localhost"]
        template.ipAddresses = ["127.0.0.1", "::1"]
        return Holder(certificate: try authority.issuer.issue(template, for: key.publicKey), key: key)
    }

    private static func packets(
        _ key: PrivateKey, by authority: Holder, _ factory: IdentityFactory
    ) throws(CryptoError) -> Holder {
        var template = factory.template(DistinguishedName([.init(.commonName, "CPD JSON")]), days: -1...3650)
        template.keyUsage = [.digitalSignature, .keyEncipherment, .keyAgreement]
        return Holder(certificate: try authority.issuer.issue(template, for: key.publicKey), key: key)
    }
}

extension CRKAuthorityIdentity.PacketKeys {
    func make() throws(CryptoError) -> PrivateKey {
        switch self {
        case .rsa: try .generateRSA(bits: 2048)
        case .ellipticCurve: try .generateEC(.secp256r1)
        }
    }
}

extension CRKAuthorityIdentity.Holder {
    var issuer: CertificateIssuer {
        get throws(CryptoError) { try CertificateIssuer(certificate: self.certificate, key: self.key) }
    }
}

extension CRKAuthorityIdentity: CustomStringConvertible {
    public var description: String { "CRKAuthorityIdentity(\(self.ministry.certificate.subject), keys redacted)" }
}
