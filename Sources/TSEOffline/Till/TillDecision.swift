public import FiscalCore

/// What a person decided about a document: who, why, when.
public struct TillDecision: Sendable, Hashable {
    public var by: String
    public var because: String
    public var at: FiscalInstant

    public init(by: String, because: String, at: FiscalInstant) {
        self.by = by
        self.because = because
        self.at = at
    }
}
