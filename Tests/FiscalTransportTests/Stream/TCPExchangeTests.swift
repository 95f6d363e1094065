import FiscalCore
import FiscalTransport
import Testing

@Suite("Bytes over TCP") struct TCPExchangeTests {
    @Test(
        "What is sent arrives, and what comes back is received, by address and by name",
        arguments: ["127.0.0.1", "localhost"])
    func echo(_ host: String) async throws {
        let server = try await StreamServer.echo()
        let connection = try await TCPTransport(server, host: host).connect()
        for message: [UInt8] in [[1, 2, 3], [0], pattern(1000)] {
            try await connection.send(message)
            #expect(try await connection.receive(count: message.count) == message)
        }
        await connection.close()
        try await server.allClosed()
        #expect(server.received == [1, 2, 3, 0] + pattern(1000))
        #expect(server.connectionCount == 1)
    }

    @Test("Single bytes, and many messages glued together, come through in order")
    func singleAndGlued() async throws {
        let server = try await StreamServer { peer, bytes in
            for byte in bytes { peer.send([byte]) }
            peer.send(bytes + bytes)
        }
        let connection = try await TCPTransport(server).connect()
        for byte in [UInt8](10..<20) {
            try await connection.send([byte])
            #expect(try await connection.receive(count: 3) == [byte, byte, byte])
        }
    }

    @Test("Nothing to send is sent at once")
    func nothing() async throws {
        let server = try await StreamServer.echo()
        let connection = try await TCPTransport(server).connect()
        try await connection.send([])
        #expect(
            try await verdict { _ = try await connection.receive(timeout: .milliseconds(20)) }
                == Verdict(.notDelivered, .deadline))
        try await connection.send([5])
        #expect(try await connection.receive() == [5])
    }

    @Test("Bytes that nobody asked for are there after connecting")
    func unasked() async throws {
        let server = try await StreamServer(opened: { $0.send([7, 7]) })
        let connection = try await TCPTransport(server).connect()
        #expect(try await connection.receive(count: 2) == [7, 7])
    }

    @Test("Several megabytes go both ways and stay what they are")
    func large() async throws {
        let server = try await StreamServer.echo()
        let connection = try await TCPTransport(server).connect()
        let message = pattern(8 << 20)
        // At the same time: neither side could take it all before the other one reads.
        async let sent: Void = connection.send(message)
        let echo = try await connection.receive(count: message.count)
        try await sent
        #expect(echo == message)
    }

    @Test("A peer that closes within a message: what came, and then nothing, however often one asks")
    func closedWithin() async throws {
        let server = try await StreamServer { peer, bytes in
            peer.send([1, 2, 3])
            peer.close()
        }
        let connection = try await TCPTransport(server).connect()
        try await connection.send([9])
        #expect(try await connection.receive(count: 10) == [1, 2, 3])
        for _ in 0..<3 { #expect(try await connection.receive() == []) }
    }

    @Test("To a peer that has closed its side nothing is sent any more: it could not answer")
    func halfClosed() async throws {
        let server = try await StreamServer { peer, bytes in
            peer.send(bytes)
            peer.closeOutput()
        }
        let connection = try await TCPTransport(server).connect()
        try await connection.send([9])
        #expect(try await connection.receive(count: 2) == [9])
        #expect(try await verdict { try await connection.send([8]) } == Verdict(.notDelivered, .closed))
        // The first message may have been accepted all the same.
        #expect(try await verdict { _ = try await connection.receive() } == Verdict(.outcomeUnknown, .closed))
        try await server.allClosed()
        #expect(server.received == [9])
    }

    @Test("One task sends while another one receives; a second receiver is turned away and harms nobody")
    func duplex() async throws {
        let server = try await StreamServer.echo()
        let connection = try await TCPTransport(server).connect()
        let receiver = Task {
            // Turned away itself while the other one is ahead of it.
            while true {
                do { return try await connection.receive() } catch let error as TransportError
                    where error.reason == .other
                {
                    await Task.yield()
                }
            }
        }
        let turnedAway = Verdict(.notDelivered, .other)
        while try await verdict({ _ = try await connection.receive(timeout: .milliseconds(1)) }) != turnedAway {}
        try await connection.send([4])
        #expect(try await receiver.value == [4])
        try await connection.send([5])
        #expect(try await connection.receive() == [5])
    }

    @Test("What a transport says about itself")
    func description() throws {
        #expect("\(try TCPTransport(host: "ofd.test", port: 7777))" == "TCPTransport(ofd.test:7777)")
        #expect("\(try TCPTransport(host: "ofd.test", port: 7777, tls: .init()))" == "TCPTransport(ofd.test:7777, TLS)")
    }

    @Test("A host or port that cannot be is said when the transport is made")
    func configuration() {
        func field(_ host: String, _ port: Int) -> String? {
            do {
                _ = try TCPTransport(host: host, port: port)
                return nil
            } catch { return error.field }
        }
        #expect(field("", 7777) == "host")
        #expect(field("a\0b", 7777) == "host")
        for port in [0, -1, 65_536, Int.max, Int.min] { #expect(field("localhost", port) == "port") }
        for port in [1, 65_535] { #expect(field("localhost", port) == nil) }
    }
}
