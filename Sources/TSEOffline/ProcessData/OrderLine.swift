public import FiscalCore

/// One line of an order: how many of what, at which price a piece.
public struct OrderLine: Sendable, Hashable {
    /// The quantity in thousandths: 2 pieces are 2000. Negative when taken back.
    public var quantityThousandths: Int64
    /// What was ordered.
    public var text: String
    /// The price of one, in euro.
    public var price: Money

    /// - Throws: `InvalidField` when the price is not in euro.
    public init(quantityThousandths: Int64, text: String, price: Money) throws(InvalidField) {
        guard price.currency == .eur else { throw InvalidField("price", .oneOf, limit: "EUR") }
        self.quantityThousandths = quantityThousandths
        self.text = text
        self.price = price
    }

    /// So many whole pieces.
    /// - Throws: `InvalidField` when the price is not in euro or the quantity does not fit.
    public init(pieces: Int64, text: String, price: Money) throws(InvalidField) {
        let (thousandths, overflow) = pieces.multipliedReportingOverflow(by: 1000)
        guard !overflow else { throw InvalidField("quantity", .range, limit: "thousandths within 64 bits") }
        try self.init(quantityThousandths: thousandths, text: text, price: price)
    }

    /// `2;"Eisbecher ""Himbeere""";3.99`
    var written: String {
        let quoted = self.text.replacing("\"", with: "\"\"")
        return "\(Self.text(ofThousandths: self.quantityThousandths));\"\(quoted)\";\(self.price.text)"
    }

    /// Up to three decimals, no zeros at the end.
    static func text(ofThousandths number: Int64) -> String {
        let digits = String(number.magnitude)
        let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        var fraction = padded.suffix(3)
        while fraction.last == "0" { fraction.removeLast() }
        let sign = number < 0 ? "-" : ""
        return sign + padded.dropLast(3) + (fraction.isEmpty ? "" : "." + fraction)
    }
}
