import FiscalCore

extension Sale {
    /// Advice for the caller: a VAT breakdown is stated and does not add up to the total, however payments for later
    /// drawing (`urceno_cerp_zuct`, `cerp_zuct`) are counted.
    ///
    /// It is no fault: the source gives no rule that the amounts add up, and rounding or a seller without VAT explain
    /// many a difference. So nothing is ever refused for it.
    public var breakdownDiffers: Bool {
        let taxed = self.amounts.filter { !$0.key.existsInV4 }
        guard !taxed.isEmpty else { return false }
        return ![taxed, self.amounts].contains { parts in
            (try? Money.sum(Array(parts.values), in: .czk)) == self.total
        }
    }
}
