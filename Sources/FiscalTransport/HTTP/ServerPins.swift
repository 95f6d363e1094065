import FiscalCore
import NIOCore
import NIOSSL

/// The certificates that a server must show or have been issued by, looked at when TLS stands and nothing was sent yet.
///
/// NIOSSL lets a chain end at an authority of its own only, so it cannot be given a server's certificate to trust, nor
/// that of an authority below another one. Here every certificate may end the chain.
struct ServerPins: Sendable {
    let certificates: [Certificate]
    private let clock = SystemClock()

    init?(_ trust: AsyncHTTPTransport.Trust) throws(InvalidField) {
        guard case .pinned(let sources) = trust else { return nil }
        var certificates: [Certificate] = []
        for (index, source) in sources.enumerated() {
            do { certificates += try Certificate.all(pemOrDER: source) } catch {
                throw InvalidField("trust[\(index)]", .pattern, limit: "an X.509 certificate in DER or PEM")
            }
        }
        guard !certificates.isEmpty else { throw InvalidField("trust", .required, limit: "at least one certificate") }
        self.certificates = certificates
    }

    /// - Throws: an error when the server showed another certificate; the connection is of no use then.
    func check(_ channel: any Channel, host: String) throws {
        let now = self.clock.now()
        guard let shown = try channel.pipeline.syncOperations.nioSSL_peerCertificate() else { throw NotPinned() }
        let certificate = try Certificate(der: shown.toDERBytes())
        guard certificate.isFor(host: host.filter { !"[]".contains($0) }),
            (try? certificate.verifyChain(at: now, policy: ChainPolicy(anchors: self.certificates))) != nil
        else { throw NotPinned() }
    }
}

/// The server showed a certificate that is none of those pinned, nor below one of them, or is another server's.
struct NotPinned: Error, CustomStringConvertible {
    var description: String { "the server's certificate is not trusted" }
}
