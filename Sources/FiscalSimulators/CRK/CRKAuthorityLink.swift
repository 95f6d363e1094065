public import CRKProtocol
public import FiscalCore
import HTTPTypes
import Synchronization

/// Transports that end in a simulated repository in memory instead of sockets, for any number of registers.
///
/// Each shows a client certificate or none, and looks at the server's: it must be one of those trusted, or chain to one.
/// The CPD server and the WebApi want a certificate of the producer. Nothing waits: a server that stays silent is
/// reported at once as the deadline that would have passed. The link itself can be made to fail, and hooks before and
/// after each exchange let a test stop the world at that moment.
public final class CRKAuthorityLink: Sendable {
    /// One request that was handed to a transport, and how it ended.
    public struct Exchange: Sendable {
        /// 0 for the first one, counted over all channels.
        public var index: Int
        public var channel: CRKChannel
        public var request: HTTPExchangeRequest
        public var timeout: Duration
        /// What the transport would show.
        public var client: Certificate?
        /// Nil before the server or the link has answered.
        public var result: Result<HTTPExchangeResponse, TransportError>?
    }

    private struct State: Sendable {
        var authority: CRKAuthority
        var exchanges: [Exchange] = []
        var links: [CRKChannel: LinkState] = [:]
        var before: (@Sendable (Exchange) async -> Void)?
        var after: (@Sendable (Exchange) async -> Void)?
    }

    private let state: Mutex<State>
    private let clock: any FiscalClock

    /// - Parameter clock: gives the time at which the servers receive a request.
    public init(_ authority: CRKAuthority, clock: any FiscalClock) {
        self.state = Mutex(State(authority: authority))
        self.clock = clock
    }

    /// The repository as it stands: its books, its ledger, its plan of faults.
    public var authority: CRKAuthority { self.state.withLock { $0.authority } }

    /// Changes the repository: its rules, its plan of faults, its orders.
    public func withAuthority<Value: Sendable>(_ body: (inout CRKAuthority) -> Value) -> Value {
        self.state.withLock { state in body(&state.authority) }
    }

    /// Everything handed to the transports so far, also what the link did not carry.
    public var exchanges: [Exchange] { self.state.withLock { $0.exchanges } }

    /// The same of one channel.
    public func exchanges(at channel: CRKChannel) -> [Exchange] { self.exchanges.filter { $0.channel == channel } }

    /// How many requests were handed to the transports.
    public var exchangeCount: Int { self.state.withLock { $0.exchanges.count } }

    /// Lets the link of one channel, or of all, fail from now on, or mend with nil. Failures planned with
    /// ``failNext(_:at:times:)`` come first.
    public func failAlways(_ fault: LinkFault?, at channel: CRKChannel? = nil) {
        self.state.withLock { state in
            for channel in channel.map({ [$0] }) ?? CRKChannel.allCases {
                state.links[channel, default: LinkState()].always = fault
            }
        }
    }

    /// Lets the link of a channel fail for the next exchanges.
    public func failNext(_ fault: LinkFault, at channel: CRKChannel, times: Int = 1) {
        self.state.withLock { state in
            state.links[channel, default: LinkState()].next += Array(repeating: fault, count: max(0, times))
        }
    }

    /// Called before anything of an exchange happens: nothing has reached a server yet.
    public func onBefore(_ hook: (@Sendable (Exchange) async -> Void)?) {
        self.state.withLock { $0.before = hook }
    }

    /// Called when an exchange is over, before its result is returned: the server has decided.
    public func onAfter(_ hook: (@Sendable (Exchange) async -> Void)?) {
        self.state.withLock { $0.after = hook }
    }

    /// A transport for one channel.
    /// - Parameters:
    ///   - client: the certificate that it shows, with the key that goes with it.
    ///   - certificates: the server must show one of these, or chain to one of them.
    public func transport(
        for channel: CRKChannel, client: Certificate?, trusting certificates: [Certificate]
    ) -> any HTTPTransport {
        CRKLinkTransport(link: self, channel: channel, client: client, trusted: certificates)
    }

    fileprivate func exchange(
        _ request: HTTPExchangeRequest, timeout: Duration, over transport: CRKLinkTransport
    ) async throws(TransportError) -> HTTPExchangeResponse {
        var (exchange, before) = self.state.withLock { state in
            let exchange = Exchange(
                index: state.exchanges.count, channel: transport.channel, request: request, timeout: timeout,
                client: transport.client)
            state.exchanges.append(exchange)
            return (exchange, state.before)
        }
        await before?(exchange)
        let result = self.carry(request, timeout: timeout, over: transport)
        exchange.result = result
        let after = self.state.withLock { [exchange] state in
            state.exchanges[exchange.index] = exchange
            return state.after
        }
        await after?(exchange)
        return try result.get()
    }

    private func carry(
        _ request: HTTPExchangeRequest, timeout: Duration, over transport: CRKLinkTransport
    ) -> Result<HTTPExchangeResponse, TransportError> {
        guard !Task.isCancelled else {
            return .failure(TransportError(.notDelivered, reason: .cancelled, detail: "cancelled before sending"))
        }
        let now = self.clock.now()
        return self.state.withLock { state in
            if let fault = state.links[transport.channel, default: LinkState()].take() {
                return .failure(fault.error)
            }
            if let error = transport.handshakeError(request, state.authority, at: now) { return .failure(error) }
            let reply = state.authority.receive(
                request, at: transport.channel, from: transport.client, at: now)
            return reply.result(limit: request.maximumAnswerBytes, timeout: timeout)
        }
    }
}

/// One way to one door.
private struct CRKLinkTransport: HTTPTransport {
    let link: CRKAuthorityLink
    let channel: CRKChannel
    let client: Certificate?
    let trusted: [Certificate]

    func exchange(_ request: HTTPExchangeRequest, timeout: Duration) async throws(TransportError)
        -> HTTPExchangeResponse
    {
        try await self.link.exchange(request, timeout: timeout, over: self)
    }

    /// Why no connection comes about.
    func handshakeError(
        _ request: HTTPExchangeRequest, _ authority: CRKAuthority, at now: FiscalInstant
    ) -> TransportError? {
        let address = authority.address(self.channel)
        guard request.head.scheme == "https",
            CRKAddresses.authority(of: request.head.authority ?? "") == CRKAddresses.authority(of: address)
        else {
            return TransportError(.notDelivered, reason: .unreachable, detail: "nobody is at that address")
        }
        let server = authority.identity.server(self.channel).certificate
        guard (try? server.verifyChain(at: now, policy: ChainPolicy(anchors: self.trusted))) != nil else {
            return TransportError(.notDelivered, reason: .tls, detail: "the server's certificate is not trusted")
        }
        guard self.channel != .eventHub else { return nil }
        let policy = ChainPolicy(anchors: [authority.identity.producerCertificate])
        guard let client, (try? client.verifyChain(at: now, policy: policy)) != nil else {
            return TransportError(.notDelivered, reason: .tls, detail: "the server wants a certificate of the producer")
        }
        return nil
    }
}

extension CRKAuthority {
    func address(_ channel: CRKChannel) -> String {
        switch channel {
        case .cpd: self.addresses.cpd
        case .webApi: self.addresses.webApi
        case .eventHub: self.addresses.eventHub
        }
    }
}
