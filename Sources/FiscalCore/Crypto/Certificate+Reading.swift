import COpenSSL

extension Certificate {
    /// Reads one certificate in DER, with nothing after it.
    public init(der: [UInt8]) throws(CryptoError) {
        guard let (handle, length) = OpenSSLCertificate.parse(der[...]) else {
            throw .openSSL(.malformed, "no certificate")
        }
        guard length == der.count else { throw CryptoError(.malformed, "there are bytes after the certificate") }
        try self.init(handle, der: der)
    }

    /// Reads the first certificate of a PEM text.
    public init(pem: String) throws(CryptoError) {
        guard let first = try Self.all(pem: pem.utf8).first else {
            throw CryptoError(.malformed, "the PEM text holds no certificate")
        }
        self = first
    }

    /// Reads all certificates of a file: PEM with any text around the blocks and any line ends, or one or more in DER
    /// one after the other, with white space at the end. Other PEM blocks (keys) are passed over.
    /// - Throws: ``CryptoError`` with `malformed` when there is none, or when any of them is damaged.
    public static func all(pemOrDER bytes: [UInt8]) throws(CryptoError) -> [Certificate] {
        let certificates = bytes.first == 0x30 ? try self.all(der: bytes) : try self.all(pem: bytes)
        guard !certificates.isEmpty else { throw CryptoError(.malformed, "the file holds no certificate") }
        return certificates
    }

    private static func all(der bytes: [UInt8]) throws(CryptoError) -> [Certificate] {
        var certificates: [Certificate] = []
        var rest = bytes[...]
        while !rest.allSatisfy(FilePadding.contains) {
            guard let (handle, length) = OpenSSLCertificate.parse(rest) else {
                throw .openSSL(.malformed, "no certificate at byte \(rest.startIndex)")
            }
            certificates.append(try Certificate(handle, der: Array(rest.prefix(length))))
            rest = rest.dropFirst(length)
        }
        return certificates
    }

    private static func all(pem text: some Collection<UInt8>) throws(CryptoError) -> [Certificate] {
        // A byte order mark would hide the first line.
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = text.starts(with: mark) ? Array(text.dropFirst(mark.count)) : Array(text)
        var certificates: [Certificate] = []
        for block in try PEMBlock.all(in: text) where ["CERTIFICATE", "X509 CERTIFICATE"].contains(block.label) {
            certificates.append(try Certificate(der: Array(block.bytes)))
        }
        return certificates
    }
}
