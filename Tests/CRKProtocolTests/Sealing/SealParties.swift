import CRKProtocol
import FiscalCore
import FiscalTestSupport
import Testing

/// A register and a repository with a key of every kind, for packets between them.
struct SealParties {
    struct Party {
        let key: PrivateKey
        let certificate: Certificate

        init(_ name: String, _ key: PrivateKey) throws {
            let start = FiscalInstant(secondsSinceEpoch: 1_795_255_200)
            let template = CertificateTemplate(
                subject: DistinguishedName([.init(.commonName, name)]), serialNumber: [0x41, 0x0F],
                notBefore: start, notAfter: start + .seconds(86_400 * 365))
            self.key = key
            self.certificate = try CertificateIssuer.root(template, key: key).certificate
        }
    }

    let rsa: Party, rsaRecipient: Party, stranger: Party
    let p256: Party, p384: Party, p521: Party
    let randomness = CountingRandomSource()

    /// RSA keys take their time: the tests share one set.
    static let shared = Result { try SealParties() }

    private init() throws {
        self.rsa = try Party("ZTE1701000901", .generateRSA(bits: 2048))
        self.rsaRecipient = try Party("CPD JSON", .generateRSA(bits: 2048))
        self.stranger = try Party("nobody", .generateRSA(bits: 2048))
        self.p256 = try Party("P-256", .generateEC(.secp256r1))
        self.p384 = try Party("P-384", .generateEC(.secp384r1))
        self.p521 = try Party("P-521", .generateEC(.secp521r1))
    }

    func signer(for algorithm: JWSAlgorithm) -> Party {
        switch algorithm {
        case .es256: self.p256
        case .es384: self.p384
        case .es512: self.p521
        default: self.rsa
        }
    }

    func recipient(for algorithm: JWEKeyAlgorithm) -> Party {
        algorithm == .ecdhESA256KW ? self.p256 : self.rsaRecipient
    }

    func seal(_ content: [UInt8], _ profile: SealingProfile) throws(SealError) -> String {
        let signer = self.signer(for: profile.signature)
        return try profile.seal(
            content, signer: signer.key, certificate: signer.certificate,
            for: self.recipient(for: profile.keyEncryption).certificate, randomness: self.randomness)
    }

    func open(_ sealed: String, _ profile: SealingProfile) throws(SealError) -> [UInt8] {
        try profile.open(
            sealed, with: self.recipient(for: profile.keyEncryption).key,
            from: self.signer(for: profile.signature).certificate, randomness: self.randomness)
    }

    /// Every profile that the knobs allow for one nesting, with the certificate named in each way in turn.
    static func everyProfile(_ nestings: [SealingProfile.Nesting] = SealingProfile.Nesting.allCases)
        -> [SealingProfile]
    {
        var profiles: [SealingProfile] = []
        for nesting in nestings {
            for key in JWEKeyAlgorithm.allCases {
                for content in JWEContentAlgorithm.allCases {
                    for signature in nesting == .jweOnly ? [.rs256] : JWSAlgorithm.allCases {
                        var profile = SealingProfile()
                        profile.nesting = nesting
                        profile.keyEncryption = key
                        profile.contentEncryption = content
                        profile.signature = signature
                        let turn = profiles.count
                        profile.compression = SealingProfile.Compression.allCases[turn % 5]
                        profile.signerReference = SealingProfile.SignerReference.allCases[turn % 4]
                        profile.keyID = [KeyID.sha256Hex, .text("kid-1"), .serialHex][turn % 3]
                        profile.wire = SealingProfile.Wire.allCases[turn % 2]
                        profile.allowsUnsafeRSA15 = key == .rsa15
                        profiles.append(profile)
                    }
                }
            }
        }
        return profiles
    }
}
