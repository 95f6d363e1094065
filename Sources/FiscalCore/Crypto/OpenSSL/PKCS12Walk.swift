import COpenSSL

/// What was found in a PKCS#12 file, and what did not open.
struct PKCS12Contents {
    var keys: [PrivateKey] = []
    var certificates: [Certificate] = []
    /// Encrypted parts that the password opened.
    var openedCount = 0
    /// Encrypted parts that it did not open.
    var closedCount = 0
    /// The names of encryptions that are not available.
    var unsupported: [String] = []
    /// The first part that opened and made no sense.
    var damage: String?
}

/// Goes through the safes and bags of a PKCS#12 file and opens what it can.
struct PKCS12Walk {
    let password: PKCS12Password
    let context: LibraryContext
    private(set) var contents = PKCS12Contents()

    init(password: PKCS12Password, context: LibraryContext) {
        self.password = password
        self.context = context
    }

    mutating func visit(_ safe: UnsafeMutablePointer<PKCS7>) {
        switch OBJ_obj2nid(safe.pointee.type) {
        case NID_pkcs7_data:
            self.visitAll(safe.pointee.d.data == nil ? nil : PKCS12_unpack_p7data(safe))
        case NID_pkcs7_encrypted:
            guard let encrypted = safe.pointee.d.encrypted, let content = encrypted.pointee.enc_data,
                let algorithm = content.pointee.algorithm, content.pointee.enc_data != nil
            else { return self.note(damage: "an encrypted part is empty") }
            guard self.canOpen(PasswordEncryption(algorithm)) else { return }
            guard let bags = self.password.withBytes({ PKCS12_unpack_p7encdata(safe, $0, $1) }) else {
                self.contents.closedCount += 1
                return
            }
            self.contents.openedCount += 1
            self.visitAll(bags)
        default: self.contents.unsupported.append(objectName(safe.pointee.type))
        }
    }

    /// Visits the bags and frees them.
    private mutating func visitAll(_ bags: OpaquePointer?) {
        guard let bags else { return self.note(damage: "a part cannot be read") }
        defer { fiscal_safebag_stack_free_all(bags) }
        self.visitEach(bags, depth: 0)
    }

    private mutating func visitEach(_ bags: OpaquePointer, depth: Int) {
        for index in 0..<max(0, fiscal_safebag_stack_count(bags)) {
            if let bag = fiscal_safebag_stack_value(bags, index) { self.visit(bag, depth: depth) }
        }
    }

    private mutating func visit(_ bag: OpaquePointer, depth: Int) {
        switch PKCS12_SAFEBAG_get_nid(bag) {
        case NID_keyBag: self.add(key: PKCS12_SAFEBAG_get0_p8inf(bag))
        case NID_pkcs8ShroudedKeyBag: self.visitShroudedKey(bag)
        case NID_certBag where PKCS12_SAFEBAG_get_bag_nid(bag) == NID_x509Certificate:
            guard let pointer = PKCS12_SAFEBAG_get1_cert(bag) else {
                return self.note(damage: "a certificate cannot be read")
            }
            let handle = OpenSSLCertificate(owning: pointer)
            guard let der = handle.der(), let certificate = try? Certificate(handle, der: der) else {
                return self.note(damage: "a certificate cannot be read")
            }
            self.contents.certificates.append(certificate)
        case NID_safeContentsBag where depth < 8:
            // Owned by the bag.
            if let inner = PKCS12_SAFEBAG_get0_safes(bag) { self.visitEach(inner, depth: depth + 1) }
        default: break
        }
    }

    private mutating func visitShroudedKey(_ bag: OpaquePointer) {
        guard let envelope = PKCS12_SAFEBAG_get0_pkcs8(bag) else { return self.note(damage: "a key cannot be read") }
        var algorithm: UnsafePointer<X509_ALGOR>?
        X509_SIG_get0(envelope, &algorithm, nil)
        guard self.canOpen(PasswordEncryption(algorithm)) else { return }
        let info = self.password.withBytes { PKCS12_decrypt_skey_ex(bag, $0, $1, self.context.pointer, nil) }
        guard let info else {
            self.contents.closedCount += 1
            return
        }
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        self.contents.openedCount += 1
        self.add(key: info)
    }

    private mutating func add(key info: OpaquePointer?) {
        guard let info, let key = try? PrivateKey(privateKeyInfo: info) else {
            return self.note(damage: "the private key is damaged or of an unknown kind")
        }
        self.contents.keys.append(key)
    }

    private mutating func canOpen(_ encryption: PasswordEncryption) -> Bool {
        guard encryption.isSupported(in: self.context) else {
            self.contents.unsupported.append(encryption.name)
            return false
        }
        guard encryption.isPlausible else {
            self.note(damage: "an impossible number of iterations")
            return false
        }
        return true
    }

    private mutating func note(damage: String) {
        if self.contents.damage == nil { self.contents.damage = damage }
    }
}
