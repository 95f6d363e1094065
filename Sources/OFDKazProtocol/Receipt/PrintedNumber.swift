import FiscalCore

/// Numbers of the wire as they are printed.
enum PrintedNumber {
    /// `1234.50`; an amount that does not fit is printed by its parts.
    static func amount(_ amount: PBMoney) -> String {
        amount.money?.text ?? "\(amount.bills).\(amount.coins < 10 ? "0" : "")\(amount.coins)"
    }

    /// `2.5` for 2500 thousandths; no more digits than it takes.
    static func thousandths(_ value: UInt64) -> String {
        let (whole, rest) = value.quotientAndRemainder(dividingBy: 1000)
        guard rest > 0 else { return "\(whole)" }
        var digits = String(String(1000 + rest).dropFirst())
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(whole).\(digits)"
    }
}
