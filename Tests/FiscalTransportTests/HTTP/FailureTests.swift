import FiscalCore
import FiscalTransport
import HTTPTypes
import NIOCore
import NIOPosix
import Testing

@Suite("Exchanges without an answer") struct FailureTests {
    private let transport: AsyncHTTPTransport

    init() throws {
        self.transport = try AsyncHTTPTransport()
    }

    @Test("A refused connection has delivered nothing", arguments: ["127.0.0.1", "localhost"], ["http", "https"])
    func refused(_ host: String, _ scheme: String) async throws {
        // Port 1 (TCPMUX) is never given to a program that asks for any free port.
        let error = try await self.transport.failure(post(scheme: scheme, authority: "\(host):1"))
        #expect(Verdict(error) == Verdict(.notDelivered, .unreachable))
    }

    @Test("A name that does not exist has delivered nothing")
    func unknownName() async throws {
        let error = try await self.transport.failure(
            post(scheme: "https", authority: "no-such-name.invalid"), timeout: .milliseconds(300))
        #expect(error.code == .notDelivered)
        #expect([.unreachable, .deadline].contains(error.reason), "\(error)")
    }

    @Test(
        "A connection closed at the head or after the whole request leaves the outcome unknown; nothing is sent again",
        arguments: [LoopbackServer.Moment.head, .request])
    func closed(_ moment: LoopbackServer.Moment) async throws {
        let server = try await LoopbackServer(at: moment) { _ in .close }
        let error = try await self.transport.failure(post(server, body: String(repeating: "x", count: 5_000_000)))
        #expect(error.code == .outcomeUnknown)
        #expect(error.reason == .closed, "\(error)")
        #expect(server.connections == 1)
        #expect(server.requests.count <= 1)
    }

