import COpenSSL

extension PKCS12 {
    /// How a key file is encrypted.
    package enum Encryption: Sendable, Hashable, CaseIterable {
        /// AES-256 under PBES2, MAC with SHA-256.
        case modern
        /// As the Czech authority's files are: certificates under RC2-40, the key under 3DES, MAC with SHA-1.
        case legacyRC2
        /// As its files of 2016 to 2019 are: certificates in the open, the key under 3DES, MAC with SHA-1.
        case legacyOpenCertificates
    }

    /// Writes a key file, for simulators and tests.
    /// - Parameter password: Nil writes what some programs mean by an empty password: not even a closing zero.
    package static func write(
        key: PrivateKey, leaf: Certificate, chain: [Certificate] = [], password: String?,
        encryption: Encryption = .modern, iterations: Int = 2048
    ) throws(PKCS12Error) -> [UInt8] {
        defer { OpenSSLErrors.clear() }
        let ciphers: (key: Int32, certificates: Int32) =
            switch encryption {
            case .modern: (NID_aes_256_cbc, NID_aes_256_cbc)
            case .legacyRC2: (NID_pbe_WithSHA1And3_Key_TripleDES_CBC, NID_pbe_WithSHA1And40BitRC2_CBC)
            case .legacyOpenCertificates: (NID_pbe_WithSHA1And3_Key_TripleDES_CBC, -1)
            }
        let context = LibraryContext.withLegacy
        guard password?.utf8.contains(0) != true, let rounds = Int32(exactly: iterations), rounds > 0,
            let others = fiscal_x509_stack_new()
        else { throw PKCS12Error(.backend, "the password or the number of iterations cannot be written") }
        defer { fiscal_x509_stack_free(others) }
        for certificate in chain { fiscal_x509_stack_push(others, certificate.handle.pointer) }
        // -1: no MAC here. The one that this function adds would be SHA-256 always.
        guard
            let file = PKCS12_create_ex(
                password, nil, key.handle.pointer, leaf.handle.pointer, others, ciphers.key, ciphers.certificates,
                rounds, -1, 0, context.pointer, nil)
        else {
            guard context.hasCipher(NID_rc2_40_cbc) || encryption != .legacyRC2 else {
                throw PKCS12Error(.unsupportedEncryption, "RC2-40-CBC is not supported by the installed OpenSSL")
            }
            throw PKCS12Error(.backend, "the key file could not be made (\(OpenSSLErrors.takeLast()))")
        }
        defer { PKCS12_free(file) }
        let digest = encryption == .modern ? EVP_sha256() : EVP_sha1()
        guard PKCS12_set_mac(file, password, -1, nil, 0, rounds, digest) == 1,
            let der = encodedDER({ i2d_PKCS12(file, $0) })
        else { throw PKCS12Error(.backend, "the key file could not be sealed (\(OpenSSLErrors.takeLast()))") }
        return der
    }
}
