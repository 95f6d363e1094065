public import FiscalCore

/// What a till shows about its reporting.
public struct EETStatus: Sendable, Hashable {
    /// Sales that go out by themselves.
    public var waiting = 0
    /// Sales that go out by a person's word.
    public var held = 0
    /// Sales to be corrected.
    public var refused = 0
    /// Sales past their deadline.
    public var overdue: [SaleIdentity] = []
    /// The nearest deadline of an unsettled sale.
    public var nextDeadline: FiscalInstant?
    /// When the taxpayer's certificate expires.
    public var certificateNotAfter: FiscalInstant
    /// What went wrong last, in the authority's words where it spoke; nil after a success.
    public var lastError: String?
    /// Our clock minus the authority's, at the last confirmation; includes the time the answer took.
    public var clockDifference: Duration?

    init(certificateNotAfter: FiscalInstant, lastError: String?, clockDifference: Duration?) {
        self.certificateNotAfter = certificateNotAfter
        self.lastError = lastError
        self.clockDifference = clockDifference
    }

    mutating func count(
        _ state: SaleMachine.State, _ identity: SaleIdentity, deadline: FiscalInstant, now: FiscalInstant
    ) {
        switch state {
        case .kept, .sending, .waiting: self.waiting += 1
        case .held: self.held += 1
        case .refused: self.refused += 1
        case .registered, .closed: return
        }
        self.nextDeadline = min(self.nextDeadline ?? deadline, deadline)
        if deadline < now { self.overdue.append(identity) }
    }
}
