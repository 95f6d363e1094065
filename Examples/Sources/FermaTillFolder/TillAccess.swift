public import FiscalCore
import FiscalTransport

/// How a till reaches Ferma: the address, and what stands behind mutual TLS.
public struct TillAccess: Sendable {
    /// The address of the converter; nil for the one of the source document.
    public var url: String?
    /// The account's working certificate with its key.
    public var identity: PKCS12
    /// Who vouches for the server, PEM or DER; nil for whom the operating system trusts.
    public var tlsAuthority: [UInt8]?

    public init(url: String?, identity: PKCS12, tlsAuthority: [UInt8]? = nil) {
        self.url = url
        self.identity = identity
        self.tlsAuthority = tlsAuthority
    }

    func transport() throws -> AsyncHTTPTransport {
        try AsyncHTTPTransport(
            .init(
                trust: self.tlsAuthority.map { .certificates([$0]) } ?? .system,
                identity: AsyncHTTPTransport.Identity(self.identity)))
    }
}

extension TillAccess: CustomStringConvertible {
    public var description: String { "TillAccess(\(self.url ?? "the official address"), key redacted)" }
}
