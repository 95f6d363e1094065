import COpenSSL

/// HMAC (RFC 2104): a digest that only the holder of the key can make.
public enum HMAC {
    /// The full-length code over `message`.
    public static func authenticationCode(
        _ algorithm: DigestAlgorithm, over message: [UInt8], key: [UInt8]
    ) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: algorithm.byteCount) { code, count in
            var written: UInt32 = 0
            let made = COpenSSL.HMAC(
                algorithm.fetched.pointer, key, Int32(clamping: key.count), message, message.count, code.baseAddress,
                &written)
            // Depends on the installed OpenSSL alone, never on the bytes.
            precondition(made != nil, "OpenSSL could not compute HMAC with \(algorithm.rawValue)")
            count = Int(written)
        }
    }

    /// Whether `code` is the full-length code over `message`; compared in constant time.
    public static func isValid(
        _ code: [UInt8], _ algorithm: DigestAlgorithm, over message: [UInt8], key: [UInt8]
    ) -> Bool {
        ConstantTime.equal(code, Self.authenticationCode(algorithm, over: message, key: key))
    }
}
