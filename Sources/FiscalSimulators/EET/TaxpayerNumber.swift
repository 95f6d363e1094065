/// What a Czech taxpayer's number has to look like beyond `CZ` and 8 to 10 digits.
///
/// Eight digits are the IČO of a company with its check digit; nine or ten are a birth number (rodné číslo) with a date
/// in it, or, nine digits beginning with 6, a number given to a natural person without one.
enum TaxpayerNumber {
    /// Whether the authority calls the structure of this number good. The schema has been checked before.
    static func isWellStructured(_ text: String, _ rule: EETRules.TaxpayerStructure) -> Bool {
        let digits = text.utf8.dropFirst(2).map { Int($0) - 0x30 }
        guard digits.contains(where: { $0 != 0 }) else { return false }
        switch rule {
        case .lenient: return true
        case .checkDigits: return Self.checks(digits)
        }
    }

    private static func checks(_ digits: [Int]) -> Bool {
        switch digits.count {
        case 8:
            let sum = zip(digits, stride(from: 8, to: 1, by: -1)).reduce(0) { $0 + $1.0 * $1.1 }
            return digits[7] == (11 - sum % 11) % 10
        case 9 where digits[0] == 6:
            let sum = zip(digits[1...7], stride(from: 8, to: 1, by: -1)).reduce(0) { $0 + $1.0 * $1.1 }
            return digits[8] == (8 - (10 - sum % 11) % 11 + 10) % 10
        case 9:
            // Births before 1954 have no check digit.
            return Self.isBirth(digits, century: digits[0] * 10 + digits[1] < 54 ? 1900 : 1800)
        case 10:
            let number = digits.reduce(0) { $0 * 10 + $1 }
            // Until 1985 a remainder of 10 was written as 0.
            let isChecked = number % 11 == 0 || ((number / 10) % 11 == 10 && digits[9] == 0)
            return isChecked && Self.isBirth(digits, century: digits[0] * 10 + digits[1] < 54 ? 2000 : 1900)
        default:
            return false
        }
    }

    /// Year, month (plus 50 for women, plus 20 when the day's numbers ran out) and day.
    private static func isBirth(_ digits: [Int], century: Int) -> Bool {
        let year = century + digits[0] * 10 + digits[1]
        var month = digits[2] * 10 + digits[3]
        if month > 50 { month -= 50 }
        if month > 20 { month -= 20 }
        let day = digits[4] * 10 + digits[5]
        return SchemaDate.days(year: year, month: month).contains(day)
    }
}
