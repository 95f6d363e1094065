import FiscalCore

/// Whole numbers of an answer, which come as JSON numbers and as texts.
enum LenientNumber {
    /// The value of `-99`, `"-99"`, `561.0`; nil for what is no whole number, or empty. Numbers beyond 64 bits count as
    /// the largest or smallest: whoever must send one back sends the text that came, not this value.
    static func value(of json: JSON?) -> Int64? {
        switch json {
        case .number(let number): Self.value(of: number.text)
        case .string(let text): Self.value(of: text)
        default: nil
        }
    }

    private static func value(of text: String) -> Int64? {
        let space: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
        var digits = Substring(text).utf8
        while let first = digits.first, space.contains(first) { digits.removeFirst() }
        while let last = digits.last, space.contains(last) { digits.removeLast() }
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative { digits.removeFirst() }
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty, parts.count <= 2 else { return nil }
        if parts.count == 2 {
            guard !parts[1].isEmpty, parts[1].allSatisfy({ $0 == UInt8(ascii: "0") }) else { return nil }
        }
        guard whole.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) else { return nil }
        let magnitude = Int64(String(decoding: whole, as: UTF8.self)) ?? .max
        return isNegative ? -magnitude : magnitude
    }
}
