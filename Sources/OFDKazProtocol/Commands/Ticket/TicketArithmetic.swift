import FiscalCore

/// The arithmetic of a receipt, in tiyn (decision K32). Wide enough for any amount of the wire.
enum TicketArithmetic {
    /// Price times quantity, half a tiyn up; nil where even this does not fit.
    static func line(price: Int128, thousandths: Int128) -> Int128? {
        Self.halfUp(price, thousandths, 1000)
    }

    /// The tax of so many thousandths of a percent: inside an amount, or on top of one; half a tiyn up.
    static func tax(on base: Int128, percent: UInt32, isInTotalSum: Bool) -> Int128? {
        Self.halfUp(base, Int128(percent), 100_000 + (isInTotalSum ? Int128(percent) : 0))
    }

    /// `amount` times `numerator / denominator`, of numbers that are not negative; `denominator` is positive.
    private static func halfUp(_ amount: Int128, _ numerator: Int128, _ denominator: Int128) -> Int128? {
        let (product, overflow) = amount.multipliedReportingOverflow(by: numerator)
        guard !overflow, product >= 0 else { return nil }
        let (quotient, remainder) = product.quotientAndRemainder(dividingBy: denominator)
        return remainder >= denominator - remainder ? quotient + 1 : quotient
    }

    /// An amount as it is written in messages: `12.05`.
    static func text(_ tiyn: Int128) -> String {
        let (tenge, coins) = tiyn.magnitude.quotientAndRemainder(dividingBy: 100)
        return (tiyn < 0 ? "-" : "") + "\(tenge)." + (coins < 10 ? "0" : "") + "\(coins)"
    }
}

extension PBMoney {
    /// The amount in tiyn, of whatever the wire holds.
    var exactTiyn: Int128 { Int128(self.bills) * 100 + Int128(self.coins) }
}
