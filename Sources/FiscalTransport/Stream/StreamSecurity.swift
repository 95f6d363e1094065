import FiscalCore
import NIOCore
import NIOSSL

/// What TLS needs for each connection, read and checked once.
struct StreamSecurity: Sendable {
    private let context: NIOSSLContext
    /// Nil where the certificate has to bear the address.
    private let serverName: String?

    init(_ tls: TCPTransport.TLS, host: String) throws(InvalidField) {
        if let name = tls.serverName {
            guard (1...255).contains(name.utf8.count), !name.utf8.contains(0), !Self.isAddress(name) else {
                throw InvalidField("tls.serverName", .pattern, limit: "a name, not an address")
            }
        }
        if case .pinned = tls.trust { throw InvalidField("tls.trust", .notAllowed, limit: "pins are for HTTPS alone") }
        self.serverName = tls.serverName ?? (Self.isAddress(host) ? nil : host)
        var settings = try TLSSettings.make(.init(trust: tls.trust, identity: tls.identity))
        // So long a peer may take to say goodbye after us.
        settings.shutdownTimeout = .seconds(1)
        do {
            self.context = try NIOSSLContext(configuration: settings)
        } catch {
            throw InvalidField("tls", .consistency, limit: "settings that TLS takes")
        }
    }

    func handler() throws -> NIOSSLClientHandler {
        try NIOSSLClientHandler(context: self.context, serverHostname: self.serverName)
    }

    private static func isAddress(_ host: String) -> Bool {
        (try? SocketAddress(ipAddress: host, port: 0)) != nil
    }
}
