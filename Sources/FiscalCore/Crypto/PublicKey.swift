import COpenSSL

/// A public key: it verifies signatures and, when RSA, encrypts short secrets.
///
/// Two keys are equal when their encodings are. The same EC point can be encoded in two ways (compressed or not);
/// ``isSameKey(as:)`` compares the keys themselves.
public struct PublicKey: Sendable {
    /// What kind of key it is.
    public enum Kind: Sendable, Hashable {
        /// RSA with a modulus of that many bits.
        case rsa(bits: Int)
        /// An elliptic curve; nil when it is none of ``NamedCurve/all``.
        case ec(NamedCurve?)
        /// Any other: signatures by it never verify here.
        case other
    }

    /// Nil for a key whose algorithm OpenSSL does not know.
    let handle: OpenSSLKey?
    /// The DER of `SubjectPublicKeyInfo` (RFC 5280 §4.1.2.7), as it was read.
    public let subjectPublicKeyInfo: [UInt8]
    public let kind: Kind

    init(_ handle: OpenSSLKey?, subjectPublicKeyInfo: [UInt8]) {
        self.handle = handle
        self.subjectPublicKeyInfo = subjectPublicKeyInfo
        self.kind = handle?.kind ?? .other
    }

    /// Whether `signature` is the key's over `message`. False for anything wrong: another kind of key, a signature of a
    /// wrong length or form, other mathematics.
    public func verify(_ signature: [UInt8], over message: [UInt8], _ algorithm: SignatureAlgorithm) -> Bool {
        message.withUnsafeBufferPointer { self.verify(signature, over: $0, algorithm) }
    }

    /// Verifies a signature over memory that the caller keeps alive, without a copy.
    public func verify(
        _ signature: [UInt8], over message: UnsafeBufferPointer<UInt8>, _ algorithm: SignatureAlgorithm
    ) -> Bool {
        self.handle?.verify(signature, over: message, algorithm) ?? false
    }

    /// Encrypts a short secret, usually a content key.
    /// - Throws: ``CryptoError``: `wrongKeyType` unless the key is RSA, `malformed` when the secret is too long for it.
    public func encrypt(_ plaintext: [UInt8], _ padding: RSAEncryptionPadding) throws(CryptoError) -> [UInt8] {
        guard let handle else { throw CryptoError(.wrongKeyType, "RSA encryption needs an RSA key") }
        return try handle.encrypt(plaintext, padding)
    }

    /// Whether both are the same key, however encoded.
    public func isSameKey(as other: PublicKey) -> Bool {
        if self.subjectPublicKeyInfo == other.subjectPublicKeyInfo { return true }
        guard let mine = self.handle, let theirs = other.handle else { return false }
        return mine.hasSamePublicKey(as: theirs)
    }
}

extension PublicKey: Hashable {
    public static func == (left: PublicKey, right: PublicKey) -> Bool {
        left.subjectPublicKeyInfo == right.subjectPublicKeyInfo
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(self.subjectPublicKeyInfo) }
}

extension PublicKey: CustomStringConvertible {
    public var description: String { "PublicKey(\(self.kind))" }
}

extension PublicKey.Kind: CustomStringConvertible {
    public var description: String {
        switch self {
        case .rsa(let bits): "RSA \(bits)"
        case .ec(let curve): "EC \(curve?.name ?? "on an unlisted curve")"
        case .other: "of another kind"
        }
    }
}
