public import FiscalCore

/// How packets are compressed, signed, encrypted and written.
///
/// The document "Standardy kryptograficzne" that fixes this is not public; what is known of it leaves every knob open.
/// So a profile is a value that the host chooses. The library has one for trials, ``unverified``, and names it so; in
/// production the host must give its own (design decision D10, decision P18).
public struct SealingProfile: Sendable {
    /// Which of the two objects is inside the other.
    public enum Nesting: String, Sendable, Hashable, CaseIterable {
        /// Signed, then encrypted (sections 2.3.1.4.1 and 2.3.2): the payload of the JWE is a JWS.
        case jwsInJWE = "jws-in-jwe"
        /// Encrypted, then signed.
        case jweInJWS = "jwe-in-jws"
        /// Encrypted only: nobody answers for the content. For trials.
        case jweOnly = "jwe-only"
    }

    /// What becomes smaller, and when.
    public enum Compression: String, Sendable, Hashable, CaseIterable {
        case none
        /// `zip: DEF` in the header of the JWE (RFC 7516 §4.1.3): what is encrypted is compressed.
        case zipDEF = "zip-def"
        /// The document's order for data: compressed, then signed, then encrypted; raw DEFLATE (RFC 1951).
        case deflateBeforeSign = "deflate-before-sign"
        /// The same in the container of zlib (RFC 1950).
        case zlibBeforeSign = "zlib-before-sign"
        /// The same in the container of gzip (RFC 1952).
        case gzipBeforeSign = "gzip-before-sign"

        /// What is done to the content before anything else.
        var container: Deflate.Container? {
            switch self {
            case .none, .zipDEF: nil
            case .deflateBeforeSign: .raw
            case .zlibBeforeSign: .zlib
            case .gzipBeforeSign: .gzip
            }
        }
    }

    /// How a signature says whose it is.
    public enum SignerReference: String, Sendable, Hashable, CaseIterable {
        /// The signer's certificate itself (`x5c`).
        case x5c
        /// The SHA-256 of the certificate (`x5t#S256`).
        case x5tS256 = "x5t#S256"
        /// The `kid` that ``SealingProfile/keyID`` makes of the certificate.
        case kid
        case none
    }

    /// How the value of `encryptedData` or `encryptedCommand` is spelled.
    public enum Wire: String, Sendable, Hashable, CaseIterable {
        /// The compact serialisation as it is.
        case compact
        /// The base 64 of the compact serialisation.
        case base64
    }

    public var nesting = Nesting.jwsInJWE
    public var signature = JWSAlgorithm.rs256
    public var keyEncryption = JWEKeyAlgorithm.rsaOAEP256
    public var contentEncryption = JWEContentAlgorithm.a256GCM
    public var compression = Compression.deflateBeforeSign
    public var signerReference = SignerReference.x5c
    /// The `kid` of a certificate: of the recipient's in the JWE, of the signer's where ``signerReference`` says so.
    public var keyID: KeyID = .none
    public var wire = Wire.compact
    /// Further protected members of the JWE's header (section 2.3.2.2 puts metadata there and does not say which).
    public var metadata: [JSON.Member] = []
    /// How large the content of an opened packet may be, in bytes, after decompression.
    public var outputLimit = 16 << 20
    /// Accepts and makes `RSA1_5`; see ``JWEKeyAlgorithm/rsa15``.
    public var allowsUnsafeRSA15 = false

    public init() {}

    /// A guess from the sibling documents, labelled as what it is: RS256 inside RSA-OAEP-256 with A256GCM, compressed
    /// before signing. Nobody has shown it to the real repository.
    public static let unverified = SealingProfile()

    /// What is received with this profile may use these for compression: commands come without or with `zip: DEF`
    /// (decision P18); the profile's own is always accepted.
    var acceptsZip: Bool { self.compression == .zipDEF || self.compression == .none }
}

/// How a `kid` is made of a certificate. Which one the repository wants is not public.
public enum KeyID: Sendable {
    case none
    /// The same text for every certificate.
    case text(String)
    /// The SHA-1 of the certificate, hexadecimal, lower case.
    case sha1Hex
    /// The SHA-256 of the certificate, hexadecimal, lower case.
    case sha256Hex
    /// The SHA-256 of the certificate in base 64 URL.
    case sha256Base64URL
    /// The serial number, hexadecimal, lower case.
    case serialHex
    /// The common name of the subject.
    case commonName
    case custom(@Sendable (Certificate) -> String?)

    func text(of certificate: Certificate) -> String? {
        switch self {
        case .none: nil
        case .text(let text): text
        case .sha1Hex: Hex.encode(certificate.fingerprint(.sha1))
        case .sha256Hex: Hex.encode(certificate.fingerprint(.sha256))
        case .sha256Base64URL: Base64URL.encode(certificate.fingerprint(.sha256))
        case .serialHex: certificate.serialNumberHex.lowercased()
        case .commonName: certificate.subject.attributes.last { $0.type == .commonName }?.value
        case .custom(let make): make(certificate)
        }
    }
}
