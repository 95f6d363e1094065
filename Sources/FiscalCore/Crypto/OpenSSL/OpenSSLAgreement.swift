import COpenSSL

extension OpenSSLKey {
    /// ECDH: the x coordinate of the shared point.
    func sharedSecret(with peer: OpenSSLKey) throws(CryptoError) -> [UInt8] {
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, self.pointer, nil) else {
            throw .openSSL(.backend, "no memory for a key agreement")
        }
        defer { EVP_PKEY_CTX_free(context) }
        var size = 0
        guard EVP_PKEY_derive_init(context) == 1, EVP_PKEY_derive_set_peer(context, peer.pointer) == 1,
            EVP_PKEY_derive(context, nil, &size) == 1
        else { throw .openSSL(.wrongKeyType, "the keys agree on no secret") }
        var succeeded = false
        let secret = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            var written = buffer.count
            succeeded = EVP_PKEY_derive(context, buffer.baseAddress, &written) == 1
            count = succeeded ? written : 0
        }
        guard succeeded else { throw .openSSL(.backend, "the keys agree on no secret") }
        return secret
    }
}
