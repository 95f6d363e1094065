import COpenSSL

/// A private RSA or EC key in memory.
///
/// Made once and used for many signatures, from many threads at once. Its description says nothing of the secret.
public struct PrivateKey: Signer, Decryptor, Sendable {
    let handle: OpenSSLKey
    public let publicKey: PublicKey

    init(_ handle: OpenSSLKey) throws(CryptoError) {
        self.handle = handle
        self.publicKey = try PublicKey(handle, subjectPublicKeyInfo: handle.subjectPublicKeyInfo())
    }

    /// A new RSA key with public exponent 65537.
    /// - Parameter bits: The length of the modulus, 2048...16384. Takes a good part of a second for 4096.
    public static func generateRSA(bits: Int) throws(CryptoError) -> PrivateKey {
        guard (2048...16384).contains(bits) else {
            throw CryptoError(.unsupported, "an RSA key has 2048 to 16384 bits, not \(bits)")
        }
        guard let pointer = fiscal_generate_rsa(bits) else { throw .openSSL(.backend, "no RSA key could be made") }
        return try PrivateKey(OpenSSLKey(owning: pointer))
    }

    /// A new EC key.
    public static func generateEC(_ curve: NamedCurve) throws(CryptoError) -> PrivateKey {
        guard let pointer = fiscal_generate_ec(curve.openSSLName) else {
            throw .openSSL(.unsupported, "no key could be made on \(curve.name)")
        }
        return try PrivateKey(OpenSSLKey(owning: pointer))
    }

    public func sign(_ message: [UInt8], _ algorithm: SignatureAlgorithm) throws(CryptoError) -> [UInt8] {
        try message.withUnsafeBufferPointer { (buffer) throws(CryptoError) in try self.handle.sign(buffer, algorithm) }
    }

    /// Signs memory that the caller keeps alive, a part of a larger buffer for one, without a copy.
    public func sign(
        _ message: UnsafeBufferPointer<UInt8>, _ algorithm: SignatureAlgorithm
    ) throws(CryptoError) -> [UInt8] {
        try self.handle.sign(message, algorithm)
    }

    public func decrypt(_ ciphertext: [UInt8], _ padding: RSAEncryptionPadding) throws(CryptoError) -> [UInt8] {
        try self.handle.decrypt(ciphertext, padding)
    }

    public func sharedSecret(with peer: PublicKey) throws(CryptoError) -> [UInt8] {
        guard case .ec(let curve?) = self.publicKey.kind, peer.kind == .ec(curve), let handle = peer.handle else {
            throw CryptoError(.wrongKeyType, "an agreement needs two keys on one curve")
        }
        return try self.handle.sharedSecret(with: handle)
    }
}

extension PrivateKey: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String { "PrivateKey(\(self.publicKey.kind), redacted)" }
    public var debugDescription: String { self.description }
}
