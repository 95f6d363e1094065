public import FiscalCore
import Synchronization

/// A transport that ends in an authority in memory instead of a socket.
///
/// Nothing waits: an authority that stays silent is reported at once as the deadline that would have passed. The link
/// itself can be made to fail, and hooks before and after each exchange let a test stop the world at that moment.
public final class SimulatedTransport<Authority: SimulatedHTTPAuthority>: HTTPTransport {
    /// One request that was handed to the transport, and how it ended.
    public struct Exchange: Sendable {
        /// 0 for the first one.
        public var index: Int
        public var request: HTTPExchangeRequest
        public var timeout: Duration
        /// Nil before the authority or the link has answered.
        public var result: Result<HTTPExchangeResponse, TransportError>?
    }

    private struct State: Sendable {
        var authority: Authority
        var exchanges: [Exchange] = []
        var link = LinkState()
        var before: (@Sendable (Exchange) async -> Void)?
        var after: (@Sendable (Exchange) async -> Void)?
    }

    private let state: Mutex<State>
    private let clock: any FiscalClock

    /// - Parameter clock: gives the time at which the authority receives a request.
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

    /// Everything handed to the transport so far, also what the link did not carry.
    public var exchanges: [Exchange] { self.state.withLock { $0.exchanges } }

    /// How many requests were handed to the transport.
    public var exchangeCount: Int { self.state.withLock { $0.exchanges.count } }

    /// Lets the link fail from now on, or mend with nil. Failures planned with ``failNext(_:times:)`` come first.
    public func failAlways(_ fault: LinkFault?) {
        self.state.withLock { $0.link.always = fault }
    }

    /// Lets the link fail for the next exchanges.
    public func failNext(_ fault: LinkFault, times: Int = 1) {
        self.state.withLock { $0.link.next += Array(repeating: fault, count: max(0, times)) }
    }

    /// Called before anything of an exchange happens: nothing has reached the authority yet.
    public func onBefore(_ hook: (@Sendable (Exchange) async -> Void)?) {
        self.state.withLock { $0.before = hook }
    }

    /// Called when an exchange is over, before its result is returned: the authority has decided.
    public func onAfter(_ hook: (@Sendable (Exchange) async -> Void)?) {
        self.state.withLock { $0.after = hook }
    }

    public func exchange(_ request: HTTPExchangeRequest, timeout: Duration) async throws(TransportError)
        -> HTTPExchangeResponse
    {
        var (exchange, before) = self.state.withLock { state in
            let exchange = Exchange(index: state.exchanges.count, request: request, timeout: timeout)
            state.exchanges.append(exchange)
            return (exchange, state.before)
        }
        await before?(exchange)
        let result = self.carry(request, timeout: timeout)
        exchange.result = result
        let after = self.state.withLock { [exchange] state in
            state.exchanges[exchange.index] = exchange
            return state.after
        }
        await after?(exchange)
        return try result.get()
    }

    private func carry(
        _ request: HTTPExchangeRequest, timeout: Duration
    ) -> Result<HTTPExchangeResponse, TransportError> {
        guard !Task.isCancelled else {
            return .failure(TransportError(.notDelivered, reason: .cancelled, detail: "cancelled before sending"))
        }
        let now = self.clock.now()
        return self.state.withLock { state in
            if let fault = state.link.take() { return .failure(fault.error) }
            return state.authority.receive(request, at: now)
                .result(limit: request.maximumAnswerBytes, timeout: timeout)
        }
    }
}

/// How the link to an authority fails, before a byte of the request has arrived there.
public enum LinkFault: String, Sendable, Hashable, Codable, CaseIterable {
    /// No network: name not found, connection refused.
    case unreachable
    /// TLS is not established.
    case tls
    /// The time limit runs out in name resolution or connecting.
    case connectDeadline

    /// What a transport reports then.
    public var error: TransportError {
        switch self {
        case .unreachable: TransportError(.notDelivered, reason: .unreachable, detail: "no connection")
        case .tls: TransportError(.notDelivered, reason: .tls, detail: "TLS was not established")
        case .connectDeadline: TransportError(.notDelivered, reason: .deadline, detail: "no connection in time")
        }
    }
}

/// What is planned for the link.
struct LinkState: Sendable {
    var always: LinkFault?
    var next: [LinkFault] = []

    mutating func take() -> LinkFault? {
        self.next.isEmpty ? self.always : self.next.removeFirst()
    }
}
