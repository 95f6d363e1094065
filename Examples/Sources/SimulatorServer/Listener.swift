import FiscalSimulators
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOSSL

/// What a server shows, and its key.
struct ServerIdentity: Sendable {
    var certificatePEM: String
    var keyPEM: String

    init(certificatePEM: String, keyPEM: String) {
        self.certificatePEM = certificatePEM
        self.keyPEM = keyPEM
    }

    init(_ tls: LoopbackTLS) {
        self.init(certificatePEM: tls.certificatePEM, keyPEM: tls.keyPEM)
    }
}

/// Whether clients show a certificate, which must come from that authority (PEM).
enum ClientCertificates: Sendable {
    case none
    /// A client without one is let in too.
    case asked(authorityPEM: String)
    case demanded(authorityPEM: String)
}

/// One listening port on 127.0.0.1.
struct Listener<Responder: HTTPResponder>: Sendable
where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
    let responder: Responder
    /// nil listens without TLS.
    let tls: ServerIdentity?
    var clients = ClientCertificates.none
    /// Whether requests are measured as they arrive.
    var countsOctets = false
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
        let http: HTTPServerBuilder =
            self.countsOctets
            ? .http1(configuration: .init(additionalChannelHandlers: [OctetCounter()])) : .http1()
        guard let tls else { return http }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(tls.certificatePEM.utf8))
                .map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(tls.keyPEM.utf8), format: .pem)))
        configuration.minimumTLSVersion = .tlsv12
        switch self.clients {
        case .none: break
        case .asked(let authority):
            configuration.certificateVerification = .optionalVerification
            configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(authority.utf8)))
        case .demanded(let authority):
            configuration.certificateVerification = .noHostnameVerification
            configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(authority.utf8)))
        }
        // How long a client that stays connected can put off the end of the process.
        configuration.shutdownTimeout = .milliseconds(200)
        return try .tls(http, tlsConfiguration: configuration)
    }
}
