/// A key, a certificate or a ciphertext that could not be used.
public struct CryptoError: Error, Sendable, Hashable {
    /// What went wrong, for programs.
    public var code: Code
    /// What went wrong, for people. Never holds key material, passwords or plaintext.
    public var detail: String

    public init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    /// The kinds of failure. Open: later versions may add some.
    public struct Code: RawRepresentable, Sendable, Hashable {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        /// The key is of a kind that the operation has no use for (an EC key asked for an RSA signature).
        public static let wrongKeyType = Self(rawValue: "wrongKeyType")
        /// The bytes are not what they should be: a damaged key, a point off the curve, a nonce of a wrong length.
        public static let malformed = Self(rawValue: "malformed")
        /// Well formed, but this backend cannot do it.
        public static let unsupported = Self(rawValue: "unsupported")
        /// A ciphertext or an encrypted key did not open: wrong key or password, or altered. The cause is not told further.
        public static let decryptionFailed = Self(rawValue: "decryptionFailed")
        /// The cryptographic library, a card or a service failed.
        public static let backend = Self(rawValue: "backend")
    }
}

extension CryptoError: CustomStringConvertible {
    public var description: String { "\(self.code.rawValue): \(self.detail)" }
}
