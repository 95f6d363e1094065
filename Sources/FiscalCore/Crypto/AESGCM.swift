import COpenSSL

/// AES in Galois/Counter Mode (NIST SP 800-38D): encrypts and authenticates.
///
/// The key has 16, 24 or 32 bytes, the nonce 12, the tag 16. A nonce must never be used twice with the same key.
public enum AESGCM {
    public static let nonceByteCount = 12
    public static let tagByteCount = 16

    /// Encrypts `plaintext` and authenticates it together with `additionalData`.
    /// - Throws: ``CryptoError`` with `malformed` for a key or nonce of a wrong length.
    public static func seal(
        _ plaintext: [UInt8], key: [UInt8], nonce: [UInt8], additionalData: [UInt8] = []
    ) throws(CryptoError) -> (ciphertext: [UInt8], tag: [UInt8]) {
        let cipher = try Self.cipher(key: key, nonce: nonce)
        let sealed: ([UInt8], [UInt8])? = OpenSSLCipher.with(
            cipher, .encrypt, key: key, initializationVector: nonce
        ) { run in
            guard run.authenticate(additionalData), let ciphertext = run.run(plaintext),
                let tag = run.tag(byteCount: Self.tagByteCount)
            else { return nil }
            return (ciphertext, tag)
        }
        guard let sealed else { throw CryptoError(.backend, "AES-GCM failed") }
        return sealed
    }

    /// The plaintext, when ciphertext, tag and additional data are those that were sealed.
    /// - Throws: ``CryptoError``: `decryptionFailed` when anything differs, a tag of a wrong length included; `malformed`
    ///   for a key or nonce of a wrong length.
    public static func open(
        _ ciphertext: [UInt8], tag: [UInt8], key: [UInt8], nonce: [UInt8], additionalData: [UInt8] = []
    ) throws(CryptoError) -> [UInt8] {
        let cipher = try Self.cipher(key: key, nonce: nonce)
        let plaintext: [UInt8]? = OpenSSLCipher.with(cipher, .decrypt, key: key, initializationVector: nonce) { run in
            // A shorter tag would be accepted by OpenSSL, and is easier to guess.
            guard tag.count == Self.tagByteCount, run.expect(tag: tag), run.authenticate(additionalData) else {
                return nil
            }
            return run.run(ciphertext)
        }
        guard let plaintext else { throw CryptoError(.decryptionFailed, "the ciphertext does not open") }
        return plaintext
    }

    private static func cipher(key: [UInt8], nonce: [UInt8]) throws(CryptoError) -> OpaquePointer? {
        guard nonce.count == Self.nonceByteCount else { throw CryptoError(.malformed, "the nonce has 12 bytes") }
        switch key.count {
        case 16: return EVP_aes_128_gcm()
        case 24: return EVP_aes_192_gcm()
        case 32: return EVP_aes_256_gcm()
        default: throw CryptoError(.malformed, "an AES key has 16, 24 or 32 bytes")
        }
    }
}
