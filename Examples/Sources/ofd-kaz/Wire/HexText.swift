import FiscalCore

/// Hexadecimal digits as people keep them: in lines, with blanks between bytes.
enum HexText {
    /// The bytes, or nil when anything but digits and white space is there, or half a byte.
    static func bytes(_ text: [UInt8]) -> [UInt8]? {
        let digits = text.filter { ![UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0A, 0x0D].contains($0) }
        return String(validating: digits, as: UTF8.self).flatMap { Hex.decode($0) }
    }
}
