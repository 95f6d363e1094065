import FiscalSimulators
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOSSL

/// One listening port on 127.0.0.1.
struct Listener<Responder: HTTPResponder>: Sendable
where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
    let responder: Responder
    /// nil listens without TLS.
    let tls: LoopbackTLS?
    /// Whose clients are let in (PEM), which must then show a certificate; nil asks for none.
    var clientAuthority: String?
    /// 0 takes any free port.
    let port: Int

    /// Listens until the task is cancelled, and calls `ready` with the port once it does.
    func run(ready: @escaping @Sendable (Int) -> Void) async throws {
        var logger = Logger(label: "fiscal-sim")
        logger.logLevel = .critical
        let application = Application(
            responder: self.responder, server: try self.server(),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: self.port)),
            onServerRunning: { channel in ready(channel.localAddress?.port ?? 0) }, logger: logger)
        try await application.run()
    }

    private func server() throws -> HTTPServerBuilder {
        guard let tls else { return .http1() }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(tls.certificatePEM.utf8))
                .map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(tls.keyPEM.utf8), format: .pem)))
        configuration.minimumTLSVersion = .tlsv12
        if let clientAuthority {
            configuration.certificateVerification = .noHostnameVerification
            configuration.trustRoots = .certificates(
                try NIOSSLCertificate.fromPEMBytes(Array(clientAuthority.utf8)))
        }
        // How long a client that stays connected can put off the end of the process.
        configuration.shutdownTimeout = .milliseconds(200)
        return try .tls(.http1(), tlsConfiguration: configuration)
    }
}
