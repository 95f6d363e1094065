/// Something that signs with a private key: a ``PrivateKey`` in memory, a smart card, an HSM, a key store of the system.
public protocol Signer: Sendable {
    /// The key that verifies what this signer signs.
    var publicKey: PublicKey { get }

    /// Hashes and signs `message`. Called from many threads at once.
    /// - Throws: ``CryptoError`` with `wrongKeyType` when the key cannot make such a signature.
    func sign(_ message: [UInt8], _ algorithm: SignatureAlgorithm) throws(CryptoError) -> [UInt8]
}

/// Something that opens what was encrypted to its public key: RSA, or EC by agreement on a secret.
public protocol Decryptor: Sendable {
    /// The key that encrypts for this decryptor.
    var publicKey: PublicKey { get }

    /// The plaintext. Called from many threads at once.
    /// - Throws: ``CryptoError`` with `decryptionFailed`, the same for every cause.
    func decrypt(_ ciphertext: [UInt8], _ padding: RSAEncryptionPadding) throws(CryptoError) -> [UInt8]

    /// The secret that both sides of an ECDH agreement have: the x coordinate, as long as the curve's. Called from many
    /// threads at once.
    /// - Throws: ``CryptoError`` with `wrongKeyType` unless both keys are on one curve.
    func sharedSecret(with peer: PublicKey) throws(CryptoError) -> [UInt8]
}

extension Decryptor {
    public func sharedSecret(with peer: PublicKey) throws(CryptoError) -> [UInt8] {
        throw CryptoError(.wrongKeyType, "this key agrees on no secret")
    }
}
