import COpenSSL

/// AES key wrap (RFC 3394): a key encrypted under a key, without padding, with its own check value.
public enum AESKeyWrap {
    /// Encrypts `key`, whose length is a multiple of 8 and at least 16, under a key of 16, 24 or 32 bytes.
    /// - Returns: 8 bytes more than went in.
    public static func wrap(_ key: [UInt8], under wrappingKey: [UInt8]) throws(CryptoError) -> [UInt8] {
        let cipher = try Self.cipher(wrappingKey)
        guard key.count >= 16, key.count.isMultiple(of: 8) else {
            throw CryptoError(.malformed, "a key to be wrapped has 16, 24, 32, … bytes")
        }
        guard
            let wrapped = OpenSSLCipher.with(
                cipher, .encrypt, key: wrappingKey, initializationVector: nil, { $0.run(key) })
        else { throw CryptoError(.backend, "AES key wrap failed") }
        return wrapped
    }

    /// The key that was wrapped.
    /// - Throws: ``CryptoError``: `decryptionFailed` when the check value does not match or the length is impossible.
    public static func unwrap(_ wrapped: [UInt8], under wrappingKey: [UInt8]) throws(CryptoError) -> [UInt8] {
        let cipher = try Self.cipher(wrappingKey)
        guard wrapped.count >= 24, wrapped.count.isMultiple(of: 8),
            let key = OpenSSLCipher.with(
                cipher, .decrypt, key: wrappingKey, initializationVector: nil, { $0.run(wrapped) })
        else { throw CryptoError(.decryptionFailed, "the wrapped key does not open") }
        return key
    }

    private static func cipher(_ key: [UInt8]) throws(CryptoError) -> OpaquePointer? {
        switch key.count {
        case 16: return EVP_aes_128_wrap()
        case 24: return EVP_aes_192_wrap()
        case 32: return EVP_aes_256_wrap()
        default: throw CryptoError(.malformed, "an AES key has 16, 24 or 32 bytes")
        }
    }
}
