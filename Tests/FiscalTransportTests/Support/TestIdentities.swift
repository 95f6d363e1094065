import FiscalCore
import FiscalTransport
import NIOSSL

/// A certificate with its key, made for one run of the tests.
struct TestIdentity {
    var certificate: Certificate
    var key: PrivateKey

    /// As the transport wants it for a client.
    func client() throws -> AsyncHTTPTransport.Identity {
        AsyncHTTPTransport.Identity(certificateChain: [self.certificate.der], privateKey: try self.key.pkcs8DER())
    }

    /// As a server wants it. With `clients`, a client must show a certificate of that authority.
    func server(
        clients: TestAuthority? = nil, minimum: TLSVersion = .tlsv1, maximum: TLSVersion? = nil
    ) throws -> NIOSSLContext {
        var settings = TLSConfiguration.makeServerConfiguration(
            certificateChain: [.certificate(try NIOSSLCertificate(bytes: self.certificate.der, format: .der))],
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: self.key.pkcs8DER(), format: .der)))
        settings.minimumTLSVersion = minimum
        settings.maximumTLSVersion = maximum
        if let clients {
            settings.certificateVerification = .noHostnameVerification
            settings.trustRoots = .certificates([
                try NIOSSLCertificate(bytes: clients.issuer.certificate.der, format: .der)
            ])
        }
        return try NIOSSLContext(configuration: settings)
    }
}

/// A certification authority of the tests.
struct TestAuthority {
    let issuer: CertificateIssuer
    private static let start = FiscalInstant(secondsSinceEpoch: 1_400_000_000)
    private static let end = FiscalInstant(secondsSinceEpoch: 2_400_000_000)

    private init(issuer: CertificateIssuer) {
        self.issuer = issuer
    }

    init(_ name: String) throws {
        self.issuer = try CertificateIssuer.root(
            Self.template(name, until: Self.end), key: PrivateKey.generateEC(.secp256r1))
    }

    /// An authority below this one.
    func authority(_ name: String) throws -> TestAuthority {
        let key = try PrivateKey.generateEC(.secp256r1)
        return TestAuthority(issuer: try self.issuer.authority(Self.template(name, until: Self.end), key: key))
    }

    /// The authority as the only one that a transport trusts.
    var trust: AsyncHTTPTransport.Trust { .certificates([self.issuer.certificate.der]) }

    func issue(
        _ name: String, dnsNames: [String] = [], ipAddresses: [String] = [], until end: FiscalInstant = Self.end
    ) throws -> TestIdentity {
        var template = Self.template(name, until: end)
        template.dnsNames = dnsNames
        template.ipAddresses = ipAddresses
        let key = try PrivateKey.generateEC(.secp256r1)
        return TestIdentity(certificate: try self.issuer.issue(template, for: key.publicKey), key: key)
    }

    /// A server that answers to `localhost` and `127.0.0.1`.
    func localhost() throws -> TestIdentity {
        try self.issue("localhost", dnsNames: ["localhost"], ipAddresses: ["127.0.0.1"])
    }

    private static func template(_ name: String, until end: FiscalInstant) -> CertificateTemplate {
        CertificateTemplate(
            subject: DistinguishedName([.init(.commonName, name)]),
            serialNumber: [1] + SystemRandomSource().bytes(count: 8),
            notBefore: Self.start,
            notAfter: end)
    }
}
