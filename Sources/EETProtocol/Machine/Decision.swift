public import FiscalCore

/// A person's word about a sale, kept in the journal.
public struct Decision: Sendable, Hashable, Codable {
    public var by: String
    public var because: String
    public var at: FiscalInstant

    public init(by: String, because: String, at: FiscalInstant) {
        self.by = by
        self.because = because
        self.at = at
    }
}
