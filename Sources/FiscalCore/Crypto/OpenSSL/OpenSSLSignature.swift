import COpenSSL

extension OpenSSLKey {
    /// Hashes and signs in one pass over the caller's memory.
    func sign(_ message: UnsafeBufferPointer<UInt8>, _ algorithm: SignatureAlgorithm) throws(CryptoError) -> [UInt8] {
        try self.check(algorithm)
        guard let context = EVP_MD_CTX_new() else { throw .openSSL(.backend, "no memory for a signature") }
        defer { EVP_MD_CTX_free(context) }
        var keyContext: OpaquePointer?
        guard EVP_DigestSignInit(context, &keyContext, algorithm.digest.fetched.pointer, nil, self.pointer) == 1,
            algorithm.configure(keyContext)
        else { throw .openSSL(.backend, "the signature could not be set up") }

        var signed = false
        let signature = [UInt8](unsafeUninitializedCapacity: Int(EVP_PKEY_get_size(self.pointer))) { buffer, count in
            var written = buffer.count
            signed = EVP_DigestSign(context, buffer.baseAddress, &written, message.baseAddress, message.count) == 1
            count = signed ? written : 0
        }
        guard signed else { throw .openSSL(.backend, "signing failed") }
        guard case .ecdsa(_, .plain) = algorithm else { return signature }
        guard let plain = ECDSASignature.plain(fromDER: signature, orderByteCount: self.orderByteCount) else {
            throw .openSSL(.backend, "the signature could not be rewritten")
        }
        return plain
    }

    /// False for anything wrong: key, form, length or mathematics.
    func verify(
        _ signature: [UInt8], over message: UnsafeBufferPointer<UInt8>, _ algorithm: SignatureAlgorithm
    ) -> Bool {
        defer { OpenSSLErrors.clear() }
        var encoded = signature
        if case .ecdsa(_, .plain) = algorithm {
            guard let der = ECDSASignature.der(fromPlain: signature, orderByteCount: self.orderByteCount) else {
                return false
            }
            encoded = der
        }
        guard (try? self.check(algorithm)) != nil, let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        var keyContext: OpaquePointer?
        return EVP_DigestVerifyInit(context, &keyContext, algorithm.digest.fetched.pointer, nil, self.pointer) == 1
            && algorithm.configure(keyContext)
            && EVP_DigestVerify(context, encoded, encoded.count, message.baseAddress, message.count) == 1
    }

    private var orderByteCount: Int { (Int(EVP_PKEY_get_bits(self.pointer)) + 7) / 8 }

    private func check(_ algorithm: SignatureAlgorithm) throws(CryptoError) {
        switch algorithm {
        case .rsaPKCS1, .rsaPSS:
            guard self.isA("RSA") else { throw CryptoError(.wrongKeyType, "an RSA signature needs an RSA key") }
        case .ecdsa:
            guard self.isA("EC") else { throw CryptoError(.wrongKeyType, "an ECDSA signature needs an EC key") }
        }
    }
}

extension SignatureAlgorithm {
    /// The hash function inside.
    public var digest: DigestAlgorithm {
        switch self {
        case .rsaPKCS1(let digest), .rsaPSS(let digest), .ecdsa(let digest, _): digest
        }
    }

    fileprivate func configure(_ context: OpaquePointer?) -> Bool {
        switch self {
        case .rsaPKCS1: EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1
        case .rsaPSS(let digest):
            EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
                && EVP_PKEY_CTX_set_rsa_mgf1_md(context, digest.fetched.pointer) == 1
                && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, Int32(digest.byteCount)) == 1
        case .ecdsa: true
        }
    }
}
