public import FiscalCore

/// What a person decided about the register or one of its messages.
public struct OFDDecision: Sendable, Hashable, Codable {
    public var by: String
    public var because: String
    public var at: FiscalInstant

    /// - Throws: `InvalidField` when nobody or no reason is named.
    init(by person: String, because reason: String, at now: FiscalInstant) throws(InvalidField) {
        guard !person.isEmpty else { throw InvalidField("by", .required, limit: "who decides") }
        guard !reason.isEmpty else { throw InvalidField("because", .required, limit: "why") }
        self.by = person
        self.because = reason
        self.at = now
    }
}
