/// One thing in an answer that is not as the source document writes it, and was taken all the same.
public struct ResponseLeniency: Sendable, Hashable {
    /// What is different.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The name is spelled with other letters in upper or lower case.
        case letterCase
        /// The name stands twice; the source document's spelling, else the last, counts.
        case doubled
        /// The member is absent.
        case absent
        /// Null in place of a text or number.
        case null
        /// A number written as a text, or a text as a number.
        case otherType
        /// A value that cannot be read; it counts as absent.
        case unreadable
        /// A time whose fraction has not seven digits.
        case timeDigits
        /// A member that the source document does not have; it is kept.
        case unknown
    }

    public var kind: Kind
    /// The member as the source document spells it, with its path: `AdditionalFields.TseSerial`. An unknown one as it
    /// came.
    public var member: String

    public init(kind: Kind, member: String) {
        self.kind = kind
        self.member = member
    }
}

extension ResponseLeniency: CustomStringConvertible {
    public var description: String { "\(self.member): \(self.kind.rawValue)" }
}
