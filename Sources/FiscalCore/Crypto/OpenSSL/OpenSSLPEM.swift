import COpenSSL

/// One block of a PEM file: `-----BEGIN label-----`, header lines, base64.
///
/// A class, so that its bytes, which may be a private key, are wiped when it goes.
final class PEMBlock {
    let label: String
    /// The lines `Proc-Type` and `DEK-Info` of an old-style encrypted key; empty otherwise.
    fileprivate let header: UnsafeMutablePointer<CChar>?
    fileprivate var data: UnsafeMutablePointer<UInt8>?
    fileprivate var count: Int

    fileprivate init(
        label: String, header: UnsafeMutablePointer<CChar>?, data: UnsafeMutablePointer<UInt8>?, count: Int
    ) {
        self.label = label
        self.header = header
        self.data = data
        self.count = count
    }

    deinit {
        fiscal_free(self.header)
        fiscal_clear_free(self.data, self.count)
    }

    /// The contents, for the duration of the call.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: self.data, count: self.count) }

    /// Opens an old-style encrypted block (`Proc-Type: 4,ENCRYPTED`) in place; does nothing to an open one.
    func decrypt(password: String?) throws(CryptoError) {
        var cipher = EVP_CIPHER_INFO()
        guard PEM_get_EVP_CIPHER_INFO(self.header, &cipher) == 1 else {
            throw .openSSL(.unsupported, "the encryption of the PEM block is not known")
        }
        guard cipher.cipher != nil else { return }
        guard let password else {
            throw CryptoError(.decryptionFailed, "the key is encrypted and no password was given")
        }
        var length = self.count
        let opened = Array(password.utf8).withUnsafeBufferPointer { source in
            var source = source
            return PEM_do_header(&cipher, self.data, &length, givePassword, &source) == 1
        }
        guard opened, length <= self.count else {
            OpenSSLErrors.clear()
            throw CryptoError(.decryptionFailed, "the key does not open with this password")
        }
        self.count = length
    }

    /// All blocks in the text, with whatever stands between them left out.
    static func all(in text: some Collection<UInt8>) throws(CryptoError) -> [PEMBlock] {
        let bytes = Array(text)
        guard bytes.count <= Int(Int32.max) else { throw CryptoError(.malformed, "the PEM text is too long") }
        // The memory BIO reads in place, so the array must outlive it.
        return try bytes.withUnsafeBufferPointer { (buffer) throws(CryptoError) -> [PEMBlock] in
            guard let bio = BIO_new_mem_buf(buffer.baseAddress, Int32(buffer.count)) else {
                throw .openSSL(.backend, "no memory for PEM")
            }
            defer { BIO_free(bio) }
            var blocks: [PEMBlock] = []
            while let block = try Self.next(bio) { blocks.append(block) }
            return blocks
        }
    }

    private static func next(_ bio: OpaquePointer) throws(CryptoError) -> PEMBlock? {
        var name: UnsafeMutablePointer<CChar>?
        var header: UnsafeMutablePointer<CChar>?
        var data: UnsafeMutablePointer<UInt8>?
        var count = 0
        ERR_clear_error()
        guard PEM_read_bio(bio, &name, &header, &data, &count) == 1, let name else {
            if fiscal_error_reason(ERR_peek_last_error()) == PEM_R_NO_START_LINE {
                ERR_clear_error()
                return nil
            }
            throw .openSSL(.malformed, "the PEM text is damaged")
        }
        defer { fiscal_free(name) }
        return PEMBlock(label: String(cString: name), header: header, data: data, count: count)
    }
}

/// What OpenSSL calls for a password. Without it, it would ask at the terminal.
private func givePassword(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int32, _ forWriting: Int32, _ argument: UnsafeMutableRawPointer?
) -> Int32 {
    guard let buffer, let argument else { return -1 }
    let password = argument.assumingMemoryBound(to: UnsafeBufferPointer<UInt8>.self).pointee
    guard password.count <= Int(size) else { return -1 }
    for (index, byte) in password.enumerated() { buffer[index] = CChar(bitPattern: byte) }
    return Int32(password.count)
}
