/// What a till shows about its fiscal service.
public struct TillStatus: Sendable, Hashable {
    /// Documents that were opened and wait for their finishing call.
    public var open: Int
    /// Finishing calls without an answer.
    public var unanswered: Int
    /// Whether the last answer reported that the TSE is down; nil before the first answer.
    public var tseIsDown: Bool?
    /// What the last answer wants shown to the operator.
    public var notice: String?
    /// Why the last call brought no answer; nil after one that did.
    public var lastFault: ServiceFault?
}

/// What happens at the till, as it happens.
public enum TillEvent: Sendable {
    case opened(TillOpened)
    case finished(FiscalServiceOutcome)
    /// A call brought no answer.
    case fault(documentID: String, ServiceFault)
    case decided(documentID: String, TillDecision)
}

/// What one round of repeats did.
public struct TillSyncReport: Sendable {
    /// How each finishing call that was taken up again ended.
    public var outcomes: [FiscalServiceOutcome] = []
    /// Documents that are open: each needs `storeDocument` or `cancelDocument` by the host (TSE-126).
    public var open: [String] = []
    /// The round ended early because the service was not reached.
    public var linkIsDown = false
    /// Whether finishing calls are left without an answer.
    public var isWaiting = false
}
