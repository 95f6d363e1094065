/// What a host may leave to us on its receipts.
public struct FermaPaperOptions: Sendable, Hashable {
    /// Print the VAT inside the sums, by rate, each line rounded half up: what a device that rounds so has in the
    /// document. The short answer does not tell what it really has there.
    public var printsTaxAmounts: Bool
    /// Wordings of incomes and contributions, which are printed instead of their numbers (section 2.5).
    public var incomes: NonOperatingIncome

    public init(printsTaxAmounts: Bool = true, incomes: NonOperatingIncome = .standard) {
        self.printsTaxAmounts = printsTaxAmounts
        self.incomes = incomes
    }
}
