import COpenSSL

extension OpenSSLKey {
    func encrypt(_ plaintext: [UInt8], _ padding: RSAEncryptionPadding) throws(CryptoError) -> [UInt8] {
        let context = try self.encryptionContext(padding, EVP_PKEY_encrypt_init)
        defer { EVP_PKEY_CTX_free(context) }
        guard
            let ciphertext = self.crypt({ EVP_PKEY_encrypt(context, $0, $1, plaintext, plaintext.count) })
        else { throw .openSSL(.malformed, "the secret could not be encrypted under this key") }
        return ciphertext
    }

    func decrypt(_ ciphertext: [UInt8], _ padding: RSAEncryptionPadding) throws(CryptoError) -> [UInt8] {
        let context = try self.encryptionContext(padding, EVP_PKEY_decrypt_init)
        defer { EVP_PKEY_CTX_free(context) }
        guard
            let plaintext = self.crypt({ EVP_PKEY_decrypt(context, $0, $1, ciphertext, ciphertext.count) })
        else {
            // OpenSSL's reason stays here: told to a peer it would be a padding oracle.
            OpenSSLErrors.clear()
            throw CryptoError(.decryptionFailed, "the ciphertext does not open")
        }
        return plaintext
    }

    private func crypt(
        _ operation: (UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int>) -> Int32
    ) -> [UInt8]? {
        var succeeded = false
        let result = [UInt8](unsafeUninitializedCapacity: Int(EVP_PKEY_get_size(self.pointer))) { buffer, count in
            var written = buffer.count
            succeeded = operation(buffer.baseAddress, &written) == 1
            count = succeeded ? written : 0
        }
        return succeeded ? result : nil
    }

    private func encryptionContext(
        _ padding: RSAEncryptionPadding, _ start: (OpaquePointer?) -> Int32
    ) throws(CryptoError) -> OpaquePointer {
        guard self.isA("RSA") else { throw CryptoError(.wrongKeyType, "RSA encryption needs an RSA key") }
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, self.pointer, nil) else {
            throw .openSSL(.backend, "no memory for RSA encryption")
        }
        let configured =
            start(context) == 1
            && {
                switch padding {
                case .pkcs1: EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1
                case .oaep(let digest):
                    EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1
                        && EVP_PKEY_CTX_set_rsa_oaep_md(context, digest.fetched.pointer) == 1
                        && EVP_PKEY_CTX_set_rsa_mgf1_md(context, digest.fetched.pointer) == 1
                }
            }()
        guard configured else {
            EVP_PKEY_CTX_free(context)
            throw .openSSL(.backend, "RSA encryption could not be set up")
        }
        return context
    }
}
