public import FiscalCore

/// A person's word about a sale, kept in the journal.
public struct FermaDecision: Sendable, Hashable, Codable {
    /// What the person decided.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The same request once more.
        case repeatSame
        /// A corrected receipt in its place, under a request identifier of its own.
        case correct
        /// Not to be sent again.
        case close
        /// New sales may go out again.
        case resume
    }

    public var kind: Kind
    public var by: String
    public var because: String
    public var at: FiscalInstant

    public init(_ kind: Kind, by: String, because: String, at: FiscalInstant) {
        self.kind = kind
        self.by = by
        self.because = because
        self.at = at
    }
}
