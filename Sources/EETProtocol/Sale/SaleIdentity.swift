public import FiscalCore

/// What makes two messages the same sale: taxpayer, premises, till, receipt number and time.
///
/// The authority tells sales apart by these, and so does the journal: under one identity one sale is registered,
/// however often it is sent. The time counts as an instant, so that another spelling of the offset is no other sale.
public struct SaleIdentity: Sendable, Hashable, Codable {
    public var taxpayer: String
    public var premises: String
    public var till: String
    public var number: String
    public var instant: FiscalInstant

    public init(taxpayer: String, premises: String, till: String, number: String, instant: FiscalInstant) {
        self.taxpayer = taxpayer
        self.premises = premises
        self.till = till
        self.number = number
        self.instant = instant
    }
}

extension SaleIdentity: CustomStringConvertible {
    /// The parts joined by `|`, a sign that none of them can contain; the name of the sale in the journal.
    public var description: String {
        "\(self.taxpayer)|\(self.premises)|\(self.till)|\(self.number)|\(self.instant.secondsSinceEpoch)"
    }
}
