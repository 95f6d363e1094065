import COpenSSL

extension PrivateKey {
    /// Reads the first private key of a PEM text: PKCS#8 (`PRIVATE KEY`, `ENCRYPTED PRIVATE KEY`) or the older
    /// `RSA PRIVATE KEY` and `EC PRIVATE KEY`, encrypted or not. Certificates and other blocks around it are passed over.
    /// - Parameter password: For an encrypted key. It is never asked for at a terminal.
    /// - Throws: ``CryptoError``: `malformed` without a readable key, `decryptionFailed` when the password does not open
    ///   it or is missing, `unsupported` for kinds of keys and encryption that the backend does not know.
    public init(pem: String, password: String? = nil) throws(CryptoError) {
        for block in try PEMBlock.all(in: pem.utf8) {
            switch block.label {
            case "PRIVATE KEY": try self.init(pkcs8: block.bytes)
            case "ENCRYPTED PRIVATE KEY": try self.init(encryptedPKCS8: block.bytes, password: password)
            case "RSA PRIVATE KEY": try self.init(EVP_PKEY_RSA, block, password: password)
            case "EC PRIVATE KEY": try self.init(EVP_PKEY_EC, block, password: password)
            default: continue
            }
            return
        }
        throw CryptoError(.malformed, "the PEM text holds no private key")
    }

    /// Reads an unencrypted PKCS#8 `PrivateKeyInfo` (RFC 5208 §5), with nothing after it.
    public init(pkcs8DER: [UInt8]) throws(CryptoError) {
        self = try pkcs8DER.withUnsafeBufferPointer { (buffer) throws(CryptoError) in try PrivateKey(pkcs8: buffer) }
    }

    private init(pkcs8 der: UnsafeBufferPointer<UInt8>) throws(CryptoError) {
        var next = der.baseAddress
        guard let info = d2i_PKCS8_PRIV_KEY_INFO(nil, &next, der.count) else {
            throw .openSSL(.malformed, "no PKCS#8 key")
        }
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        guard next == der.baseAddress.map({ $0 + der.count }) else {
            throw CryptoError(.malformed, "there are bytes after the PKCS#8 key")
        }
        try self.init(privateKeyInfo: info)
    }

    /// The key of a decoded `PKCS8_PRIV_KEY_INFO`, which stays the caller's.
    init(privateKeyInfo info: OpaquePointer) throws(CryptoError) {
        guard let pointer = EVP_PKCS82PKEY(info) else {
            throw .openSSL(.malformed, "the private key is damaged or of an unknown kind")
        }
        try self.init(OpenSSLKey(owning: pointer))
    }

    private init(encryptedPKCS8 der: UnsafeBufferPointer<UInt8>, password: String?) throws(CryptoError) {
        var next = der.baseAddress
        guard let envelope = d2i_X509_SIG(nil, &next, der.count) else {
            throw .openSSL(.malformed, "no encrypted PKCS#8 key")
        }
        defer { X509_SIG_free(envelope) }
        guard let password else {
            throw CryptoError(.decryptionFailed, "the key is encrypted and no password was given")
        }
        var algorithm: UnsafePointer<X509_ALGOR>?
        X509_SIG_get0(envelope, &algorithm, nil)
        let context = LibraryContext.withLegacy
        let encryption = PasswordEncryption(algorithm)
        guard encryption.isSupported(in: context) else {
            throw CryptoError(.unsupported, "the key is encrypted with \(encryption.name)")
        }
        let secret = Array(password.utf8CString)
        guard let info = PKCS8_decrypt_ex(envelope, secret, Int32(secret.count - 1), context.pointer, nil) else {
            OpenSSLErrors.clear()
            throw CryptoError(.decryptionFailed, "the key does not open with this password")
        }
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        try self.init(privateKeyInfo: info)
    }

    private init(_ type: Int32, _ block: PEMBlock, password: String?) throws(CryptoError) {
        try block.decrypt(password: password)
        var next = block.bytes.baseAddress
        guard let pointer = d2i_PrivateKey(type, nil, &next, block.bytes.count) else {
            throw .openSSL(.malformed, "the \(block.label) is damaged")
        }
        try self.init(OpenSSLKey(owning: pointer))
    }

    /// The key as an unencrypted PKCS#8 `PrivateKeyInfo`: whoever has these bytes has the key.
    public func pkcs8DER() throws(CryptoError) -> [UInt8] {
        guard let info = EVP_PKEY2PKCS8(self.handle.pointer) else {
            throw .openSSL(.backend, "the private key could not be encoded")
        }
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        guard let der = encodedDER({ i2d_PKCS8_PRIV_KEY_INFO(info, $0) }) else {
            throw .openSSL(.backend, "the private key could not be encoded")
        }
        return der
    }

    /// The key as an unencrypted PEM text (`PRIVATE KEY`): a file that holds it must be readable by its owner alone.
    public func pkcs8PEM() throws(CryptoError) -> String {
        // Secure memory: wiped when freed.
        guard let bio = BIO_new(BIO_s_secmem()) else { throw .openSSL(.backend, "no memory for PEM") }
        defer { BIO_free(bio) }
        guard PEM_write_bio_PKCS8PrivateKey(bio, self.handle.pointer, nil, nil, 0, nil, nil) == 1 else {
            throw .openSSL(.backend, "the private key could not be encoded")
        }
        return bioText(bio)
    }
}

/// What was written into a memory BIO.
func bioText(_ bio: OpaquePointer) -> String {
    var bytes: UnsafePointer<UInt8>?
    let count = fiscal_bio_contents(bio, &bytes)
    return String(decoding: UnsafeBufferPointer(start: bytes, count: max(0, count)), as: UTF8.self)
}
