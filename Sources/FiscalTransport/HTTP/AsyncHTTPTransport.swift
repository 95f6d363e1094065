import AsyncHTTPClient
public import FiscalCore
import HTTPTypes
import NIOCore

/// The ready-made ``HTTPTransport``: AsyncHTTPClient, HTTP/1.1, TLS 1.2 or later.
///
/// - One request in, one request out: no retry, no redirect, no cookie, no decompression, no proxy.
/// - The time limit covers name resolution, connecting, TLS, sending, and the whole answer; it ends the wait also
///   while the resolver hangs.
/// - ``TransportError/Code/notDelivered`` is said only when no byte of the request was handed to an established
///   connection: a handler in the connection itself watches for the first one.
/// - Thread pools are shared: NIO's process-wide event loops carry all transports. Call ``shutdown()`` when done; a
///   transport that is merely dropped closes its connections too, but nobody learns when.
public final class AsyncHTTPTransport: HTTPTransport {
    private let lanes: LanePool

    /// - Throws: `InvalidField` when a certificate or key cannot be read, or the key is not that of the certificate.
    public init(_ configuration: Configuration = Configuration()) throws(InvalidField) {
        self.lanes = LanePool(
            template: LaneTemplate(
                tls: try TLSSettings.make(configuration), pins: try ServerPins(configuration.trust),
                connections: configuration.connections))
    }

    deinit {
        self.lanes.close()
    }

    public func exchange(
        _ request: HTTPExchangeRequest, timeout: Duration
    ) async throws(TransportError) -> HTTPExchangeResponse {
        // Before anything else: what follows is part of the budget.
        let deadline = NIODeadline.now() + TimeAmount(timeout)
        guard timeout > .zero else {
            throw TransportError(.notDelivered, reason: .deadline, detail: "no time was given")
        }
        guard !Task.isCancelled else { throw TransportError.endedEarly(.cancelled, .notDelivered) }
        let outgoing = try HTTPClient.Request(exchange: request)
        guard let lane = self.lanes.take(budget: TimeAmount(timeout)) else {
            throw TransportError(.notDelivered, reason: .other, detail: "the transport was shut down")
        }
        switch await lane.run(outgoing, maximumAnswerBytes: request.maximumAnswerBytes, deadline: deadline) {
        case .success(let answer):
            self.lanes.giveBack(lane)
            return answer
        case .failure(let error):
            // Its connection, or the attempt at one, must not reach into the next exchange.
            self.lanes.discard(lane)
            throw error
        }
    }

    /// Ends all running exchanges and closes all connections. Exchanges asked for later are refused.
    public func shutdown() async throws {
        await self.lanes.shutdown()
    }
}

extension TimeAmount {
    /// A year at the most, which keeps all sums of time in range.
    init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        guard seconds < 31_536_000 else {
            self = .seconds(31_536_000)
            return
        }
        self = .seconds(max(seconds, 0)) + .nanoseconds(max(attoseconds, 0) / 1_000_000_000)
    }
}
