public import FiscalCore

extension SaleData {
    /// Advice for the caller: `celk_trzba` minus the VAT breakdown, or nil when the sale has no breakdown (v4 never has).
    ///
    /// The breakdown are rows 10 to 20 of `eetin.txt`; payments meant for or made by later drawing are not part of it. A
    /// difference is no fault: the source gives no rule that the amounts add up, and rounding or a seller without VAT
    /// explain many. So nothing is ever refused for it.
    public var breakdownDifference: Money? {
        let parts = SaleAmount.allCases.filter { !$0.existsInV4 }.compactMap { self.money($0.rawValue) }
        guard !parts.isEmpty, let total = self.money("celk_trzba"),
            let sum = try? Money.sum(parts, in: .czk)
        else { return nil }
        return try? total - sum
    }

    private func money(_ name: String) -> Money? {
        self.attributes[name].flatMap { try? Money(parsing: $0, currency: .czk) }
    }
}
