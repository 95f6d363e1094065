/// DIČ, the Czech tax identification number: `CZ` and 8 to 10 digits (EET schema v3, `CZDICType`; v4 calls the same
/// form EIČ).
public struct DIC: FiscalIdentifier {
    public let text: String

    public init(_ text: String, field: String = "dic_popl") throws(InvalidField) {
        let limit = "CZ[0-9]{8,10}"
        guard !text.isEmpty else { throw InvalidField(field, .required, limit: limit) }
        let digits = text.utf8.dropFirst(2)
        guard text.utf8.starts(with: "CZ".utf8), (8...10).contains(digits.count), CheckedDigits(digits) != nil else {
            throw InvalidField(field, .pattern, limit: limit)
        }
        self.text = text
    }

    /// What stands after `CZ`.
    public var digits: String { String(self.text.dropFirst(2)) }

    /// Advice: whether the digits are built as such numbers are. The authority answers error 6 to a DIČ of wrong
    /// structure; the schema looks at the form alone.
    ///
    /// - 8 digits: the IČO of a legal entity, with its check digit, not beginning with 9.
    /// - 9 digits beginning with 6: a number given to a person without birth number, with a check digit.
    /// - other 9 digits: a birth number of before 1954: a day of birth and three digits.
    /// - 10 digits: a birth number (act 133/2000 Sb. §13): a day of birth, months raised by 50 for women and by 20 where
    ///   the day's numbers ran out, and a check digit (the other nine modulo 11, 10 counting as 0).
    public var hasPlausibleStructure: Bool {
        guard let number = CheckedDigits(self.text.utf8.dropFirst(2)) else { return false }
        return switch number.digits.count {
        case 8: number.digits.first != 9 && ICO.hasValidCheckDigit(self.text.utf8.dropFirst(2))
        case 9 where number.digits.first == 6: Self.hasValidSpecialCheckDigit(number)
        case 9: Self.birthday(number) != nil
        default: Self.birthday(number) != nil && Self.hasValidBirthNumberCheckDigit(number)
        }
    }

    /// Digits 2 to 8 with weights 8 to 2, modulo 11; the check digit steps down as the remainder steps up.
    private static func hasValidSpecialCheckDigit(_ number: CheckedDigits) -> Bool {
        let remainder = number.weightedSum([0, 8, 7, 6, 5, 4, 3, 2]) % 11
        return number.digits[8] == [8, 7, 6, 5, 4, 3, 2, 1, 0, 9, 8][(10 - remainder) % 11]
    }

    private static func hasValidBirthNumberCheckDigit(_ number: CheckedDigits) -> Bool {
        let others = number.digits.dropLast().reduce(0) { $0 * 10 + $1 }
        return number.digits[9] == others % 11 % 10
    }

    private static func birthday(_ number: CheckedDigits) -> CivilDate? {
        let digits = number.digits
        let yearOfCentury = digits[0] * 10 + digits[1]
        let year: Int
        if digits.count == 9 {
            // Nine digits were given out up to 1953; 54 to 79 belong to nobody, 80 to 99 to people of the 19th century.
            guard yearOfCentury < 54 || yearOfCentury >= 80 else { return nil }
            year = (yearOfCentury < 54 ? 1900 : 1800) + yearOfCentury
        } else {
            year = (yearOfCentury < 54 ? 2000 : 1900) + yearOfCentury
        }
        return CivilDate(
            year: year, month: (digits[2] * 10 + digits[3]) % 50 % 20, day: digits[4] * 10 + digits[5])
    }
}
