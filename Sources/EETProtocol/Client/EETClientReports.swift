public import FiscalCore
import Synchronization

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

/// What happened, for a host that watches.
public enum EETEvent: Sendable {
    /// A submission or resend ended.
    case outcome(EETOutcome)
    /// A person decided about a sale.
    case decided(SaleIdentity, Decision)
}

/// The answer came, but the store did not take it. The sale counts as under way and will be sent again, which is safe;
/// the host may print what ``outcome`` says.
public struct EETResultNotStored: Error, Sendable {
    public var outcome: EETOutcome
    public var underlying: StoreError
}

extension EETResultNotStored: CustomStringConvertible {
    public var description: String { "the answer could not be kept: \(self.underlying)" }
}

/// Hands each event to every stream that was asked for.
final class EventSources: Sendable {
    private let continuations = Mutex<[Int: AsyncStream<EETEvent>.Continuation]>([:])

    func stream() -> AsyncStream<EETEvent> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: EETEvent.self, bufferingPolicy: .bufferingNewest(1000))
        let number = self.continuations.withLock { all in
            let number = (all.keys.max() ?? 0) + 1
            all[number] = continuation
            return number
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.continuations.withLock { $0.removeValue(forKey: number) }
        }
        return stream
    }

    func yield(_ event: EETEvent) {
        for continuation in self.continuations.withLock({ Array($0.values) }) { continuation.yield(event) }
    }

    deinit {
        for continuation in self.continuations.withLock({ Array($0.values) }) { continuation.finish() }
    }
}
