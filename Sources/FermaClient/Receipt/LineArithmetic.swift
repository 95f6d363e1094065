public import FiscalCore

/// What a line costs. The one place that rounds.
///
/// How the device rounds a part of a kopeck is not documented. Half up is our reading; a line that is not exact is
/// warned of, and a total of the answer that differs is reported (decision F14).
public enum LineArithmetic {
    /// Price × quantity, rounded half up to a kopeck.
    /// - Throws: `MoneyError` when it does not fit.
    public static func total(price: Money, quantity: Quantity) throws(MoneyError) -> Money {
        try price.scaled(by: quantity.thousandths, over: 1000, rounding: .halfUp)
    }

    /// Whether nothing had to be rounded.
    public static func isExact(price: Money, quantity: Quantity) -> Bool {
        // The remainders alone decide, and their product always fits.
        (price.minorUnits % 1000 * (quantity.thousandths % 1000)).isMultiple(of: 1000)
    }
}
