import CRKProtocol
import FiscalCore
import FiscalTransport
import Synchronization

/// The connections of one register: its TLS certificate towards the CPD server and the WebApi, none towards the Event Hub
/// (section 2.3.2.1). One transport for each channel and set of trusted certificates, kept for the next exchange.
final class RegisterTransports: CRKTransports {
    private struct Key: Hashable {
        var channel: CRKChannel
        var certificates: [Certificate]
    }

    private let identity: AsyncHTTPTransport.Identity
    private let wrap: @Sendable (any HTTPTransport) -> any HTTPTransport
    private let made = Mutex<[Key: TrustingTransport]>([:])

    init(
        _ identity: AsyncHTTPTransport.Identity,
        wrapping wrap: @escaping @Sendable (any HTTPTransport) -> any HTTPTransport
    ) {
        self.identity = identity
        self.wrap = wrap
    }

    func transport(for channel: CRKChannel, trusting certificates: [Certificate]) throws -> any HTTPTransport {
        let key = Key(channel: channel, certificates: certificates)
        let transport = try self.made.withLock { made in
            if let transport = made[key] { return transport }
            let transport = try TrustingTransport(
                certificates, identity: channel == .eventHub ? nil : self.identity)
            made[key] = transport
            return transport
        }
        return self.wrap(transport)
    }

    func shutdown() async {
        for transport in self.made.withLock({ Array($0.values) }) { await transport.shutdown() }
    }
}

/// Talks to a server that shows one of the trusted certificates or chains to one of them.
///
/// The repository names servers' own certificates, authorities below others, or authorities at the top; the chain of the
/// latter may have members that only the server sends. A handshake that fails has sent nothing, so both ways can be tried.
private struct TrustingTransport: HTTPTransport {
    private let pinned: AsyncHTTPTransport
    private let chained: AsyncHTTPTransport?

    init(_ certificates: [Certificate], identity: AsyncHTTPTransport.Identity?) throws(InvalidField) {
        self.pinned = try AsyncHTTPTransport(.init(trust: .pinned(certificates), identity: identity))
        let tops = certificates.filter(\.isSelfIssued)
        self.chained =
            tops.isEmpty ? nil : try AsyncHTTPTransport(.init(trust: .authorities(tops), identity: identity))
    }

    func exchange(
        _ request: HTTPExchangeRequest, timeout: Duration
    ) async throws(TransportError) -> HTTPExchangeResponse {
        do { return try await self.pinned.exchange(request, timeout: timeout) } catch {
            guard error.code == .notDelivered, error.reason == .tls, let chained else { throw error }
            return try await chained.exchange(request, timeout: timeout)
        }
    }

    func shutdown() async {
        try? await self.pinned.shutdown()
        try? await self.chained?.shutdown()
    }
}
