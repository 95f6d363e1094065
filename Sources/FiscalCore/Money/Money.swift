/// An amount of money: a whole number of minor units (haléře, tiyn, grosze, cents, kopecks) of one currency.
///
/// All arithmetic is on integers and exact. What has no exact result, or none that fits, is a thrown ``MoneyError``;
/// nothing wraps and nothing traps. Amounts of different currencies are unequal, and can be neither added nor ordered.
public struct Money: Sendable, Hashable {
    /// The amount in minor units, negative for money given back.
    public var minorUnits: Int64
    public var currency: Currency

    public init(minorUnits: Int64, currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// Nothing, in that currency.
    public static func zero(_ currency: Currency) -> Self {
        Self(minorUnits: 0, currency: currency)
    }
}

extension Money {
    public static func + (left: Self, right: Self) throws(MoneyError) -> Self {
        try left.combined(with: right, "sum") { $0.addingReportingOverflow($1) }
    }

    public static func - (left: Self, right: Self) throws(MoneyError) -> Self {
        try left.combined(with: right, "difference") { $0.subtractingReportingOverflow($1) }
    }

    /// The amount with the other sign, as a return has it.
    public func negated() throws(MoneyError) -> Self {
        try Self.zero(self.currency) - self
    }

    /// The amount so many times.
    public static func * (amount: Self, count: Int64) throws(MoneyError) -> Self {
        let (product, overflow) = amount.minorUnits.multipliedReportingOverflow(by: count)
        guard !overflow else { throw MoneyError(.overflow, "product in \(amount.currency)") }
        return Self(minorUnits: product, currency: amount.currency)
    }

    /// The sum of all amounts, zero of `currency` when there are none. The order of the amounts does not matter, but an
    /// intermediate sum that does not fit is an overflow too.
    public static func sum(_ amounts: some Sequence<Self>, in currency: Currency) throws(MoneyError) -> Self {
        var total = Self.zero(currency)
        for amount in amounts { total = try total + amount }
        return total
    }

    public static func < (left: Self, right: Self) throws(MoneyError) -> Bool {
        try left.requireSameCurrency(as: right, "comparison")
        return left.minorUnits < right.minorUnits
    }

    public static func > (left: Self, right: Self) throws(MoneyError) -> Bool { try right < left }
    public static func <= (left: Self, right: Self) throws(MoneyError) -> Bool { try !(right < left) }
    public static func >= (left: Self, right: Self) throws(MoneyError) -> Bool { try !(left < right) }

    private func combined(
        with other: Self, _ what: String, _ operation: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
    ) throws(MoneyError) -> Self {
        try self.requireSameCurrency(as: other, what)
        let (result, overflow) = operation(self.minorUnits, other.minorUnits)
        guard !overflow else { throw MoneyError(.overflow, "\(what) in \(self.currency)") }
        return Self(minorUnits: result, currency: self.currency)
    }

    private func requireSameCurrency(as other: Self, _ what: String) throws(MoneyError) {
        guard self.currency == other.currency else {
            throw MoneyError(.currencyMismatch, "\(what) of \(self.currency) and \(other.currency)")
        }
    }
}
