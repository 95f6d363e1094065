import COpenSSL

extension CryptoError {
    /// The failure that OpenSSL recorded last on this thread, whose record is emptied: it may belong to other users of
    /// the library too, and an old entry would be taken for theirs.
    static func openSSL(_ code: Code, _ what: String) -> CryptoError {
        let reason = OpenSSLErrors.takeLast()
        return CryptoError(code, reason.isEmpty ? what : "\(what) (\(reason))")
    }
}

/// OpenSSL's list of errors, one per thread.
enum OpenSSLErrors {
    /// The reason recorded last, empty when there is none. Empties the list.
    static func takeLast() -> String {
        let number = ERR_peek_last_error()
        defer { ERR_clear_error() }
        guard number != 0 else { return "" }
        return ERR_reason_error_string(number).map { String(cString: $0) } ?? "OpenSSL error \(number)"
    }

    static func clear() { ERR_clear_error() }
}
