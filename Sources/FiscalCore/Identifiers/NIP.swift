/// NIP, the Polish taxpayer's number: exactly 10 digits, without separators (CRK §2.4.3, `taxpayerId`).
public struct NIP: FiscalIdentifier {
    public let text: String

    public init(_ text: String, field: String = "taxpayerId") throws(InvalidField) {
        try CheckedDigits.require(text, counts: [10], field: field)
        self.text = text
    }

    /// Advice: whether the last digit fits the others (weights 6 5 7 2 3 4 5 6 7, modulo 11; 10 is no digit). The number
    /// printed in CRK's own example fails it.
    public var hasValidCheckDigit: Bool {
        guard let number = CheckedDigits(self.text.utf8) else { return false }
        return number.digits.last == number.weightedSum([6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11
    }
}
