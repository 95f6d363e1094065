/// Reads fixed-width numbers and separators from the front of a text, byte by byte, so that nothing but ASCII counts
/// as a digit or a separator.
struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        self.rest = Substring(text).utf8
    }

    var isAtEnd: Bool { self.rest.isEmpty }

    /// The value of exactly `digits` ASCII digits (at most 9).
    mutating func number(digits: Int) -> Int? {
        var value = 0
        for _ in 0..<digits {
            guard let character = self.rest.first, Self.digits.contains(character) else { return nil }
            value = value * 10 + Int(character - UInt8(ascii: "0"))
            self.rest.removeFirst()
        }
        return value
    }

    /// Takes the character when it is next, and says whether it was.
    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard self.rest.first == UInt8(ascii: character) else { return false }
        self.rest.removeFirst()
        return true
    }

    /// How many digits stand next.
    var digitsAhead: Int { self.rest.prefix { Self.digits.contains($0) }.count }

    private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
}

/// Writes numbers for fixed-width spellings.
enum Digits {
    /// A number that is not negative, with leading zeros up to `width`.
    static func padded(_ number: some BinaryInteger, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
