import FiscalCore
import FiscalTransport
import NIOSSL
import Testing

@Suite("TLS") struct TLSTests {
    private let authority: TestAuthority

    init() throws {
        self.authority = try TestAuthority("Authority of the tests")
    }

    private func transport(
        _ trust: AsyncHTTPTransport.Trust? = nil, identity: TestIdentity? = nil
    ) throws -> AsyncHTTPTransport {
        try AsyncHTTPTransport(.init(trust: trust ?? self.authority.trust, identity: try identity?.client()))
    }

    @Test(
        "A server with a certificate of the trusted authority is spoken to, by name and by address",
        arguments: ["localhost", "127.0.0.1"])
    func trusted(_ host: String) async throws {
        let server = try await LoopbackServer(tls: self.authority.localhost().server()) { _ in .send(response()) }
        let answer = try await self.transport().exchange(
            post(server, scheme: "https", host: host), timeout: AsyncHTTPTransport.ample)
        #expect(answer.body == Array("fine".utf8))
        #expect(server.requests.first?.lines.contains("Host: \(host):\(server.port)") == true)
    }

    @Test("Authorities are read from DER and from PEM with several certificates")
    func formats() async throws {
        let server = try await LoopbackServer(tls: self.authority.localhost().server()) { _ in .send(response()) }
        let other = try TestAuthority("Another authority")
        let pem = [other, self.authority].map(\.issuer.certificate.pem).joined(separator: "\n")
        for sources in [[Array(pem.utf8)], [other, self.authority].map(\.issuer.certificate.der)] {
            _ = try await self.transport(.certificates(sources)).exchange(
                post(server, scheme: "https"), timeout: AsyncHTTPTransport.ample)
        }
        #expect(server.requests.count == 2)
    }

    enum BadServer: CaseIterable {
        case ofAnotherAuthority, unknownToTheSystem, withAnotherName, expired, withOldTLS, withoutTLS
    }

    @Test("Nothing is sent to a server that is not the right one", arguments: BadServer.allCases)
    func refused(_ bad: BadServer) async throws {
        let identity =
            switch bad {
            case .ofAnotherAuthority: try TestAuthority("Another authority").localhost()
            case .withAnotherName:
                try self.authority.issue("other", dnsNames: ["other.test"], ipAddresses: ["127.0.0.2"])
            case .expired:
                try self.authority.issue(
                    "localhost", dnsNames: ["localhost"], until: FiscalInstant(secondsSinceEpoch: 1_704_067_200))
            case .unknownToTheSystem, .withOldTLS, .withoutTLS: try self.authority.localhost()
            }
        let server =
            if bad == .withoutTLS {
                try await LoopbackServer(at: .accepted) { _ in .send(response("400 Bad Request")) }
            } else {
                try await LoopbackServer(tls: identity.server(maximum: bad == .withOldTLS ? .tlsv11 : nil)) { _ in
                    .send(response())
                }
            }
        let transport = try self.transport(bad == .unknownToTheSystem ? .system : nil)
        for host in ["localhost", "127.0.0.1"] {
            let error = try await transport.failure(post(server, scheme: "https", host: host))
            #expect(Verdict(error) == Verdict(.notDelivered, .tls), "\(host): \(error)")
        }
        #expect(server.requests.isEmpty)
    }

    /// What is pinned of a server whose certificate was issued below an authority below another one.
    enum Pin: CaseIterable {
        case server, authority, serverAmongOthers
    }

    @Test(
        "A server is spoken to that shows a pinned certificate, or one issued by its owner, without any authority at the top",
        arguments: Pin.allCases)
    func pinned(_ pin: Pin) async throws {
        let between = try self.authority.authority("Authority between")
        let identity = try between.localhost()
        let server = try await LoopbackServer(tls: identity.server()) { _ in .send(response()) }
        let pins =
            switch pin {
            case .server: [identity.certificate]
            case .authority: [between.issuer.certificate]
            case .serverAmongOthers: [try self.authority.localhost().certificate, identity.certificate]
            }
        let transport = try self.transport(.pinned(pins))
        for host in ["localhost", "127.0.0.1"] {
            _ = try await transport.exchange(
                post(server, scheme: "https", host: host), timeout: AsyncHTTPTransport.ample)
        }
        #expect(server.requests.count == 2)
        // As authorities they would not do, which is what pins are for.
        let error = try await self.transport(.authorities(pins)).failure(post(server, scheme: "https"))
        #expect(Verdict(error) == Verdict(.notDelivered, .tls))
    }

    enum BadPinned: CaseIterable {
        case anotherCertificate, sameAuthority, withAnotherName, expired
    }

    @Test(
        "Nothing is sent to a server that shows another certificate than the pinned one", arguments: BadPinned.allCases)
    func notPinned(_ bad: BadPinned) async throws {
        let past = FiscalInstant(secondsSinceEpoch: 1_704_067_200)
        let (shown, pinned): (TestIdentity, Certificate)
        switch bad {
        case .anotherCertificate:
            (shown, pinned) = (try self.authority.localhost(), try TestAuthority("Another").issuer.certificate)
        // Its neighbour is pinned, not the authority of both.
        case .sameAuthority:
            (shown, pinned) = (try self.authority.localhost(), try self.authority.localhost().certificate)
        case .withAnotherName:
            shown = try self.authority.issue("other", dnsNames: ["other.test"], ipAddresses: ["127.0.0.2"])
            pinned = self.authority.issuer.certificate
        case .expired:
            shown = try self.authority.issue(
                "localhost", dnsNames: ["localhost"], ipAddresses: ["127.0.0.1"], until: past)
            pinned = shown.certificate
        }
        let server = try await LoopbackServer(tls: shown.server()) { _ in .send(response()) }
        let transport = try self.transport(.pinned([pinned]))
        for host in ["localhost", "127.0.0.1"] {
            let error = try await transport.failure(post(server, scheme: "https", host: host))
            #expect(Verdict(error) == Verdict(.notDelivered, .tls), "\(host): \(error)")
        }
        #expect(server.requests.isEmpty)
    }

