/// How closely what comes is held against the document (decision P5).
public enum ReadingMode: Sendable, Hashable {
    /// For live registers: small departures are accepted and reported. What could change a fiscal decision is not.
    case lenient
    /// For tests, and for our own messages: nothing but what the document prints.
    case strict
}

/// A departure from the document that was accepted.
public struct Leniency: Sendable, Hashable, CustomStringConvertible {
    /// The member, such as `command.attributes.sendFreqEventHub`.
    public let field: String
    /// What was accepted: `a number as text`.
    public let what: String

    public var description: String { "\(self.field): \(self.what)" }
}

/// An answer that cannot be used.
public struct UnreadableMessage: Error, Sendable, Hashable, CustomStringConvertible {
    /// The member that is missing or wrong; empty for the whole.
    public let field: String
    public let reason: String

    init(_ field: String, _ reason: String) {
        self.field = field
        self.reason = reason
    }

    public var description: String { self.field.isEmpty ? self.reason : "\(self.field): \(self.reason)" }
}
