import COpenSSL

/// AES-CBC with HMAC, composed as RFC 7518 §5.2 says: encrypts and authenticates.
///
/// The first half of the key authenticates, the second encrypts. The initialization vector has 16 unpredictable bytes.
public enum AESCBCHMAC: Sendable, Hashable, CaseIterable {
    /// `A128CBC-HS256`: a key of 32 bytes, a tag of 16.
    case aes128CBCHMACSHA256
    /// `A192CBC-HS384`: a key of 48 bytes, a tag of 24.
    case aes192CBCHMACSHA384
    /// `A256CBC-HS512`: a key of 64 bytes, a tag of 32.
    case aes256CBCHMACSHA512

    public static let initializationVectorByteCount = 16
    public var keyByteCount: Int { self.digest.byteCount }
    public var tagByteCount: Int { self.digest.byteCount / 2 }

    /// Encrypts `plaintext` and authenticates it together with `additionalData`.
    /// - Throws: ``CryptoError`` with `malformed` for a key or initialization vector of a wrong length.
    public func seal(
        _ plaintext: [UInt8], key: [UInt8], initializationVector: [UInt8], additionalData: [UInt8] = []
    ) throws(CryptoError) -> (ciphertext: [UInt8], tag: [UInt8]) {
        let (authenticationKey, encryptionKey) = try self.halves(of: key, initializationVector)
        let ciphertext = OpenSSLCipher.with(
            self.cipher, .encrypt, key: encryptionKey, initializationVector: initializationVector
        ) { $0.run(plaintext) }
        guard let ciphertext else { throw CryptoError(.backend, "AES-CBC failed") }
        return (
            ciphertext, self.tag(over: ciphertext, initializationVector, additionalData, key: authenticationKey)
        )
    }

    /// The plaintext, when ciphertext, vector, tag and additional data are those that were sealed. The tag is checked
    /// before anything is decrypted, so that nobody can try paddings on us.
    /// - Throws: ``CryptoError``: `decryptionFailed`, the same for every difference; `malformed` for a key or
    ///   initialization vector of a wrong length.
    public func open(
        _ ciphertext: [UInt8], tag: [UInt8], key: [UInt8], initializationVector: [UInt8], additionalData: [UInt8] = []
    ) throws(CryptoError) -> [UInt8] {
        let (authenticationKey, encryptionKey) = try self.halves(of: key, initializationVector)
        let expected = self.tag(over: ciphertext, initializationVector, additionalData, key: authenticationKey)
        guard ConstantTime.equal(tag, expected),
            let plaintext = OpenSSLCipher.with(
                self.cipher, .decrypt, key: encryptionKey, initializationVector: initializationVector,
                { $0.run(ciphertext) })
        else { throw CryptoError(.decryptionFailed, "the ciphertext does not open") }
        return plaintext
    }

    private var digest: DigestAlgorithm {
        switch self {
        case .aes128CBCHMACSHA256: .sha256
        case .aes192CBCHMACSHA384: .sha384
        case .aes256CBCHMACSHA512: .sha512
        }
    }

    private var cipher: OpaquePointer? {
        switch self {
        case .aes128CBCHMACSHA256: EVP_aes_128_cbc()
        case .aes192CBCHMACSHA384: EVP_aes_192_cbc()
        case .aes256CBCHMACSHA512: EVP_aes_256_cbc()
        }
    }

    private func halves(
        of key: [UInt8], _ initializationVector: [UInt8]
    ) throws(CryptoError) -> (authentication: [UInt8], encryption: [UInt8]) {
        guard key.count == self.keyByteCount else {
            throw CryptoError(.malformed, "the key has \(self.keyByteCount) bytes")
        }
        guard initializationVector.count == Self.initializationVectorByteCount else {
            throw CryptoError(.malformed, "the initialization vector has 16 bytes")
        }
        return (Array(key.prefix(key.count / 2)), Array(key.suffix(key.count / 2)))
    }

    private func tag(
        over ciphertext: [UInt8], _ initializationVector: [UInt8], _ additionalData: [UInt8], key: [UInt8]
    ) -> [UInt8] {
        // The length of the additional data in bits, as 64 bits big endian.
        let length = withUnsafeBytes(of: (UInt64(additionalData.count) * 8).bigEndian) { Array($0) }
        let message = additionalData + initializationVector + ciphertext + length
        return Array(HMAC.authenticationCode(self.digest, over: message, key: key).prefix(self.tagByteCount))
    }
}
