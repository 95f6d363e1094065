import COpenSSL

/// A parsed PKCS#12 file, still closed.
final class OpenSSLPKCS12 {
    private let pointer: OpaquePointer
    private let context: LibraryContext

    init(parsing bytes: [UInt8], in context: LibraryContext) throws(PKCS12Error) {
        self.context = context
        var pointer = PKCS12_init_ex(NID_pkcs7_data, context.pointer, nil)
        let length: Int? = bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return nil }
            var next: UnsafePointer<UInt8>? = start
            // On failure the structure handed in is freed and the variable emptied.
            guard d2i_PKCS12(&pointer, &next, buffer.count) != nil, let next else { return nil }
            return next - start
        }
        OpenSSLErrors.clear()
        guard let pointer else { throw PKCS12Error(.damaged, "the file is no PKCS#12, or incomplete") }
        self.pointer = pointer
        guard let length, bytes[length...].allSatisfy(FilePadding.contains) else {
            throw PKCS12Error(.damaged, "the file goes on after the end of the PKCS#12")
        }
    }

    deinit { PKCS12_free(self.pointer) }

    /// What the file holds.
    ///
    /// The MAC is checked first. When it does not match, the contents decide: if the password opens any of them it is
    /// the right one, and the file was altered.
    func open(password: String) throws(PKCS12Error) -> PKCS12Contents {
        let passwords = PKCS12Password.readings(of: password)
        let hasMAC = PKCS12_mac_present(self.pointer) == 1
        if hasMAC { try self.checkMACStructure() }
        guard let matching = hasMAC ? passwords.first(where: self.macMatches) : passwords.first else {
            for password in passwords where try self.contents(password).openedCount > 0 {
                throw PKCS12Error(.damaged, "the password opens the contents, but the MAC does not match: altered")
            }
            throw PKCS12Error(.wrongPassword, "the MAC does not match the password")
        }
        var contents = try self.contents(matching)
        if !hasMAC, contents.openedCount == 0, contents.closedCount > 0 {
            for other in passwords.dropFirst() { contents = try self.contents(other) }
        }
        return try self.judge(contents, hasMAC: hasMAC)
    }

    private func judge(_ contents: PKCS12Contents, hasMAC: Bool) throws(PKCS12Error) -> PKCS12Contents {
        let hasPair = contents.keys.contains { key in
            contents.certificates.contains { $0.publicKey.isSameKey(as: key.publicKey) }
        }
        // A bag that does not open is no harm as long as the key and its certificate did.
        if hasPair { return contents }
        if let name = contents.unsupported.first {
            throw PKCS12Error(.unsupportedEncryption, "\(name) is not supported by the installed OpenSSL")
        }
        if contents.closedCount > 0 {
            if hasMAC {
                throw PKCS12Error(.wrongPassword, "the file opens, but a part of it is under another password")
            }
            guard contents.openedCount == 0 else { throw PKCS12Error(.damaged, "a part of the contents does not open") }
            throw PKCS12Error(.wrongPassword, "the contents do not open with the password")
        }
        if let what = contents.damage { throw PKCS12Error(.damaged, what) }
        if contents.keys.isEmpty { throw PKCS12Error(.noKey, "the file holds no private key") }
        return contents
    }

    private func checkMACStructure() throws(PKCS12Error) {
        var digest: UnsafePointer<ASN1_OCTET_STRING>?
        var algorithm: UnsafePointer<X509_ALGOR>?
        var salt: UnsafePointer<ASN1_OCTET_STRING>?
        var iterations: UnsafePointer<ASN1_INTEGER>?
        PKCS12_get0_mac(&digest, &algorithm, &salt, &iterations, self.pointer)
        var object: OpaquePointer?
        X509_ALGOR_get0(&object, nil, nil, algorithm)
        let number = OBJ_obj2nid(object)
        guard self.context.hasDigest(number), let type = EVP_get_digestbyname(OBJ_nid2sn(number)) else {
            throw PKCS12Error(.unsupportedEncryption, "the MAC uses \(objectName(object))")
        }
        guard let digest, ASN1_STRING_length(digest) == EVP_MD_get_size(type) else {
            throw PKCS12Error(.damaged, "the MAC has a wrong length")
        }
        guard (1...PasswordEncryption.iterationLimit).contains(iterations.map { ASN1_INTEGER_get($0) } ?? 1) else {
            throw PKCS12Error(.damaged, "the MAC has an impossible number of iterations")
        }
    }

    private func macMatches(_ password: PKCS12Password) -> Bool {
        defer { OpenSSLErrors.clear() }
        return password.withBytes { PKCS12_verify_mac(self.pointer, $0, $1) } == 1
    }

    private func contents(_ password: PKCS12Password) throws(PKCS12Error) -> PKCS12Contents {
        defer { OpenSSLErrors.clear() }
        guard let safes = PKCS12_unpack_authsafes(self.pointer) else {
            throw PKCS12Error(.damaged, "the contents cannot be read")
        }
        defer { fiscal_pkcs7_stack_free_all(safes) }
        var walk = PKCS12Walk(password: password, context: self.context)
        for index in 0..<max(0, fiscal_pkcs7_stack_count(safes)) {
            if let safe = fiscal_pkcs7_stack_value(safes, index) { walk.visit(safe) }
        }
        return walk.contents
    }
}

/// A password as the key derivation of PKCS#12 takes it.
struct PKCS12Password {
    /// UTF-8; OpenSSL makes the big-endian UTF-16 with its closing zero of it. Nil is a password of no bytes at all.
    private let text: [CChar]?

    /// An empty password is written by some programs as the closing zero alone, by others as nothing.
    static func readings(of password: String) -> [PKCS12Password] {
        let text = PKCS12Password(text: Array(password.utf8CString))
        return password.isEmpty ? [text, PKCS12Password(text: nil)] : [text]
    }

    func withBytes<Result>(_ body: (UnsafePointer<CChar>?, Int32) -> Result) -> Result {
        guard let text else { return body(nil, 0) }
        return body(text, Int32(truncatingIfNeeded: text.count - 1))
    }
}
