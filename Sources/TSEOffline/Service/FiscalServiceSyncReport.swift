public import FiscalCore

/// What one round of recovery did, and when to call again.
public struct FiscalServiceSyncReport: Sendable, Hashable {
    /// Documents that were signed, in the order of signing.
    public var signed: [String] = []
    /// Documents that by the policy, or because their signature is not at hand, will not be signed any more.
    public var settledUnsigned: [String] = []
    /// Documents that were tried and still wait, with the reason.
    public var failed: [String: TSEFailure] = [:]
    /// Transactions that were closed because they belonged to no document.
    public var closedOrphans: [OrphanTransaction] = []
    /// Why the round ended early: the TSE cannot be used. Nil when it went to its end.
    public var failure: TSEFailure?
    /// Whether another round was under way, and this one did nothing.
    public var isRunningElsewhere = false
    /// When to look again; nil when nothing waits.
    public var nextProbe: FiscalInstant?
}
