/// A tax rate: a whole number of thousandths of a percent, the unit of Kazakhstan's wire (12000 is 12 %).
public struct Rate: Sendable, Hashable {
    /// Thousandths of a percent.
    public var thousandthsOfPercent: UInt32

    public init(thousandthsOfPercent: UInt32) {
        self.thousandthsOfPercent = thousandthsOfPercent
    }

    /// Reads percent: digits without leading zeros, then nothing or a point and one to three digits: `12`, `5.5`.
    /// - Throws: `InvalidField` naming `field`.
    public init(percent text: String, field: String = "percent") throws(InvalidField) {
        var reader = DigitReader(text)
        let wholeDigits = reader.digitsAhead
        guard (1...6).contains(wholeDigits), wholeDigits == 1 || text.utf8.first != UInt8(ascii: "0"),
            let whole = reader.number(digits: wholeDigits)
        else { throw Self.invalid(field) }
        var thousandths = 0
        if reader.skip(".") {
            let digits = reader.digitsAhead
            guard (1...3).contains(digits), let fraction = reader.number(digits: digits) else {
                throw Self.invalid(field)
            }
            thousandths = (digits..<3).reduce(fraction) { value, _ in value * 10 }
        }
        guard reader.isAtEnd else { throw Self.invalid(field) }
        // At most 999,999,999: fits.
        self.init(thousandthsOfPercent: UInt32(whole * 1000 + thousandths))
    }

    /// The rate in percent, as short as it is exact: `12`, `5.5`, `10.725`.
    public var percentText: String {
        let whole = String(self.thousandthsOfPercent / 1000)
        var fraction = Digits.padded(Int(self.thousandthsOfPercent % 1000), to: 3)
        while fraction.last == "0" { fraction.removeLast() }
        return fraction.isEmpty ? whole : whole + "." + fraction
    }

    /// The tax on top of a net amount: net × rate.
    public func tax(onNet net: Money, rounding: Rounding) throws(MoneyError) -> Money {
        try net.scaled(by: Int64(self.thousandthsOfPercent), over: Self.whole, rounding: rounding)
    }

    /// The tax inside a gross amount: gross × rate / (100 % + rate).
    public func tax(insideGross gross: Money, rounding: Rounding) throws(MoneyError) -> Money {
        let rate = Int64(self.thousandthsOfPercent)
        return try gross.scaled(by: rate, over: Self.whole + rate, rounding: rounding)
    }

    /// 100 %.
    private static let whole: Int64 = 100_000

    private static func invalid(_ field: String) -> InvalidField {
        InvalidField(field, .pattern, limit: "(0|[1-9][0-9]{0,5})(\\.[0-9]{1,3})?")
    }
}

extension Rate: CustomStringConvertible {
    public var description: String { "\(self.percentText) %" }
}
