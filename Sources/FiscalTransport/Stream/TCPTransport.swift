public import FiscalCore
import NIOCore
import NIOPosix
import NIOSSL

/// The ready-made ``StreamTransport``: TCP over SwiftNIO, plain or inside TLS 1.2 or later.
///
/// - Names are resolved anew for each connection, and all addresses of a name are tried.
/// - The time limit of connecting covers name resolution, TCP and TLS; it ends the wait also while the resolver hangs.
/// - A connection reads ahead by about 1 MiB and then leaves the rest to the operating system until somebody receives:
///   what a peer sends never piles up here.
/// - Thread pools are shared: NIO's process-wide event loops carry all connections.
public struct TCPTransport: StreamTransport {
    private let host: String
    private let port: Int
    private let security: StreamSecurity?

    /// - Parameters:
    ///   - host: a name or an IP address.
    ///   - port: 1 to 65535.
    ///   - tls: nil for plain TCP, which an operator reached through a VPN expects.
    /// - Throws: `InvalidField` for an empty host, a port out of range, a certificate or key that cannot be read or do
    ///   not fit each other, and a server name that is none.
    public init(host: String, port: Int, tls: TLS? = nil) throws(InvalidField) {
        guard !host.isEmpty, !host.utf8.contains(0) else {
            throw InvalidField("host", .pattern, limit: "a name or an IP address")
        }
        guard (1...65_535).contains(port) else { throw InvalidField("port", .range, limit: "1...65535") }
        self.host = host
        self.port = port
        self.security = if let tls { try StreamSecurity(tls, host: host) } else { nil }
    }

    public func connect(timeout: Duration) async throws(TransportError) -> any StreamConnection {
        guard !Task.isCancelled else { throw TransportError.endedEarly(.cancelled, .notDelivered) }
        guard timeout > .zero else { throw TransportError.endedEarly(.deadline, .notDelivered) }
        let attempt = ConnectionAttempt(security: self.security)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                attempt.start(continuation, host: self.host, port: self.port, timeout: TimeAmount(timeout))
            }
        } onCancel: {
            attempt.finish(.failure(.endedEarly(.cancelled, .notDelivered)))
        }
        return try result.get()
    }
}

extension TCPTransport: CustomStringConvertible {
    public var description: String { "TCPTransport(\(self.host):\(self.port)\(self.security == nil ? "" : ", TLS"))" }
}

extension TCPTransport {
    /// Whom to trust and as whom to speak.
    public struct TLS: Sendable, Hashable {
        /// Which certification authorities may vouch for the server.
        public var trust: AsyncHTTPTransport.Trust
        /// Shown to a server that asks for a client certificate.
        public var identity: AsyncHTTPTransport.Identity?
        /// The name that the server's certificate must bear; nil for the host of the transport. For a host that is an
        /// IP address the certificate must bear the address, unless a name is given here.
        public var serverName: String?

        public init(
            trust: AsyncHTTPTransport.Trust = .system, identity: AsyncHTTPTransport.Identity? = nil,
            serverName: String? = nil
        ) {
            self.trust = trust
            self.identity = identity
            self.serverName = serverName
        }
    }
}
