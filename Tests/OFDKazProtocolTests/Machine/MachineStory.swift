import FiscalCore
import OFDKazProtocol
import Testing

/// A register's machine with a clock of its own; its states are reached by events alone.
struct MachineStory {
    static let start = FiscalInstant(secondsSinceEpoch: 1_800_000_000)
    static let token: UInt32 = 3_000_000_001

    var machine: RegisterMachine
    var now = Self.start
    var shiftOpenedAt: FiscalInstant?

    /// As it leaves the box: nothing sent, an INFO owed.
    init(edition: Edition = .v203, queueLimit: Int = 100) throws {
        self.machine = RegisterMachine(
            rules: try RegisterRules(edition: edition, queueLimit: queueLimit), state: RegisterState(token: Self.token))
    }

    /// With its first INFO answered.
    static func online(edition: Edition = .v203) throws -> Self {
        var story = try Self(edition: edition)
        try story.send(.info).answered(.ok, by: &story)
        return story
    }

    /// After so many requests, all of them answered.
    static func online(afterRequests count: Int) throws -> Self {
        var story = try Self.online()
        try story.keepAlive(times: count - 1)
        return story
    }

    mutating func keepAlive(times: Int) throws {
        for _ in 0..<times {
            try self.request(.keepAlive)
            try self.send(.keepAlive).answered(.ok, by: &self)
        }
    }

    /// With these documents in the queue; the first met silence, the others have never been tried.
    static func offline(_ kinds: [MessageKind], edition: Edition = .v203) throws -> Self {
        var story = try Self.online(edition: edition)
        try story.goOffline(kinds)
        return story
    }

    /// With the link lost while nothing was under way.
    static func offlineWhileIdle() throws -> Self {
        var story = try Self.online()
        try story.request(.keepAlive)
        try story.send(.keepAlive).unanswered(by: &story, budgetIsLeft: false)
        return story
    }

    /// Online until the answer to a ticket's first attempt was this one, and the queue is empty.
    static func blocked(by code: ResultCode, edition: Edition = .v203) throws -> Self {
        var story = try Self.online(edition: edition)
        try story.issue(.ticket)
        try story.send(.ticket).answered(code, by: &story)
        return story
    }

    mutating func goOffline(_ kinds: [MessageKind]) throws {
        try #require(!kinds.isEmpty)
        try self.issue(kinds[0])
        try self.send(kinds[0]).unanswered(by: &self, budgetIsLeft: false)
        for kind in kinds.dropFirst() { try self.issue(kind) }
    }

    var mode: RegisterMode { self.machine.mode }
    var kinds: [MessageKind] { self.machine.queue.map(\.kind) }

    mutating func admit(_ kind: MessageKind) -> RegisterMachine.Admission {
        self.machine.admit(kind, shiftOpenedAt: self.shiftOpenedAt, at: self.now)
    }

    @discardableResult
    mutating func issue(_ kind: MessageKind, sourceLocation: SourceLocation = #_sourceLocation) throws -> QueuedMessage
    {
        switch self.admit(kind) {
        case .sendNow(let message), .queued(let message): return message
        case .refused(let refusal):
            try #require(Bool(false), "refused: \(refusal)", sourceLocation: sourceLocation)
            throw Unexpected()
        }
    }

    /// The host asks for a service request, and must be given it.
    mutating func request(_ kind: ServiceKind, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let isGranted = self.machine.request(kind)
        try #require(isGranted, sourceLocation: sourceLocation)
    }

    /// Whether a host that asked for it now would be given it.
    func grants(_ kind: ServiceKind) -> Bool {
        var machine = self.machine
        return machine.request(kind)
    }

    mutating func step() -> Step { self.machine.nextStep(at: self.now) }

    /// The machine must want to send something now.
    mutating func send(sourceLocation: SourceLocation = #_sourceLocation) throws -> Transmission {
        let step = self.step()
        guard case .send(let transmission) = step else {
            try #require(Bool(false), "\(step)", sourceLocation: sourceLocation)
            throw Unexpected()
        }
        return transmission
    }

    /// The machine must want to send this message now.
    mutating func send(_ kind: MessageKind, sourceLocation: SourceLocation = #_sourceLocation) throws -> Transmission {
        let transmission = try self.send(sourceLocation: sourceLocation)
        try #require(transmission.message?.kind == kind, "\(transmission)", sourceLocation: sourceLocation)
        return transmission
    }

    /// The machine must want to send this service request now.
    mutating func send(_ kind: ServiceKind, sourceLocation: SourceLocation = #_sourceLocation) throws -> Transmission {
        let transmission = try self.send(sourceLocation: sourceLocation)
        try #require(transmission.service == kind, "\(transmission)", sourceLocation: sourceLocation)
        return transmission
    }

    mutating func unblock(_ decision: RegisterMachine.Decision, evenUnknown: Bool = false) -> RegisterMachine.Unblocking
    {
        self.machine.unblock(decision, evenUnknown: evenUnknown, at: self.now)
    }

    /// The power goes, and the machine is opened again as it was committed last.
    mutating func restart() { self.machine.restarted(at: self.now) }

    mutating func wait(_ duration: Duration) { self.now = self.now + duration }

    struct Unexpected: Error {}
}

extension Transmission {
    var message: QueuedMessage? { if case .message(let message) = self.content { message } else { nil } }
    var service: ServiceKind? { if case .service(let kind) = self.content { kind } else { nil } }

    /// The server answers; its header shows the token of the request unless another one is given.
    @discardableResult
    func answered(_ code: ResultCode, token: UInt32? = nil, by story: inout MachineStory) -> Resolution {
        story.machine.exchangeEnded(
            self, with: .answered(code, token: token ?? self.pair.token), budgetIsLeft: true, at: story.now)
    }

    @discardableResult
    func unanswered(by story: inout MachineStory, budgetIsLeft: Bool = true) -> Resolution {
        story.machine.exchangeEnded(self, with: .unanswered, budgetIsLeft: budgetIsLeft, at: story.now)
    }

    @discardableResult
    func notDelivered(by story: inout MachineStory, budgetIsLeft: Bool = true) -> Resolution {
        story.machine.exchangeEnded(self, with: .notDelivered, budgetIsLeft: budgetIsLeft, at: story.now)
    }
}
