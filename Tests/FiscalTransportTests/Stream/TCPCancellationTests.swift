import FiscalCore
import FiscalTransport
import Foundation
import NIOCore
import Testing

@Suite("Cancelled and dropped connections", .timeLimit(.minutes(5))) struct TCPCancellationTests {
    private let authority: TestAuthority

    init() throws {
        self.authority = try TestAuthority("Authority of the tests")
    }

    private func server(_ usesTLS: Bool, reads: Bool = true) async throws -> (StreamServer, TCPTransport) {
        let server = try await StreamServer(
            tls: usesTLS ? self.authority.localhost().server() : nil, reads: reads)
        return (server, try TCPTransport(server, tls: usesTLS ? .init(trust: self.authority.trust) : nil))
    }

    @Test("Cancelling a wait ends it at once and closes the connection", arguments: [false, true])
    func receiving(_ usesTLS: Bool) async throws {
        let (server, transport) = try await self.server(usesTLS)
        let connection = try await transport.connect()
        try await connection.send([1])
        let task = Task { _ = try await connection.receive() }
        var arrivals = server.arrivals.makeAsyncIterator()
        _ = await arrivals.next()
        task.cancel()
        #expect(try await verdict { try await task.value } == Verdict(.outcomeUnknown, .cancelled))
        try await server.allClosed()
        #expect(try await verdict { _ = try await connection.receive() } == Verdict(.outcomeUnknown, .closed))
        #expect(try await verdict { try await connection.send([2]) } == Verdict(.notDelivered, .closed))
    }

    @Test("Cancelling a sending that the peer does not take ends it at once and closes the connection")
    func sending() async throws {
        let (server, transport) = try await self.server(false, reads: false)
        let connection = try await transport.connect()
        let task = Task { try await connection.send(tooMuch) }
        var peers = server.connections.makeAsyncIterator()
        let peer = try #require(await peers.next())
        task.cancel()
        let found = try await verdict { try await task.value }
        // When the cancellation was faster than the first byte, nothing has left.
        #expect(found.reason == .cancelled, "\(found)")
        // The server sees the end when it reads again, unless it knows already.
        _ = try? await peer.channel.setOption(.autoRead, value: true).get()
        try await server.allClosed()
    }

    @Test("Under TLS too the limit ends a sending that the peer does not take, and closes the connection")
    func sendingInsideTLS() async throws {
        let (server, transport) = try await self.server(true)
        let connection = try await transport.connect()
        try await connection.send([1])
        var (peers, arrivals) = (server.connections.makeAsyncIterator(), server.arrivals.makeAsyncIterator())
        let peer = try #require(await peers.next())
        _ = await arrivals.next()
        try await peer.channel.setOption(.autoRead, value: false).get()
        #expect(
            try await verdict { try await connection.send(tooMuch, timeout: .milliseconds(100)) }
                == Verdict(.outcomeUnknown, .deadline))
        _ = try? await peer.channel.setOption(.autoRead, value: true).get()
        try await server.allClosed()
    }

    @Test("Cancelling while connecting leaves no connection behind")
    func connecting() async throws {
        // It accepts, and never answers the handshake.
        let server = try await StreamServer()
        let transport = try TCPTransport(server, tls: .init(trust: self.authority.trust))
        let task = Task { _ = try await transport.connect() }
        var arrivals = server.arrivals.makeAsyncIterator()
        _ = await arrivals.next()
        task.cancel()
        #expect(try await verdict { try await task.value } == Verdict(.notDelivered, .cancelled))
        try await server.allClosed()
    }

    @Test("The limit in the handshake leaves no connection behind", arguments: ["127.0.0.1", "localhost"])
    func deadlineInHandshake(_ host: String) async throws {
        let server = try await StreamServer()
        let transport = try TCPTransport(server, host: host, tls: .init(trust: self.authority.trust))
        #expect(
            try await verdict { _ = try await transport.connect(timeout: .milliseconds(100)) }
                == Verdict(.notDelivered, .deadline))
        try await server.allClosed()
        #expect(server.connectionCount <= 1)
    }

    @Test("A task that is cancelled already connects, sends and receives nothing")
    func alreadyCancelled() async throws {
        let server = try await StreamServer.echo()
        let transport = try TCPTransport(server)
        func cancelled(_ call: @escaping @Sendable () async throws -> Void) async throws -> Verdict {
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await call()
            }
            return try await verdict { try await task.value }
        }
        #expect(try await cancelled { _ = try await transport.connect() } == Verdict(.notDelivered, .cancelled))
        #expect(server.connectionCount == 0)
        let first = try await transport.connect()
        #expect(try await cancelled { try await first.send([1]) } == Verdict(.notDelivered, .cancelled))
        let second = try await transport.connect()
        try await second.send([2])
        #expect(try await cancelled { _ = try await second.receive() } == Verdict(.outcomeUnknown, .cancelled))
        try await server.allClosed()
        #expect(server.received == [2])
    }

    @Test("Cancelled at any moment, a whole exchange leaves no connection behind")
    func anyMoment() async throws {
        let server = try await StreamServer.echo()
        let transport = try TCPTransport(server)
        for round in 0..<200 {
            let task = Task {
                let connection = try await transport.connect()
                try await connection.send([1, 2, 3])
                let echo = try await connection.receive(count: 3)
                await connection.close()
                return echo
            }
            for _ in 0..<(round % 20) { await Task.yield() }
            task.cancel()
            switch await task.result {
            case .success(let echo): #expect(echo == [1, 2, 3])
            case .failure(let error): #expect((error as? TransportError)?.reason == .cancelled, "\(error)")
            }
        }
        try await server.allClosed()
    }

    @Test("Hundreds of connections in a row, closed or dropped, leave no descriptor behind", arguments: [false, true])
    func manyConnections(_ usesTLS: Bool) async throws {
        let server = try await StreamServer.echo(tls: usesTLS ? self.authority.localhost().server() : nil)
        let transport = try TCPTransport(server, tls: usesTLS ? .init(trust: self.authority.trust) : nil)
        for round in 0..<300 {
            let connection = try await transport.connect()
            try await connection.send([UInt8(round % 251)])
            #expect(try await connection.receive() == [UInt8(round % 251)])
            if round.isMultiple(of: 3) { await connection.close() }
        }
        try await server.allClosed()
        #expect(server.connectionCount == 300)
        // The closing of the last ones may still be under way on our side.
        while try Self.openSockets(port: server.port) > 0 { await Task.yield() }
    }

    /// How many sockets of this process have a connection with the port at either end. Elsewhere than on Linux: none.
    private static func openSockets(port: Int) throws -> Int {
        guard isLinux else { return 0 }
        let number = String(port, radix: 16, uppercase: true)
        let suffix = ":" + String(repeating: "0", count: max(0, 4 - number.count)) + number
        var inodes: Set<String> = []
        for table in ["/proc/self/net/tcp", "/proc/self/net/tcp6"] {
            let lines = try String(contentsOfFile: table, encoding: .utf8).split(separator: "\n").dropFirst()
            for line in lines {
                // sl, local address, remote address, state (0A: listening), …, inode
                let columns = line.split(separator: " ")
                guard columns.count > 9, columns[3] != "0A" else { continue }
                if columns[1].hasSuffix(suffix) || columns[2].hasSuffix(suffix) { inodes.insert(String(columns[9])) }
            }
        }
        let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        return descriptors.count { descriptor in
            guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)")
            else { return false }
            return inodes.contains(String(target.dropFirst("socket:[".count).dropLast()))
        }
    }
}
