/// INN, the Russian taxpayer's number: 10 digits for an organisation, 12 for a person (FFD tags 1016 and 1226).
public struct INN: FiscalIdentifier {
    public let text: String

    public init(_ text: String, field: String = "INN") throws(InvalidField) {
        try CheckedDigits.require(text, counts: [10, 12], field: field)
        self.text = text
    }

    /// Twelve zeros: tag 1226 where the supplier has no INN.
    public static let none = Self(unchecked: "000000000000")

    /// Whether the check digits fit: one of an organisation, two of a person (weighted sums modulo 11, then modulo
    /// 10). Advice, but for those whose document makes it a rule; twelve zeros fit.
    public var hasValidCheckDigits: Bool {
        guard let number = CheckedDigits(self.text.utf8) else { return false }
        func checkDigit(_ weights: [Int]) -> Int { number.weightedSum(weights) % 11 % 10 }
        if number.digits.count == 10 { return number.digits[9] == checkDigit([2, 4, 10, 3, 5, 9, 4, 6, 8]) }
        return number.digits[10] == checkDigit([7, 2, 4, 10, 3, 5, 9, 4, 6, 8])
            && number.digits[11] == checkDigit([3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8])
    }

    private init(unchecked text: String) {
        self.text = text
    }
}
