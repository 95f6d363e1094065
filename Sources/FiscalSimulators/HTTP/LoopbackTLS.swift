public import FiscalCore

/// The TLS server identity of the simulated authorities on this machine: a certification authority of their own, and a
/// certificate for `localhost`, `127.0.0.1` and `::1`.
///
/// As JSON it holds private keys, so its file belongs to its owner alone.
public struct LoopbackTLS: Sendable, Codable {
    /// What a client has to trust.
    public let authorityPEM: String
    /// What the server shows.
    public let certificatePEM: String
    /// The key of ``certificatePEM``, PKCS#8.
    public let keyPEM: String

    /// Makes new keys and certificates, valid from a day before `now` for ten years.
    /// - Parameter random: for serial numbers; keys come from the cryptographic library.
    /// - Throws: ``CryptoError`` when a key cannot be made.
    public init(at now: FiscalInstant, random: some RandomSource) throws(CryptoError) {
        let factory = IdentityFactory(now: now, random: random)
        let authority = try factory.root(
            DistinguishedName([.init(.commonName, "TLS CA of the simulated authorities")]))
        let key = try PrivateKey.generateRSA(bits: 2048)
        var template = factory.template(
            DistinguishedName([.init(.commonName, "localhost")]), days: -1...3650)
        template.keyUsage = [.digitalSignature, .keyEncipherment]
        template.extendedKeyUsage = [.serverAuth]
        template.dnsNames = ["localhost"]
        template.ipAddresses = ["127.0.0.1", "::1"]
        self.authorityPEM = authority.certificate.pem
        self.certificatePEM = try authority.issue(template, for: key.publicKey).pem
        self.keyPEM = try key.pkcs8PEM()
    }
}

extension LoopbackTLS: CustomStringConvertible {
    public var description: String { "LoopbackTLS(keys redacted)" }
}
