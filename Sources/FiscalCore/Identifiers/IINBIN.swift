/// IIN or BIN, the Kazakh number of a person or of a business: 12 digits (OFD 2.0.3 §3.3.3 `customer_iin_or_bin`,
/// §3.10 `OrgRegInfo.iin`).
public struct IINBIN: FiscalIdentifier {
    public let text: String

    public init(_ text: String, field: String = "customer_iin_or_bin") throws(InvalidField) {
        try CheckedDigits.require(text, counts: [12], field: field)
        self.text = text
    }

    /// Advice: whether the last digit fits the others: weights 1 to 11 modulo 11, and where that gives 10, weights 3 to
    /// 11, 1, 2; where that gives 10 again the number is not given out (government decree no. 565 of 11 June 2003).
    public var hasValidCheckDigit: Bool {
        guard let number = CheckedDigits(self.text.utf8) else { return false }
        var remainder = number.weightedSum(Array(1...11)) % 11
        if remainder == 10 { remainder = number.weightedSum(Array(3...11) + [1, 2]) % 11 }
        return number.digits.last == remainder
    }
}
