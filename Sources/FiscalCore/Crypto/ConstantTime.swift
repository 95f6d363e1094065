import COpenSSL

/// Comparison of secrets.
public enum ConstantTime {
    /// Whether both are the same bytes, in a time that tells nothing of where they differ. The lengths are no secret.
    public static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }
}
