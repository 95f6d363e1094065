/// The contents of a PKCS#12 key file (RFC 7292, `.p12` or `.pfx`): a private key, its certificate, and others.
public struct PKCS12: Sendable {
    public let key: PrivateKey
    /// The certificate whose public key is the key's.
    public let leaf: Certificate
    /// The other certificates: first the issuers of the leaf, each followed by its own, then any others.
    public let chain: [Certificate]

    /// Opens a key file.
    ///
    /// Encryption with RC2-40, 3DES and AES (PBES2) is read, and unencrypted certificates; what only OpenSSL's legacy
    /// provider knows is `unsupportedEncryption` where that is not installed. White space after the file's end, which
    /// some issuers add, is passed over.
    /// - Parameter password: May be empty and may hold any Unicode characters.
    public static func read(_ bytes: [UInt8], password: String) throws(PKCS12Error) -> PKCS12 {
        try Self.read(bytes, password: password, withLegacyAlgorithms: true)
    }

    /// - Parameter withLegacyAlgorithms: False reads as if OpenSSL's legacy provider were not installed.
    package static func read(
        _ bytes: [UInt8], password: String, withLegacyAlgorithms: Bool
    ) throws(PKCS12Error) -> PKCS12 {
        let file = try OpenSSLPKCS12(
            parsing: bytes, in: withLegacyAlgorithms ? LibraryContext.withLegacy : LibraryContext.withoutLegacy)
        let contents = try file.open(password: password)
        let pairs = contents.keys.flatMap { key in
            contents.certificates.filter { $0.publicKey.isSameKey(as: key.publicKey) }.map { (key: key, leaf: $0) }
        }
        // A renewed certificate may stand beside the old one of the same key.
        guard let pair = pairs.max(by: { $0.leaf.notAfter < $1.leaf.notAfter }) else {
            throw PKCS12Error(.noCertificateForKey, "none of the file's certificates belongs to its key")
        }
        guard Self.isUsable(pair.key) else {
            throw PKCS12Error(.damaged, "the private key does not fit its public key")
        }
        let others = contents.certificates.filter { $0 != pair.leaf }
        return PKCS12(key: pair.key, leaf: pair.leaf, chain: Self.issuersFirst(others, of: pair.leaf))
    }

    /// Whether the private half works: without a MAC, damage inside it would show only at the first sale.
    private static func isUsable(_ key: PrivateKey) -> Bool {
        let algorithm: SignatureAlgorithm
        switch key.publicKey.kind {
        case .rsa: algorithm = .rsaPKCS1(.sha256)
        case .ec: algorithm = .ecdsa(.sha256, .der)
        case .other: return true
        }
        guard let signature = try? key.sign([], algorithm) else { return false }
        return key.publicKey.verify(signature, over: [], algorithm)
    }

    private static func issuersFirst(_ certificates: [Certificate], of leaf: Certificate) -> [Certificate] {
        var rest = certificates
        var ordered: [Certificate] = []
        var current = leaf
        while !current.isSelfIssued, let index = rest.firstIndex(where: { $0.subject == current.issuer }) {
            current = rest.remove(at: index)
            ordered.append(current)
        }
        return ordered + rest
    }
}

/// Why a PKCS#12 file could not be read or written.
public struct PKCS12Error: Error, Sendable, Hashable {
    public var code: Code
    /// For people; names algorithms, never the password or contents.
    public var detail: String

    public init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    /// The kinds of failure. Open: later versions may add some.
    public struct Code: RawRepresentable, Sendable, Hashable {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        /// The password is not the file's.
        public static let wrongPassword = Self(rawValue: "wrongPassword")
        /// The file is encrypted or sealed in a way that the installed library cannot undo; the detail names it.
        public static let unsupportedEncryption = Self(rawValue: "unsupportedEncryption")
        /// The file is no PKCS#12, is incomplete or was altered.
        public static let damaged = Self(rawValue: "damaged")
        /// The file opens and holds no private key.
        public static let noKey = Self(rawValue: "noKey")
        /// The file opens, and none of its certificates belongs to its key.
        public static let noCertificateForKey = Self(rawValue: "noCertificateForKey")
        /// The cryptographic library failed.
        public static let backend = Self(rawValue: "backend")
    }
}

extension PKCS12Error: CustomStringConvertible {
    public var description: String { "\(self.code.rawValue): \(self.detail)" }
}
