import FiscalCore

/// The fiscal sign as full answers show it: tag 1077, Base64 of two zero bytes and the number, big end first.
public enum FiscalSign {
    /// The number, or nil for a text that is none.
    public static func number(tag1077 text: String) -> UInt32? {
        guard let bytes = Base64.decode(text), bytes.count == 6, bytes[0] == 0, bytes[1] == 0 else { return nil }
        return bytes[2...].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
}
