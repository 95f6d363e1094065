public import FiscalCore

/// What a till shows about its receipts.
public struct FermaStatus: Sendable, Hashable {
    /// Nothing here is fiscal.
    public var isTest: Bool
    /// Receipts that go out by themselves.
    public var waiting = 0
    /// Receipts whose document may exist, among those that wait and those that are held.
    public var unknown = 0
    /// What goes out by a person's word only.
    public var held: [RequestIdentity] = []
    /// What was refused and waits for a correction or to be closed.
    public var refused: [RequestIdentity] = []
    /// When the oldest receipt that is not settled was submitted.
    public var oldest: FiscalInstant?
    /// When repeating by itself ends for the first of those that wait.
    public var nextEnd: FiscalInstant?
    /// Why no new sale goes out; nil when they do.
    public var stop: FermaStop?
    /// What went wrong last, in the service's words where it spoke; nil after a success.
    public var lastError: String?

    init(isTest: Bool, lastError: String?) {
        self.isTest = isTest
        self.lastError = lastError
    }

    mutating func count(_ entry: FermaSubmission, policy: RepeatPolicy) {
        switch entry.machine.state {
        case .kept, .sending, .waiting:
            self.waiting += 1
            if let end = entry.machine.firstSentAt.map({ policy.end(firstSentAt: $0) }) {
                self.nextEnd = min(self.nextEnd ?? end, end)
            }
        case .held: self.held.append(entry.identity)
        case .refused: self.refused.append(entry.identity)
        case .registered, .corrected, .closed: return
        }
        if entry.machine.document == .mayExist { self.unknown += 1 }
        self.oldest = min(self.oldest ?? entry.createdAt, entry.createdAt)
    }
}
