public import FiscalCore

/// How much of a thing (`Qty`, FFD tag 1023): a whole number of thousandths. One piece is 1000, 2.5 kg is 2500.
public struct Quantity: Sendable, Hashable {
    public var thousandths: Int64

    public init(thousandths: Int64) {
        self.thousandths = thousandths
    }

    /// One piece.
    public static let one = Self(thousandths: 1000)

    /// So many pieces.
    /// - Throws: `InvalidField` when they do not fit.
    public static func pieces(_ count: Int64) throws(InvalidField) -> Self {
        let (thousandths, overflow) = count.multipliedReportingOverflow(by: 1000)
        guard !overflow else { throw InvalidField("Qty", .range, limit: "at most \(Int64.max / 1000) pieces") }
        return Self(thousandths: thousandths)
    }

    /// Reads a decimal with at most three digits after the point: `1`, `2.5`, `0.125`. What is finer is refused, not
    /// rounded.
    /// - Throws: `InvalidField` naming `field`.
    public init(_ text: String, field: String = "Qty") throws(InvalidField) {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let whole = parts.first.map(Array.init) ?? []
        let fraction = parts.count == 2 ? Array(parts[1]) : []
        guard parts.count <= 2, !whole.isEmpty, parts.count == 1 || (1...3).contains(fraction.count),
            (whole + fraction).allSatisfy(digits.contains), whole.count == 1 || whole.first != UInt8(ascii: "0")
        else { throw InvalidField(field, .pattern, limit: "(0|[1-9][0-9]*)(\\.[0-9]{1,3})?") }
        let padding = [UInt8](repeating: UInt8(ascii: "0"), count: 3 - fraction.count)
        guard let thousandths = Int64(String(decoding: whole + fraction + padding, as: UTF8.self)) else {
            throw InvalidField(field, .range, limit: "at most \(Int64.max) thousandths")
        }
        self.thousandths = thousandths
    }
}
