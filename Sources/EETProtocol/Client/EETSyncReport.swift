public import FiscalCore

/// What one round of the outbox did.
public struct EETSyncReport: Sendable {
    /// How each sale that was sent ended, in the order of sending.
    public var outcomes: [EETOutcome] = []
    /// Sales not settled by their deadline. They are still sent.
    public var overdue: [SaleIdentity] = []
    /// When the next sale is due; nil when nothing waits.
    public var nextDue: FiscalInstant?
    /// The round ended early because no message got through.
    public var linkIsDown = false
}
