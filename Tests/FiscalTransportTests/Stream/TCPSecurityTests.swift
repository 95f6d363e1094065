import FiscalCore
import FiscalTransport
import NIOSSL
import Testing

@Suite("TCP inside TLS") struct TCPSecurityTests {
    private let authority: TestAuthority

    init() throws {
        self.authority = try TestAuthority("Authority of the tests")
    }

    private func tls(
        _ trust: AsyncHTTPTransport.Trust? = nil, identity: TestIdentity? = nil, serverName: String? = nil
    ) throws -> TCPTransport.TLS {
        TCPTransport.TLS(
            trust: trust ?? self.authority.trust, identity: try identity?.client(), serverName: serverName)
    }

    private func expectEcho(_ transport: TCPTransport) async throws {
        let connection = try await transport.connect()
        try await connection.send([1, 2, 3])
        #expect(try await connection.receive(count: 3) == [1, 2, 3])
        await connection.close()
    }

    @Test(
        "A server with a certificate of the trusted authority is spoken to, by name and by address",
        arguments: ["localhost", "127.0.0.1"])
    func trusted(_ host: String) async throws {
        let server = try await StreamServer.echo(tls: self.authority.localhost().server())
        try await self.expectEcho(TCPTransport(server, host: host, tls: self.tls()))
        let pem = Array(self.authority.issuer.certificate.pem.utf8)
        try await self.expectEcho(TCPTransport(server, host: host, tls: self.tls(.certificates([pem]))))
    }

    @Test(
        "Another name than the host's can be asked for, and then only that will do",
        arguments: ["localhost", "127.0.0.1"])
    func serverName(_ host: String) async throws {
        let identity = try self.authority.issue("ofd.test", dnsNames: ["ofd.test"])
        let server = try await StreamServer.echo(tls: identity.server())
        try await self.expectEcho(TCPTransport(server, host: host, tls: self.tls(serverName: "ofd.test")))
        for name in [nil, "other.test"] {
            let transport = try TCPTransport(server, host: host, tls: self.tls(serverName: name))
            #expect(try await verdict { _ = try await transport.connect() } == Verdict(.notDelivered, .tls))
        }
        #expect(server.received == [1, 2, 3])
    }

    @Test("Nothing is sent to a server that is not the right one", arguments: TLSTests.BadServer.allCases)
    func refused(_ bad: TLSTests.BadServer) async throws {
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
                try await StreamServer(opened: { $0.send(Array("220 ready\r\n".utf8)) })
            } else {
                try await StreamServer.echo(tls: identity.server(maximum: bad == .withOldTLS ? .tlsv11 : nil))
            }
        for host in ["localhost", "127.0.0.1"] {
            let trust: AsyncHTTPTransport.Trust? = bad == .unknownToTheSystem ? .system : nil
            let transport = try TCPTransport(server, host: host, tls: self.tls(trust))
            let found = try await verdict { _ = try await transport.connect() }
            #expect(found == Verdict(.notDelivered, .tls), "\(host): \(found)")
        }
        // Of a server without TLS: the client's greeting, and nothing of ours.
        if bad != .withoutTLS { #expect(server.received.isEmpty) }
        try await server.allClosed()
    }

    @Test("A server that asks for a client certificate gets it")
    func mutual() async throws {
        let clients = try TestAuthority("Authority of the clients")
        let server = try await StreamServer.echo(tls: self.authority.localhost().server(clients: clients))
        try await self.expectEcho(TCPTransport(server, tls: self.tls(identity: clients.issue("till"))))
    }

    @Test("Under TLS 1.2 a missing client certificate is noticed while connecting")
    func clientCertificateMissing() async throws {
        let server = try await StreamServer.echo(
            tls: self.authority.localhost().server(clients: self.authority, maximum: .tlsv12))
        let transport = try TCPTransport(server, tls: self.tls())
        #expect(try await verdict { _ = try await transport.connect() } == Verdict(.notDelivered, .tls))
    }

    @Test("Under TLS 1.3 it is noticed after that: what was sent meanwhile counts as unknown")
    func clientCertificateMissingLate() async throws {
        let server = try await StreamServer.echo(
            tls: self.authority.localhost().server(clients: self.authority, minimum: .tlsv13))
        let connection = try await TCPTransport(server, tls: self.tls()).connect()
        let found = try await verdict {
            try await connection.send([1])
            _ = try await connection.receive()
        }
        // The refusal may be here before the first byte leaves: then nothing does.
        #expect([.tls, .closed].contains(found.reason), "\(found)")
        #expect(found.code == .outcomeUnknown || found == Verdict(.notDelivered, .closed), "\(found)")
        #expect(server.received.isEmpty)
    }

    @Test("A peer that closes during the handshake has received nothing")
    func closedDuringHandshake() async throws {
        let server = try await StreamServer(opened: { $0.close() })
        for host in ["localhost", "127.0.0.1"] {
            let transport = try TCPTransport(server, host: host, tls: self.tls())
            #expect(try await verdict { _ = try await transport.connect() } == Verdict(.notDelivered, .tls))
        }
    }

    @Test("A goodbye ends the stream in good order; a connection cut off without it is an error, after what came")
    func endings() async throws {
        for isInGoodOrder in [true, false] {
            let server = try await StreamServer(tls: self.authority.localhost().server()) { peer, bytes in
                peer.send(bytes)
                if isInGoodOrder { peer.close() } else { peer.closeBelowTLS() }
            }
            let connection = try await TCPTransport(server, tls: self.tls()).connect()
            try await connection.send([1, 2, 3])
            var bytes: [UInt8] = []
            while bytes.count < 3 { bytes += try await connection.receive() }
            #expect(bytes == [1, 2, 3])
            if isInGoodOrder {
                #expect(try await connection.receive() == [])
            } else {
                #expect(try await verdict { _ = try await connection.receive() } == Verdict(.outcomeUnknown, .closed))
            }
        }
    }

    @Test("Several megabytes go both ways and stay what they are")
    func large() async throws {
        let server = try await StreamServer.echo(tls: self.authority.localhost().server())
        let connection = try await TCPTransport(server, tls: self.tls()).connect()
        let message = pattern(4 << 20)
        async let sent: Void = connection.send(message)
        let echo = try await connection.receive(count: message.count)
        try await sent
        #expect(echo == message)
    }

    @Test("What cannot be read, or does not fit together, is said when the transport is made")
    func configuration() throws {
        func field(_ tls: TCPTransport.TLS) -> String? {
            do {
                _ = try TCPTransport(host: "localhost", port: 7777, tls: tls)
                return nil
            } catch { return error.field }
        }
        let (one, two) = (try self.authority.issue("one"), try self.authority.issue("two"))
        let mixed = AsyncHTTPTransport.Identity(
            certificateChain: [one.certificate.der], privateKey: try two.key.pkcs8DER())
        #expect(field(try self.tls(.certificates([]))) == "trust")
        #expect(field(.init(trust: .system, identity: mixed)) == "identity")
        for name in ["", "127.0.0.1", "::1", "a\0b", String(repeating: "a", count: 256)] {
            #expect(field(try self.tls(serverName: name)) == "tls.serverName")
        }
        #expect(field(try self.tls(serverName: "ofd.test")) == nil)
    }
}
