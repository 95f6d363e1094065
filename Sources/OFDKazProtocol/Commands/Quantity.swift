public import FiscalCore

/// How much of a commodity: a whole number of thousandths, 0 to 2147483.647 (section 3.3.2, `quantity`).
public struct Quantity: Sendable, Hashable {
    /// 2500 is 2.5.
    public let thousandths: Int64

    /// The largest that is sent, in thousandths.
    static let largest: Int64 = 2_147_483_647

    /// - Throws: `InvalidField` naming `field` when the number is not within 0...2147483647.
    public init(thousandths: Int64, field: String = "quantity") throws(InvalidField) {
        guard (0...Self.largest).contains(thousandths) else {
            throw InvalidField(field, .range, limit: "0...\(Self.largest) thousandths")
        }
        self.thousandths = thousandths
    }

    /// Reads digits, then nothing or a point and one to three digits: `2`, `2.5`, `0.125`.
    /// - Throws: `InvalidField` naming `field` for any other text (a fourth digit cannot be sent), and for a quantity
    ///   that is too large.
    public init(_ text: String, field: String = "quantity") throws(InvalidField) {
        guard let thousandths = DecimalText(text, fractionDigits: 0...3)?.scaled(to: 3) else {
            throw InvalidField(field, .pattern, limit: "digits, and up to three after a point")
        }
        try self.init(thousandths: thousandths, field: field)
    }

    /// One piece.
    public static let one = Self(checked: 1000)

    init(checked thousandths: Int64) {
        self.thousandths = thousandths
    }
}

extension Quantity: CustomStringConvertible {
    /// As short as it is exact: `2`, `2.5`.
    public var description: String {
        var fraction = String(self.thousandths % 1000 + 1000).dropFirst()
        while fraction.last == "0" { fraction.removeLast() }
        return String(self.thousandths / 1000) + (fraction.isEmpty ? "" : "." + fraction)
    }
}
