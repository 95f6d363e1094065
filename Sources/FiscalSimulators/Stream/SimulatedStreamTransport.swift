public import FiscalCore
import Synchronization

/// A transport of byte streams that ends in an authority in memory instead of a socket.
///
/// Nothing waits but the clock: where a caller's time would run out, the transport sleeps on the clock it was given and
/// reports the deadline. On a clock that jumps, that is at once, and the time has passed on it, so that budgets are
/// used up as they would be. The link itself can be made to fail, and hooks before and after each request let a test
/// stop the world at that moment.
public final class SimulatedStreamTransport<Authority: SimulatedStreamAuthority>: StreamTransport {
    /// One whole request that was handed to the transport, and what became of it.
    public struct Exchange: Sendable {
        /// 0 for the first one.
        public var index: Int
        /// The connection it was sent over; 0 for the first one that was opened.
        public var connection: Int
        public var request: [UInt8]
        /// How the link failed, if it did.
        public var fault: StreamLinkFault?
        /// What the authority did; nil when nothing arrived there.
        public var reply: SimulatedStreamReply?
    }

    private struct State: Sendable {
        var authority: Authority
        var exchanges: [Exchange] = []
        var attempts = 0
        var connections = 0
        var open: Set<Int> = []
        var link = StreamLinkPlan()
        var before: (@Sendable (Exchange) async -> Void)?
        var after: (@Sendable (Exchange) async -> Void)?
    }

    private let state: Mutex<State>
    let clock: any FiscalClock

    /// - Parameter clock: gives the time at which the authority receives a request, and lets the deadlines pass.
    public init(_ authority: Authority, clock: any FiscalClock) {
        self.state = Mutex(State(authority: authority))
        self.clock = clock
    }

    /// The authority as it stands: its ledger, its plan of faults.
    public var authority: Authority { self.state.withLock { $0.authority } }

    /// Changes the authority: its rules, its plan of faults.
    public func withAuthority<Value: Sendable>(_ body: (inout Authority) -> Value) -> Value {
        self.state.withLock { state in body(&state.authority) }
    }

    /// Every whole request handed to the transport so far, also what the link did not carry.
    public var exchanges: [Exchange] { self.state.withLock { $0.exchanges } }

    /// How often somebody tried to connect, with or without success.
    public var attemptCount: Int { self.state.withLock { $0.attempts } }

    /// How many connections are neither closed by the client nor dropped.
    public var openConnectionCount: Int { self.state.withLock { $0.open.count } }

    /// Lets the link fail from now on, or mend with nil. What is planned with ``failNext(_:times:)`` comes first.
    public func failAlways(_ fault: StreamLinkFault?) {
        self.state.withLock { $0.link.always = fault }
    }

    /// Lets the link fail at the next occasions of the fault's kind; nil is a request that it carries.
    public func failNext(_ fault: StreamLinkFault?, times: Int = 1) {
        self.state.withLock { $0.link.next += Array(repeating: fault, count: max(0, times)) }
    }

    /// The link carries everything again; what was planned for it is forgotten.
    public func mend() {
        self.state.withLock { $0.link = StreamLinkPlan() }
    }

    /// Called with each whole request before anything happens to it: the authority has seen nothing of it yet.
    public func onBefore(_ hook: (@Sendable (Exchange) async -> Void)?) {
        self.state.withLock { $0.before = hook }
    }

    /// Called when the fate of a request is decided, before the sender learns anything of it.
    public func onAfter(_ hook: (@Sendable (Exchange) async -> Void)?) {
        self.state.withLock { $0.after = hook }
    }

    public func connect(timeout: Duration) async throws(TransportError) -> any StreamConnection {
        guard !Task.isCancelled else { throw .cancelled(.notDelivered) }
        guard timeout > .zero else { throw .noTime(.notDelivered) }
        let now = self.clock.now()
        let (fault, greeting) = self.state.withLock { state in
            state.attempts += 1
            let fault = state.link.takeForConnecting()
            return (fault, fault == nil ? state.authority.accept(at: now) : .refused)
        }
        switch (fault, greeting) {
        case (.tls, _):
            throw TransportError(.notDelivered, reason: .tls, detail: "TLS was not established")
        case (.connectDeadline, _), (_, .ignored):
            try await self.pass(timeout, .notDelivered)
            throw .noTime(.notDelivered)
        case (_, .refused):
            throw TransportError(.notDelivered, reason: .unreachable, detail: "the connection was refused")
        case (_, .accepted):
            return self.open(greeting: [])
        case (_, .unasked(let bytes)):
            return self.open(greeting: bytes)
        }
    }

    private func open(greeting: [UInt8]) -> SimulatedStreamConnection<Authority> {
        let number = self.state.withLock { state in
            let number = state.connections
            state.connections += 1
            state.open.insert(number)
            return number
        }
        return SimulatedStreamConnection(self, number: number, greeting: greeting)
    }

    func closed(_ connection: Int) {
        self.state.withLock { _ = $0.open.remove(connection) }
    }

    /// Lets the time pass on the clock.
    func pass(_ duration: Duration, _ code: TransportError.Code) async throws(TransportError) {
        do {
            try await self.clock.sleep(for: duration)
        } catch {
            throw .cancelled(code)
        }
    }

    /// Carries one whole request to the authority, as far as the link lets it.
    func carry(_ request: [UInt8], connection: Int) async throws(TransportError) -> Exchange {
        var (exchange, before) = self.state.withLock { state in
            let exchange = Exchange(index: state.exchanges.count, connection: connection, request: request)
            state.exchanges.append(exchange)
            return (exchange, state.before)
        }
        await before?(exchange)
        guard !Task.isCancelled else { throw .cancelled(.notDelivered) }
        let now = self.clock.now()
        let after = self.state.withLock { [request = exchange.request, index = exchange.index] state in
            let fault = state.link.takeForRequest()
            state.exchanges[index].fault = fault
            if fault?.letsRequestArrive ?? true {
                state.exchanges[index].reply = state.authority.receive(request, at: now)
            }
            return (hook: state.after, exchange: state.exchanges[index])
        }
        exchange = after.exchange
        await after.hook?(exchange)
        return exchange
    }
}

extension TransportError {
    static func cancelled(_ code: Code) -> Self { Self(code, reason: .cancelled, detail: "the task was cancelled") }
    static func noTime(_ code: Code) -> Self { Self(code, reason: .deadline, detail: "the time limit ran out") }
    static func gone(_ code: Code) -> Self { Self(code, reason: .closed, detail: "the connection is closed") }
}
