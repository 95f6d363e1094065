/// Why an answer says nothing about the receipt of this sale.
public enum UnknownReason: Sendable, Hashable {
    /// The body is no JSON object.
    case unreadable
    /// The body has no code that tells success from failure.
    case noCode
    /// The answer belongs to another request: it is kept and reported, and this sale is asked for again (decision F7).
    case otherRequest

    var raisesAlarm: Bool { self == .otherRequest }
}
