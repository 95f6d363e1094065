import COpenSSL

/// One run of a symmetric cipher.
struct OpenSSLCipher {
    enum Direction: Int32 { case decrypt = 0, encrypt = 1 }

    private let context: OpaquePointer

    /// Runs `body` with a cipher that is set up.
    /// - Returns: Nil when any step of OpenSSL failed.
    static func with<Result>(
        _ cipher: OpaquePointer?, _ direction: Direction, key: [UInt8], initializationVector: [UInt8]?,
        _ body: (OpenSSLCipher) -> Result?
    ) -> Result? {
        defer { OpenSSLErrors.clear() }
        guard let context = EVP_CIPHER_CTX_new() else { return nil }
        // Wipes the key schedule too.
        defer { EVP_CIPHER_CTX_free(context) }
        // Key wrapping is refused without it.
        EVP_CIPHER_CTX_set_flags(context, Int32(EVP_CIPHER_CTX_FLAG_WRAP_ALLOW))
        let status =
            if let initializationVector {
                EVP_CipherInit_ex(context, cipher, nil, key, initializationVector, direction.rawValue)
            } else {
                EVP_CipherInit_ex(context, cipher, nil, key, nil, direction.rawValue)
            }
        guard status == 1 else { return nil }
        return body(OpenSSLCipher(context: context))
    }

    /// Takes data that is authenticated and not encrypted.
    func authenticate(_ bytes: [UInt8]) -> Bool {
        guard !bytes.isEmpty else { return true }
        var written: Int32 = 0
        guard let count = Int32(exactly: bytes.count) else { return false }
        return EVP_CipherUpdate(self.context, nil, &written, bytes, count) == 1
    }

    /// The whole of the output: `input`, then the end of the run. Nil when the end does not check.
    func run(_ input: [UInt8]) -> [UInt8]? {
        // Two blocks more than goes in is enough for padding and for key wrapping.
        guard let count = Int32(exactly: input.count), count <= Int32.max - 32 else { return nil }
        var succeeded = false
        let output = [UInt8](unsafeUninitializedCapacity: input.count + 32) { buffer, used in
            var first: Int32 = 0
            var last: Int32 = 0
            guard EVP_CipherUpdate(self.context, buffer.baseAddress, &first, input, count) == 1,
                EVP_CipherFinal_ex(self.context, buffer.baseAddress.map { $0 + Int(first) }, &last) == 1
            else { return }
            succeeded = true
            used = Int(first + last)
        }
        return succeeded ? output : nil
    }

    /// The tag after encryption.
    func tag(byteCount: Int) -> [UInt8]? {
        var tag = [UInt8](repeating: 0, count: byteCount)
        let status = EVP_CIPHER_CTX_ctrl(self.context, EVP_CTRL_AEAD_GET_TAG, Int32(byteCount), &tag)
        return status == 1 ? tag : nil
    }

    /// The tag to be checked at the end of decryption.
    func expect(tag: [UInt8]) -> Bool {
        var tag = tag
        return EVP_CIPHER_CTX_ctrl(self.context, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag) == 1
    }
}
