public import FiscalCore

/// By when a sale has to be reported, counted from `dat_trzby` (decision E16). Later ones are reported and still sent.
public struct ReportingDeadlines: Sendable, Hashable {
    /// Regular regime and v4: 48 hours.
    public var regular: Duration
    /// Simplified regime: 5 days.
    public var simplified: Duration

    public init(regular: Duration = .seconds(48 * 3600), simplified: Duration = .seconds(5 * 24 * 3600)) {
        self.regular = regular
        self.simplified = simplified
    }

    /// The last instant at which the sale is in time.
    public func deadline(for data: SaleData) -> FiscalInstant {
        data.instant + (data.isSimplified ? self.simplified : self.regular)
    }
}
