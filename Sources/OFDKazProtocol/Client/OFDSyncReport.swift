public import FiscalCore

/// What one round of sending did.
public struct OFDSyncReport: Sendable {
    /// How each document that was sent ended, in the order of sending.
    public var outcomes: [OFDOutcome] = []
    /// When to call again; nil when nothing is due by itself.
    public var nextDue: FiscalInstant?
    /// Requests that got no answer.
    public var unanswered = 0
    /// How many messages wait now.
    public var queueLength = 0
    public var mode = RegisterMode.online
}