    @Test("A server that asks for a client certificate gets it", arguments: [true, false])
    func mutual(_ pem: Bool) async throws {
        let clients = try TestAuthority("Authority of the clients")
        let server = try await LoopbackServer(tls: self.authority.localhost().server(clients: clients)) { _ in
            .send(response())
        }
        let client = try clients.issue("till")
        var identity = try client.client()
        if pem {
            identity.certificateChain = [Array(client.certificate.pem.utf8)]
            identity.privateKey = Array(try client.key.pkcs8PEM().utf8)
        }
        let transport = try AsyncHTTPTransport(.init(trust: self.authority.trust, identity: identity))
        _ = try await transport.exchange(post(server, scheme: "https"), timeout: AsyncHTTPTransport.ample)
        #expect(server.requests.count == 1)
    }

    @Test("A key file serves as the client's identity, an authority between included")
    func keyFile() async throws {
        let root = try TestAuthority("Authority of the clients")
        let between = try root.authority("Authority between")
        let server = try await LoopbackServer(tls: self.authority.localhost().server(clients: root)) { _ in
            .send(response())
        }
        let till = try between.issue("till")
        let bytes = try PKCS12.write(
            key: till.key, leaf: till.certificate, chain: [between.issuer.certificate], password: "p12")
        let transport = try AsyncHTTPTransport(
            .init(
                trust: .authorities([self.authority.issuer.certificate]),
                identity: .init(PKCS12.read(bytes, password: "p12"))))
        _ = try await transport.exchange(post(server, scheme: "https"), timeout: AsyncHTTPTransport.ample)
        #expect(server.requests.count == 1)
    }

    @Test("Under TLS 1.2 a missing client certificate is noticed before the request is sent")
    func clientCertificateMissing() async throws {
        let server = try await LoopbackServer(
            tls: self.authority.localhost().server(clients: self.authority, maximum: .tlsv12)
        ) { _ in .send(response()) }
        let error = try await self.transport().failure(post(server, scheme: "https"))
        #expect(Verdict(error) == Verdict(.notDelivered, .tls))
        #expect(server.requests.isEmpty)
    }

    @Test("Under TLS 1.3 it is noticed after that: the outcome counts as unknown")
    func clientCertificateMissingLate() async throws {
        let server = try await LoopbackServer(
            tls: self.authority.localhost().server(clients: self.authority, minimum: .tlsv13)
        ) { _ in .send(response()) }
        let error = try await self.transport().failure(post(server, scheme: "https"))
        #expect(error.code == .outcomeUnknown)
        #expect(error.reason == .tls || error.reason == .closed, "\(error)")
        #expect(server.requests.isEmpty)
    }

    @Test("A peer that closes during the handshake has received nothing")
    func closedDuringHandshake() async throws {
        let server = try await LoopbackServer(at: .accepted) { _ in .close }
        for host in ["localhost", "127.0.0.1"] {
            let error = try await self.transport().failure(post(server, scheme: "https", host: host))
            #expect(Verdict(error) == Verdict(.notDelivered, .tls), "\(host): \(error)")
        }
    }

    @Test("What cannot be read, or does not fit together, is said when the transport is made")
    func configuration() throws {
        let (one, two) = (try self.authority.issue("one"), try self.authority.issue("two"))
        func field(_ configuration: AsyncHTTPTransport.Configuration) -> String? {
            do {
                _ = try AsyncHTTPTransport(configuration)
                return nil
            } catch { return error.field }
        }
        let mixed = AsyncHTTPTransport.Identity(
            certificateChain: [one.certificate.der], privateKey: try two.key.pkcs8DER())
        #expect(field(.init(trust: .certificates([]))) == "trust")
        #expect(field(.init(trust: .certificates([self.authority.issuer.certificate.der, [0x30, 0]]))) == "trust[1]")
        #expect(field(.init(trust: .certificates([Array("-----BEGIN".utf8)]))) == "trust[0]")
        #expect(field(.init(identity: mixed)) == "identity")
        #expect(
            field(.init(identity: .init(certificateChain: [one.certificate.der], privateKey: [1])))
                == "identity.privateKey")
        #expect(
            field(.init(identity: .init(certificateChain: [], privateKey: try one.key.pkcs8DER())))
                == "identity.certificateChain")
        #expect(field(.init(identity: try one.client())) == nil)
    }

    @Test("The private key is in no description")
    func redaction() throws {
        let identity = AsyncHTTPTransport.Identity(certificateChain: [[1, 2]], privateKey: [77, 78, 79])
        let configuration = AsyncHTTPTransport.Configuration(identity: identity)
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), "\(identity)", dumped] {
            #expect(!text.contains("77"), "\(text)")
        }
    }
}
