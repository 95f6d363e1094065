public import FiscalCore

/// The five sums of process data: amounts in euro with VAT, by the rate.
public struct GrossSums: Sendable, Hashable {
    /// General rate, 19 %.
    public var general: Money
    /// Reduced rate, 7 %.
    public var reduced: Money
    /// Average rate of agriculture (§ 24 (1) no. 3 UStG), 10.7 %.
    public var agriculture: Money
    /// Average rate of forestry (§ 24 (1) no. 1 UStG), 5.5 %.
    public var forestry: Money
    /// Without VAT, 0 %.
    public var untaxed: Money

    public init(
        general: Money = .zero(.eur), reduced: Money = .zero(.eur), agriculture: Money = .zero(.eur),
        forestry: Money = .zero(.eur), untaxed: Money = .zero(.eur)
    ) {
        self.general = general
        self.reduced = reduced
        self.agriculture = agriculture
        self.forestry = forestry
        self.untaxed = untaxed
    }

    /// The sums in the order of the process data.
    public var all: [Money] { [self.general, self.reduced, self.agriculture, self.forestry, self.untaxed] }
}
