import FiscalCore
import FiscalTestSupport

@testable import EETProtocol

/// An authority of our own with seal certificates, right and wrong ones. Keys are made once for all tests.
struct TestAuthority {
    let issuer: CertificateIssuer
    let seal: Sealer

    /// A certificate to put into an answer and the key that signs with it.
    struct Sealer {
        var certificate: Certificate
        var key: PrivateKey
    }

    var trust: SealTrust { SealTrust(anchors: [self.issuer.certificate]) }

    private static let authorityKey = Result { try PrivateKey.generateRSA(bits: 2048) }
    private static let sealKey = Result { try PrivateKey.generateRSA(bits: 2048) }
    private static let strangerKey = Result { try PrivateKey.generateRSA(bits: 2048) }
    private static let shared = Result { try TestAuthority() }

    static func make() throws -> TestAuthority { try self.shared.get() }

    private init() throws {
        self.issuer = try Self.root(name: "Test CA", key: try Self.authorityKey.get())
        self.seal = Sealer(
            certificate: try self.issuer.issue(Self.template(), for: try Self.sealKey.get().publicKey),
            key: try Self.sealKey.get())
    }

    static let year2021 = FiscalInstant(secondsSinceEpoch: 1_609_459_200)
    static let year2022 = FiscalInstant(secondsSinceEpoch: 1_640_995_200)
    private static let year2040 = FiscalInstant(secondsSinceEpoch: 2_208_988_800)
    static let directorate = "Česká republika - Generální finanční ředitelství"

    private static func root(name: String, key: PrivateKey) throws -> CertificateIssuer {
        try .root(
            CertificateTemplate(
                subject: DistinguishedName([.init(.country, "CZ"), .init(.commonName, name)]), serialNumber: [1],
                notBefore: FiscalInstant(secondsSinceEpoch: 1_400_000_000), notAfter: Self.year2040),
            key: key)
    }

    /// A seal certificate for the year 2021.
    static func template(
        organisation: String? = TestAuthority.directorate, identifier: String? = nil,
        notBefore: FiscalInstant = TestAuthority.year2021, notAfter: FiscalInstant = TestAuthority.year2022,
        keyUsage: KeyUsage = [.digitalSignature, .nonRepudiation]
    ) -> CertificateTemplate {
        var subject = [DistinguishedName.Attribute(.commonName, "GFŘ - elektronická evidence tržeb - Test")]
        if let organisation { subject.append(.init(.organization, organisation)) }
        if let identifier { subject.append(.init(.organizationIdentifier, identifier)) }
        var template = CertificateTemplate(
            subject: DistinguishedName(subject), serialNumber: [0x10, 0x2A], notBefore: notBefore, notAfter: notAfter)
        template.keyUsage = keyUsage
        return template
    }

    /// A seal issued by this authority.
    func sealer(_ template: CertificateTemplate) throws -> Sealer {
        Sealer(
            certificate: try self.issuer.issue(template, for: self.seal.certificate.publicKey), key: self.seal.key)
    }

    /// A seal with a key of 1024 bits, issued by this authority. Our own library makes none that short.
    func shortSealer() throws -> Sealer {
        let made = try OutsideTool.run(
            "openssl", ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"])
        let key = try PrivateKey(pem: made.text)
        return Sealer(certificate: try self.issuer.issue(Self.template(), for: key.publicKey), key: key)
    }

    /// A seal with an elliptic key, issued by this authority.
    func ellipticSealer() throws -> Sealer {
        let key = try PrivateKey.generateEC(.secp256r1)
        return Sealer(certificate: try self.issuer.issue(Self.template(), for: key.publicKey), key: key)
    }

    /// A seal with the right names that somebody made at home, issued by himself.
    static func selfMade() throws -> Sealer {
        let key = try Self.strangerKey.get()
        let issuer = try CertificateIssuer.root(Self.template(), key: key)
        return Sealer(certificate: issuer.certificate, key: key)
    }

    /// A seal with the right names, issued by an authority that calls itself like the right one.
    static func fromLookalikeAuthority() throws -> Sealer {
        let key = try Self.strangerKey.get()
        let issuer = try Self.root(name: "Test CA", key: key)
        return Sealer(certificate: try issuer.issue(Self.template(), for: key.publicKey), key: key)
    }

    /// A seal with the right names, issued under another seal as if that were an authority.
    func issuedUnderSeal() throws -> Sealer {
        let key = try Self.strangerKey.get()
        let issuer = try CertificateIssuer(certificate: self.seal.certificate, key: self.seal.key)
        return Sealer(certificate: try issuer.issue(Self.template(), for: key.publicKey), key: key)
    }
}
