import COpenSSL

extension Certificate {
    /// Whether it is a certificate of this server: one of its alternative names is the host name, or its IP address
    /// (RFC 6125). A common name does not count.
    public func isFor(host: String) -> Bool {
        defer { OpenSSLErrors.clear() }
        guard !host.isEmpty, !host.utf8.contains(0) else { return false }
        if X509_check_ip_asc(self.handle.pointer, host, 0) == 1 { return true }
        let flags = UInt32(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS)
        return X509_check_host(self.handle.pointer, host, host.utf8.count, flags, nil) == 1
    }
}