    @Test(
        "Half an answer is no answer",
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n",
        ])
    func halfAnswer(_ text: String) async throws {
        let server = try await LoopbackServer { _ in .sendAndClose(Array(text.utf8)) }
        let error = try await self.transport.failure(post(server))
        #expect(Verdict(error) == Verdict(.outcomeUnknown, .closed), "\(error)")
        #expect(server.connections == 1)
    }

    @Test("An answer that is not HTTP leaves the outcome unknown, and is not quoted")
    func garbage() async throws {
        let server = try await LoopbackServer { _ in .send(Array("<fik>secret-fik</fik>\r\n\r\n".utf8)) }
        let error = try await self.transport.failure(post(server))
        #expect(error.code == .outcomeUnknown)
        #expect(!"\(error) \(String(reflecting: error))".contains("secret"))
        #expect(server.connections == 1)
    }

    @Test("No error quotes the request")
    func silentErrors() async throws {
        let server = try await LoopbackServer { _ in .close }
        var request = post(server, body: "secret-body")
        request.head.headerFields[.authorization] = "secret-token"
        let error = try await self.transport.failure(request)
        #expect(!"\(error) \(String(reflecting: error))".contains("secret"))
    }

    // MARK: The time limit

    /// The exchange must end by the limit, and not before it. What these peers do would never end; how long a busy
    /// machine takes to tell us is not measured here.
    ///
    /// Where the request must have been sent, a machine too busy to connect within the short limit gets a longer one.
    private func expectDeadline(_ request: HTTPExchangeRequest, _ code: TransportError.Code) async throws {
        for limit in [AsyncHTTPTransport.short, .seconds(1), .seconds(5)] {
            let start = ContinuousClock.now
            let error = try await self.transport.failure(request, timeout: limit)
            let elapsed = start.duration(to: .now)
            if code == .outcomeUnknown, error.code == .notDelivered, limit < .seconds(5) { continue }
            #expect(Verdict(error) == Verdict(code, .deadline), "\(error)")
            #expect(elapsed >= limit, "\(elapsed)")
            return
        }
    }

    @Test(
        "The limit ends connecting to a host that does not answer",
        .enabled(if: isLinux, "a full backlog refuses elsewhere"))
    func deadlineWhileConnecting() async throws {
        let listener = try await FullListener()
        try await self.expectDeadline(post(authority: "127.0.0.1:\(listener.port)"), .notDelivered)
        try await listener.close()
    }

    @Test("The limit ends a handshake that the peer does not answer", arguments: ["localhost", "127.0.0.1"])
    func deadlineInHandshake(_ host: String) async throws {
        let server = try await LoopbackServer(at: .accepted) { _ in .silence }
        try await self.expectDeadline(post(server, scheme: "https", host: host), .notDelivered)
        #expect(server.connections <= 1)
    }

    @Test("The limit ends the wait for a silent server; the request was sent once")
    func deadlineBeforeAnswer() async throws {
        let server = try await LoopbackServer { _ in .silence }
        try await self.expectDeadline(post(server), .outcomeUnknown)
        // It has left; a busy machine may take longer than the limit to hand it to the server.
        var arrivals = server.arrivals.makeAsyncIterator()
        _ = await arrivals.next()
        #expect(server.requests.count == 1)
    }

    @Test(
        "The limit ends an answer that comes drop by drop, in its head and in its body",
        arguments: ["HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"])
    func deadlineInAnswer(_ start: String) async throws {
        let server = try await LoopbackServer { _ in
            .drip(Array(start.utf8), then: Array("x".utf8), every: .milliseconds(10))
        }
        try await self.expectDeadline(post(server), .outcomeUnknown)
        // It has left; a busy machine may take longer than the limit to hand it to the server.
        var arrivals = server.arrivals.makeAsyncIterator()
        _ = await arrivals.next()
        #expect(server.requests.count == 1)
    }

    @Test("The limit ends the sending to a server that does not read")
    func deadlineWhileSending() async throws {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.autoRead, value: false).bind(host: "127.0.0.1", port: 0).get()
        let request = post(
            authority: "127.0.0.1:\(listener.localAddress?.port ?? 0)", body: String(repeating: "x", count: 20_000_000))
        try await self.expectDeadline(request, .outcomeUnknown)
        try await listener.close()
    }

    @Test("An exchange after one that ran out of time starts afresh")
    func afterDeadline() async throws {
        let silent = try await LoopbackServer(at: .accepted) { _ in .silence }
        try await self.expectDeadline(post(silent, scheme: "https"), .notDelivered)
        let server = try await LoopbackServer { _ in .send(response()) }
        _ = try await self.transport.exchange(post(server), timeout: AsyncHTTPTransport.ample)
        #expect(server.requests.count == 1)
    }

    @Test("No time means that nothing is begun", arguments: [Duration.zero, .seconds(-1)])
    func noTime(_ timeout: Duration) async throws {
        let server = try await LoopbackServer { _ in .send(response()) }
        let error = try await self.transport.failure(post(server), timeout: timeout)
        #expect(Verdict(error) == Verdict(.notDelivered, .deadline))
        #expect(server.connections == 0)
    }

    @Test("A limit beyond all measure is no limit")
    func endlessTime() async throws {
        let server = try await LoopbackServer { _ in .send(response()) }
        _ = try await self.transport.exchange(post(server), timeout: .seconds(Int64.max))
    }

    // MARK: Cancellation and shutdown

    @Test("A cancelled task ends the exchange: unknown when the request was sent")
    func cancelledAfterSending() async throws {
        let server = try await LoopbackServer { _ in .silence }
        let task = Task { try await self.transport.failure(post(server)) }
        for await _ in server.arrivals { break }
        task.cancel()
        #expect(try await Verdict(task.value) == Verdict(.outcomeUnknown, .cancelled))
        #expect(server.requests.count == 1)
    }

    @Test("A cancelled task ends the exchange: not delivered before the handshake is through")
    func cancelledInHandshake() async throws {
        let (accepted, accept) = AsyncStream.makeStream(of: Void.self)
        let server = try await LoopbackServer(at: .accepted) { _ in
            accept.yield()
            return .silence
        }
        let task = Task { try await self.transport.failure(post(server, scheme: "https")) }
        for await _ in accepted { break }
        task.cancel()
        #expect(try await Verdict(task.value) == Verdict(.notDelivered, .cancelled))
    }

    @Test("A task that is cancelled already begins nothing")
    func cancelledBefore() async throws {
        let server = try await LoopbackServer { _ in .send(response()) }
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await self.transport.failure(post(server))
        }
        #expect(try await Verdict(task.value) == Verdict(.notDelivered, .cancelled))
        #expect(server.connections == 0)
    }

    @Test("A shutdown ends running exchanges and refuses later ones")
    func shutdown() async throws {
        let server = try await LoopbackServer { _ in .silence }
        let task = Task { try await self.transport.failure(post(server)) }
        for await _ in server.arrivals { break }
        try await self.transport.shutdown()
        #expect(try await Verdict(task.value) == Verdict(.outcomeUnknown, .other))
        #expect(try await Verdict(self.transport.failure(post(server))) == Verdict(.notDelivered, .other))
        try await self.transport.shutdown()
    }

    @Test("A transport may be dropped without a shutdown, used or not", arguments: [false, true])
    func dropped(_ used: Bool) async throws {
        let server = try await LoopbackServer { _ in .send(response()) }
        var transport: AsyncHTTPTransport? = try AsyncHTTPTransport(.init(connections: .kept(idleAtMost: .seconds(60))))
        if used { _ = try await transport?.exchange(post(server), timeout: AsyncHTTPTransport.ample) }
        transport = nil
        #expect(transport == nil)
    }
}
