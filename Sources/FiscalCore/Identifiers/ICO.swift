/// IČO, the Czech number of a business or institution: 8 digits (`eet-licence.txt` row 2).
public struct ICO: FiscalIdentifier {
    public let text: String

    public init(_ text: String, field: String = "ico") throws(InvalidField) {
        try CheckedDigits.require(text, counts: [8], field: field)
        self.text = text
    }

    /// Advice: whether the last digit fits the others (modulus 11 with weights 8 to 2, as the Czech statistical office
    /// assigns the numbers).
    public var hasValidCheckDigit: Bool { Self.hasValidCheckDigit(self.text.utf8) }

    static func hasValidCheckDigit(_ text: some Collection<UInt8>) -> Bool {
        guard let number = CheckedDigits(text), number.digits.count == 8 else { return false }
        return number.digits.last == (11 - number.weightedSum([8, 7, 6, 5, 4, 3, 2]) % 11) % 10
    }
}
