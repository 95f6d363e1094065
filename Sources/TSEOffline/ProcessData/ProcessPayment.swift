public import FiscalCore

/// One payment of a receipt's process data: how much, and whether in cash.
public struct ProcessPayment: Sendable, Hashable {
    /// How it was paid.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// In cash.
        case bar = "Bar"
        /// By any other means.
        case unbar = "Unbar"
    }

    /// The amount in the currency that was paid; negative for money given back.
    public var amount: Money
    public var kind: Kind

    public init(_ amount: Money, _ kind: Kind) {
        self.amount = amount
        self.kind = kind
    }

    /// Cash before other means; euro first, then the codes of the currencies by their letters.
    static func isOrdered(_ left: Self, _ right: Self) -> Bool { left.rank <= right.rank }

    /// What an order by two letters and a code compares.
    private var rank: (Int, String) {
        // No code at all comes before every code.
        (self.kind == .bar ? 0 : 1, self.amount.currency == .eur ? "" : self.amount.currency.code)
    }

    /// `10.00:Bar`, `5.00:Bar:CHF`.
    var text: String {
        let currency = self.amount.currency == .eur ? "" : ":\(self.amount.currency.code)"
        return "\(self.amount.text):\(self.kind.rawValue)\(currency)"
    }
}
