import FiscalCore
import FiscalTransport
import NIOCore
import NIOPosix
import Testing

@Suite("Connections that fail") struct TCPFailureTests {
    static let short = Duration.milliseconds(100)

    @Test("A refused connection has delivered nothing", arguments: ["127.0.0.1", "localhost"], [false, true])
    func refused(_ host: String, _ usesTLS: Bool) async throws {
        // Port 1 (TCPMUX) is never given to a program that asks for any free port.
        let transport = try TCPTransport(host: host, port: 1, tls: usesTLS ? .init() : nil)
        #expect(try await verdict { _ = try await transport.connect() } == Verdict(.notDelivered, .unreachable))
    }

    @Test("A name that does not exist has delivered nothing")
    func unknownName() async throws {
        let transport = try TCPTransport(host: "no-such-name.invalid", port: 7777)
        let found = try await verdict { _ = try await transport.connect(timeout: .milliseconds(300)) }
        #expect([.unreachable, .deadline].contains(found.reason), "\(found)")
        #expect(found.code == .notDelivered)
    }

    @Test("A connection torn down after bytes have left leaves the outcome unknown")
    func reset() async throws {
        let server = try await StreamServer { peer, _ in peer.reset() }
        let connection = try await TCPTransport(server).connect()
        try await connection.send([1, 2, 3])
        #expect(try await verdict { _ = try await connection.receive() } == Verdict(.outcomeUnknown, .closed))
        #expect(try await verdict { try await connection.send([4]) } == Verdict(.notDelivered, .closed))
        #expect(server.received == [1, 2, 3])
    }

    @Test("A connection torn down before a byte has left has delivered nothing")
    func resetBefore() async throws {
        let server = try await StreamServer(opened: { $0.reset() })
        let transport = try TCPTransport(server)
        // Where the reset is fast, already connecting fails.
        let found = try await verdict {
            let connection = try await transport.connect()
            _ = try await connection.receive()
        }
        #expect(found.code == .notDelivered)
        #expect([.closed, .unreachable].contains(found.reason), "\(found)")
    }

    @Test("The limit ends the wait for a silent peer, and what comes later is not lost")
    func silence() async throws {
        let server = try await StreamServer()
        let connection = try await TCPTransport(server).connect()
        var peers = server.connections.makeAsyncIterator()
        let peer = try #require(await peers.next())
        try await connection.send([1])
        for _ in 0..<2 {
            let start = ContinuousClock.now
            #expect(
                try await verdict { _ = try await connection.receive(timeout: Self.short) }
                    == Verdict(.outcomeUnknown, .deadline))
            #expect(start.duration(to: .now) >= Self.short)
        }
        peer.send([2])
        #expect(try await connection.receive() == [2])
    }

    @Test("Without time nothing is done: no connection, no byte, and no byte lost")
    func noTime() async throws {
        let server = try await StreamServer.echo()
        let transport = try TCPTransport(server)
        for timeout: Duration in [.zero, .seconds(-1)] {
            #expect(
                try await verdict { _ = try await transport.connect(timeout: timeout) }
                    == Verdict(.notDelivered, .deadline))
            let connection = try await transport.connect()
            try await connection.send([3])
            #expect(
                try await verdict { _ = try await connection.receive(timeout: timeout) }
                    == Verdict(.outcomeUnknown, .deadline))
            #expect(try await connection.receive() == [3])
            #expect(
                try await verdict { try await connection.send([4], timeout: timeout) }
                    == Verdict(.notDelivered, .deadline))
            #expect(try await verdict { try await connection.send([5]) } == Verdict(.notDelivered, .closed))
        }
        try await server.allClosed()
        #expect(server.received == [3, 3])
    }

    @Test("Limits beyond all measure are as good as none")
    func endless() async throws {
        let server = try await StreamServer.echo()
        let endless = Duration.seconds(Int64.max)
        let connection = try await TCPTransport(server).connect(timeout: endless)
        try await connection.send([3], timeout: endless)
        #expect(try await connection.receive(timeout: endless) == [3])
    }

    @Test(
        "The limit ends connecting to a host that does not answer",
        .enabled(if: isLinux, "a full backlog refuses elsewhere"))
    func deadlineWhileConnecting() async throws {
        let listener = try await FullListener()
        let transport = try TCPTransport(host: "127.0.0.1", port: listener.port)
        #expect(
            try await verdict { _ = try await transport.connect(timeout: Self.short) }
                == Verdict(.notDelivered, .deadline))
        let task = Task { _ = try await transport.connect() }
        task.cancel()
        #expect(try await verdict { try await task.value } == Verdict(.notDelivered, .cancelled))
        try await listener.close()
    }

    @Test("The limit ends the sending to a peer that does not read, and closes the connection")
    func deadlineWhileSending() async throws {
        let server = try await StreamServer(reads: false)
        let connection = try await TCPTransport(server).connect()
        #expect(
            try await verdict { try await connection.send(tooMuch, timeout: Self.short) }
                == Verdict(.outcomeUnknown, .deadline))
        #expect(try await verdict { _ = try await connection.receive() } == Verdict(.outcomeUnknown, .closed))
        var peers = server.connections.makeAsyncIterator()
        _ = try? await #require(await peers.next()).channel.setOption(.autoRead, value: true).get()
        try await server.allClosed()
    }

    @Test("A closed connection is of no more use; who waits on it is told")
    func closing() async throws {
        let server = try await StreamServer()
        let connection = try await TCPTransport(server).connect()
        try await connection.send([1])
        let receiver = Task { _ = try await connection.receive() }
        var arrivals = server.arrivals.makeAsyncIterator()
        _ = await arrivals.next()
        await connection.close()
        await connection.close()
        #expect(try await verdict { try await receiver.value } == Verdict(.outcomeUnknown, .closed))
        #expect(try await verdict { _ = try await connection.receive() } == Verdict(.outcomeUnknown, .closed))
        #expect(try await verdict { try await connection.send([1]) } == Verdict(.notDelivered, .closed))
        try await server.allClosed()
    }

    @Test("No error quotes what was sent or received")
    func silentErrors() async throws {
        let server = try await StreamServer { peer, bytes in peer.reset() }
        let connection = try await TCPTransport(server).connect()
        try await connection.send(Array("secret-token".utf8))
        do {
            _ = try await connection.receive()
            Issue.record("an answer")
        } catch {
            #expect(!"\(error) \(String(reflecting: error))".contains("secret"))
        }
    }
}
