public import FiscalCore

/// Key and certificate of one simulated TSE.
///
/// Made once and kept by the host; as JSON it holds the private key, so its file belongs to its owner alone.
public struct TSEIdentity: Sendable {
    public let profile: TSEProfile
    let key: PrivateKey
    /// The certificate of the key, valid for so long as the TSE may be used.
    public let certificate: Certificate
    /// Who issued ``certificate``; a verifier trusts it and nothing else.
    public let authorityCertificate: Certificate
    /// `04 ‖ x ‖ y` of the public key.
    public let point: [UInt8]

    /// Makes a new key and its certificate.
    /// - Parameters:
    ///   - now: the certificate is valid from the day before.
    ///   - validDays: for how many days it is valid; five years as real ones are.
    ///   - random: for serial numbers; keys come from the cryptographic library.
    /// - Throws: ``CryptoError`` when no key can be made on the curve.
    public init(
        _ profile: TSEProfile = .usual, at now: FiscalInstant, validDays: Int64 = 1826, random: some RandomSource
    ) throws(CryptoError) {
        let key = try PrivateKey.generateEC(profile.curve)
        let factory = IdentityFactory(now: now, random: random)
        let authority = try CertificateIssuer.root(
            factory.template(DistinguishedName([.init(.commonName, "CA of the simulated TSE")]), days: -366...7300),
            key: .generateEC(.secp256r1))
        let point = key.publicKey.uncompressedPoint ?? []
        let serial = Hex.encode(Digest.hash(.sha256, point))
        let certificate = try factory.leaf(
            // 64 characters, the most that a common name may have.
            DistinguishedName([.init(.commonName, serial)]), of: key, by: authority, days: -1...max(0, validDays))
        try self.init(profile, key: key, certificate: certificate, authorityCertificate: authority.certificate)
    }

    private init(
        _ profile: TSEProfile, key: PrivateKey, certificate: Certificate, authorityCertificate: Certificate
    ) throws(CryptoError) {
        guard let point = key.publicKey.uncompressedPoint else {
            throw CryptoError(.wrongKeyType, "the key of a TSE lies on a named curve")
        }
        self.profile = profile
        self.key = key
        self.certificate = certificate
        self.authorityCertificate = authorityCertificate
        self.point = point
    }

    /// SHA-256 of the public point, 64 lower-case hexadecimal digits: the serial number that goes on receipts.
    public var serial: String { Hex.encode(Digest.hash(.sha256, self.point)) }

    /// `r ‖ s` over a message.
    func sign(_ message: [UInt8]) throws(CryptoError) -> [UInt8] {
        try self.key.sign(message, .ecdsa(self.profile.digest, .plain))
    }
}

extension TSEIdentity: Codable {
    private struct Stored: Codable {
        var profile: TSEProfile
        var key, certificate, authority: String
    }

    public init(from decoder: any Decoder) throws {
        let stored = try Stored(from: decoder)
        try self.init(
            stored.profile, key: PrivateKey(pem: stored.key), certificate: Certificate(pem: stored.certificate),
            authorityCertificate: Certificate(pem: stored.authority))
    }

    public func encode(to encoder: any Encoder) throws {
        try Stored(
            profile: self.profile, key: self.key.pkcs8PEM(), certificate: self.certificate.pem,
            authority: self.authorityCertificate.pem
        ).encode(to: encoder)
    }
}

extension TSEIdentity: CustomStringConvertible {
    /// Names the TSE; never the key.
    public var description: String { "TSEIdentity(\(self.serial), key redacted)" }
}
