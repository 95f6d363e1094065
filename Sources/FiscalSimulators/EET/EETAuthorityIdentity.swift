public import EETProtocol
public import FiscalCore

/// Keys and certificates of one simulated environment: the authority that issues to taxpayers, and the seal.
///
/// Made once and kept by the host; as JSON it holds private keys, so its file belongs to its owner alone.
public struct EETAuthorityIdentity: Sendable {
    /// A certificate and its key.
    struct Holder: Sendable {
        var certificate: Certificate
        var key: PrivateKey
    }

    /// Issues the certificates of taxpayers.
    let taxpayerAuthority: Holder
    /// The seal on confirmations.
    let seal: Holder
    /// Wrong seals for tests: right names below another authority, no longer valid, issued to somebody else.
    let foreignSeal: Holder
    let expiredSeal: Holder
    let strangerSeal: Holder
    private let sealAuthority: Certificate

    /// Below this certificate every seal stands; a till must trust it and nothing else.
    public var sealAuthorityCertificate: Certificate { self.sealAuthority }

    /// The authority that issues to taxpayers.
    public var taxpayerAuthorityCertificate: Certificate { self.taxpayerAuthority.certificate }

    /// The seal certificate as it stands in confirmations.
    public var sealCertificate: Certificate { self.seal.certificate }

    /// Makes new keys and certificates.
    ///
    /// - Parameters:
    ///   - environment: goes into the names only.
    ///   - now: the authorities are valid for 20 years from then, the seal for 10.
    ///   - random: for serial numbers; keys come from the cryptographic library.
    /// - Throws: ``CryptoError`` when a key cannot be made.
    public init(
        environment: EETEnvironment = .playground, at now: FiscalInstant, random: some RandomSource
    ) throws(CryptoError) {
        let names = EETNames(environment)
        let factory = IdentityFactory(now: now, random: random)
        let taxpayers = try factory.root(names.taxpayerAuthority)
        let seals = try factory.root(names.sealAuthority)
        let foreign = try factory.root(names.sealAuthority)
        let key = try PrivateKey.generateRSA(bits: 2048)
        func seal(
            _ issuer: CertificateIssuer, _ subject: DistinguishedName, days: ClosedRange<Int64> = -1...3650
        ) throws(CryptoError) -> Holder {
            Holder(certificate: try factory.leaf(subject, of: key, by: issuer, days: days), key: key)
        }
        self.taxpayerAuthority = Holder(certificate: taxpayers.certificate, key: taxpayers.key)
        self.sealAuthority = seals.certificate
        self.seal = try seal(seals, names.seal)
        self.foreignSeal = try seal(foreign, names.seal)
        self.expiredSeal = try seal(seals, names.seal, days: -300 ... -2)
        self.strangerSeal = try seal(seals, names.stranger)
    }
}

extension EETAuthorityIdentity: Codable {
    /// PEM texts by name.
    private struct Stored: Codable {
        var taxpayerAuthority, taxpayerAuthorityKey, sealAuthority, seal, sealKey: String
        var foreignSeal, expiredSeal, strangerSeal: String
    }

    public init(from decoder: any Decoder) throws {
        let stored = try Stored(from: decoder)
        let key = try PrivateKey(pem: stored.sealKey)
        func seal(_ pem: String) throws -> Holder { Holder(certificate: try Certificate(pem: pem), key: key) }
        self.taxpayerAuthority = Holder(
            certificate: try Certificate(pem: stored.taxpayerAuthority),
            key: try PrivateKey(pem: stored.taxpayerAuthorityKey))
        self.sealAuthority = try Certificate(pem: stored.sealAuthority)
        self.seal = try seal(stored.seal)
        self.foreignSeal = try seal(stored.foreignSeal)
        self.expiredSeal = try seal(stored.expiredSeal)
        self.strangerSeal = try seal(stored.strangerSeal)
    }

    public func encode(to encoder: any Encoder) throws {
        try Stored(
            taxpayerAuthority: self.taxpayerAuthority.certificate.pem,
            taxpayerAuthorityKey: self.taxpayerAuthority.key.pkcs8PEM(), sealAuthority: self.sealAuthority.pem,
            seal: self.seal.certificate.pem, sealKey: self.seal.key.pkcs8PEM(),
            foreignSeal: self.foreignSeal.certificate.pem, expiredSeal: self.expiredSeal.certificate.pem,
            strangerSeal: self.strangerSeal.certificate.pem
        ).encode(to: encoder)
    }
}

extension EETAuthorityIdentity: CustomStringConvertible {
    /// Names the authority; never a key.
    public var description: String { "EETAuthorityIdentity(\(self.sealAuthority.subject), keys redacted)" }
}
