public import FiscalCore
import Synchronization

/// A transport that ends in a ``FiscalServiceOffice`` in memory instead of a socket, with a link that can fail.
///
/// Nothing waits: an office that stays silent is reported at once as the deadline that would have passed.
public final class TSEOfficeTransport: HTTPTransport {
    /// One request that was handed to the transport, and how it ended.
    public struct Exchange: Sendable {
        /// 0 for the first one.
        public var index: Int
        public var request: HTTPExchangeRequest
        /// Nil before the office or the link has answered.
        public var result: Result<HTTPExchangeResponse, TransportError>?
    }

    private struct State: Sendable {
        var exchanges: [Exchange] = []
        var link = LinkState()
        var before: (@Sendable (Exchange) async -> Void)?
        var after: (@Sendable (Exchange) async -> Void)?
    }

    public let office: FiscalServiceOffice
    private let state = Mutex(State())

    public init(_ office: FiscalServiceOffice) {
        self.office = office
    }

    /// Everything handed to the transport so far, also what the link did not carry.
    public var exchanges: [Exchange] { self.state.withLock { $0.exchanges } }

    /// Lets the link fail from now on, or mend with nil. Failures planned with ``failNext(_:times:)`` come first.
    public func failAlways(_ fault: LinkFault?) {
        self.state.withLock { $0.link.always = fault }
    }

    /// Lets the link fail for the next exchanges.
    public func failNext(_ fault: LinkFault, times: Int = 1) {
        self.state.withLock { $0.link.next += Array(repeating: fault, count: max(0, times)) }
    }

    /// Called before anything of an exchange happens.
    public func onBefore(_ hook: (@Sendable (Exchange) async -> Void)?) {
        self.state.withLock { $0.before = hook }
    }

    /// Called when an exchange is over, before its result is returned: the service has decided.
    public func onAfter(_ hook: (@Sendable (Exchange) async -> Void)?) {
        self.state.withLock { $0.after = hook }
    }

    public func exchange(_ request: HTTPExchangeRequest, timeout: Duration) async throws(TransportError)
        -> HTTPExchangeResponse
    {
        var (exchange, before) = self.state.withLock { state in
            let exchange = Exchange(index: state.exchanges.count, request: request)
            state.exchanges.append(exchange)
            return (exchange, state.before)
        }
        await before?(exchange)
        let result = await self.carry(request, timeout: timeout)
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
    ) async -> Result<HTTPExchangeResponse, TransportError> {
        guard !Task.isCancelled else {
            return .failure(TransportError(.notDelivered, reason: .cancelled, detail: "cancelled before sending"))
        }
        if let fault = self.state.withLock({ $0.link.take() }) { return .failure(fault.error) }
        return await self.office.receive(request).result(limit: request.maximumAnswerBytes, timeout: timeout)
    }
}
