/// The exact decimal text of an amount: `34113.00`, `-0.50`.
extension Money {
    /// Reads the decimal text of an amount: an optional minus, digits without leading zeros, and, where the currency
    /// has minor units, a point and exactly as many digits as they have.
    ///
    /// No plus, exponent, grouping, comma, white space or negative zero: one amount has one text.
    /// - Throws: `InvalidField` naming `field`, with rule `required`, `pattern`, or `range` for an amount beyond 64 bits
    ///   of minor units.
    public init(parsing text: String, currency: Currency, field: String = "amount") throws(InvalidField) {
        guard !text.isEmpty else { throw InvalidField(field, .required, limit: Self.pattern(of: currency)) }
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        let unsigned = isNegative ? text.utf8.dropFirst() : text.utf8[...]
        guard let digits = Self.digits(of: unsigned, minorDigits: currency.minorDigits) else {
            throw InvalidField(field, .pattern, limit: Self.pattern(of: currency))
        }
        var minorUnits: Int64 = 0
        for digit in digits {
            // Counted on the negative side, which reaches one further.
            let (shifted, overflow) = minorUnits.multipliedReportingOverflow(by: 10)
            let (next, nextOverflow) = shifted.subtractingReportingOverflow(Int64(digit))
            guard !overflow, !nextOverflow else { throw Self.outOfRange(field, currency) }
            minorUnits = next
        }
        if isNegative {
            guard minorUnits != 0 else { throw InvalidField(field, .pattern, limit: Self.pattern(of: currency)) }
        } else {
            guard minorUnits != .min else { throw Self.outOfRange(field, currency) }
            minorUnits = -minorUnits
        }
        self.init(minorUnits: minorUnits, currency: currency)
    }

    /// The amount with a point and all digits of the minor unit, without the currency.
    public var text: String {
        let digits = Digits.padded(self.minorUnits.magnitude, to: self.currency.minorDigits + 1)
        let sign = self.minorUnits < 0 ? "-" : ""
        guard self.currency.minorDigits > 0 else { return sign + digits }
        return sign + digits.dropLast(self.currency.minorDigits) + "." + digits.suffix(self.currency.minorDigits)
    }

    /// The digits of the whole and the minor part together, or nil when the text is not of the form.
    private static func digits(of text: Substring.UTF8View, minorDigits: Int) -> [UInt8]? {
        var parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)[...]
        guard let whole = parts.popFirst(), !whole.isEmpty,
            whole.count == 1 || whole.first != UInt8(ascii: "0")
        else { return nil }
        let minor = parts.popFirst()
        guard parts.isEmpty, minor?.count ?? 0 == minorDigits, (minor == nil) == (minorDigits == 0) else { return nil }
        let characters = Array(whole) + (minor.map(Array.init) ?? [])
        let range = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard characters.allSatisfy(range.contains) else { return nil }
        return characters.map { $0 - UInt8(ascii: "0") }
    }

    private static func pattern(of currency: Currency) -> String {
        "-?(0|[1-9][0-9]*)" + (currency.minorDigits > 0 ? "\\.[0-9]{\(currency.minorDigits)}" : "")
            + ", no negative zero"
    }

    private static func outOfRange(_ field: String, _ currency: Currency) -> InvalidField {
        let limits = [Int64.min, .max].map { Self(minorUnits: $0, currency: currency).text }
        return InvalidField(field, .range, limit: limits.joined(separator: "..."))
    }
}

extension Money: CustomStringConvertible {
    /// Amount and code, such as `34113.00 CZK`.
    public var description: String { "\(self.text) \(self.currency)" }
}
