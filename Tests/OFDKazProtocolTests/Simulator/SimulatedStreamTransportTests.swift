import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import Synchronization
import Testing

/// The transport of byte streams in memory, seen from its user.
@Suite struct SimulatedStreamTransportTests {
    /// A request is a number of bytes and as many bytes; it is handled as planned, or echoed.
    private struct Echo: SimulatedStreamAuthority {
        var plan: [SimulatedStreamReply] = []
        var greeting = SimulatedStreamGreeting.accepted
        var received: [[UInt8]] = []
        var times: [FiscalInstant] = []

        static func requestLength(in bytes: [UInt8]) -> Int? {
            bytes.first.flatMap { bytes.count > Int($0) ? Int($0) + 1 : nil }
        }

        mutating func accept(at now: FiscalInstant) -> SimulatedStreamGreeting { self.greeting }

        mutating func receive(_ request: [UInt8], at now: FiscalInstant) -> SimulatedStreamReply {
            self.received.append(request)
            self.times.append(now)
            return self.plan.isEmpty ? .answer(request) : self.plan.removeFirst()
        }
    }

    private static let start = FiscalInstant(secondsSinceEpoch: 1_780_000_000)
    private let clock = ManualClock(start)

    private func transport(_ plan: SimulatedStreamReply...) -> SimulatedStreamTransport<Echo> {
        SimulatedStreamTransport(Echo(plan: plan), clock: self.clock)
    }

    /// What a call ended with, in one comparable line.
    private func verdict(_ body: () async throws -> [UInt8]?) async -> String {
        do {
            return try await body().map { "\($0)" } ?? "done"
        } catch let error as TransportError {
            return "\(error.code) \(error.reason)"
        } catch {
            return "\(error)"
        }
    }

    private func sent(_ connection: any StreamConnection, _ bytes: [UInt8] = [1, 7]) async -> String {
        await self.verdict {
            try await connection.send(bytes, timeout: .seconds(5))
            return nil
        }
    }

    private func received(_ connection: any StreamConnection, within timeout: Duration = .seconds(5)) async -> String {
        await self.verdict { try await connection.receive(timeout: timeout) }
    }

    @Test("A request that comes byte by byte is handled once it is whole, and requests that come glued one by one")
    func framing() async throws {
        let transport = self.transport()
        let connection = try await transport.connect(timeout: .seconds(1))
        for byte: UInt8 in [2, 8, 9] {
            #expect(transport.authority.received.isEmpty)
            #expect(await self.sent(connection, [byte]) == "done")
        }
        #expect(await self.sent(connection, [1, 5, 0, 1]) == "done")
        #expect(transport.authority.received == [[2, 8, 9], [1, 5], [0]])
        for answer in ["[2, 8, 9]", "[1, 5]", "[0]"] { #expect(await self.received(connection) == answer) }
        #expect(await self.sent(connection, [6]) == "done")
        #expect(await self.received(connection) == "[1, 6]")
        #expect(transport.exchanges.map(\.request) == [[2, 8, 9], [1, 5], [0], [1, 6]])
    }

    @Test(
        "What the authority does becomes what a connection reports",
        arguments: [
            (SimulatedStreamReply.answer([1, 2]), ["[1, 2]", "outcomeUnknown deadline"]),
            (.pieces([[1], [], [2, 3]]), ["[1]", "[2, 3]", "outcomeUnknown deadline"]),
            (.silence, ["outcomeUnknown deadline", "outcomeUnknown deadline"]),
            (.late([4], after: .milliseconds(4999)), ["[4]", "outcomeUnknown deadline"]),
            (.late([4], after: .seconds(5)), ["outcomeUnknown deadline", "[4]"]),
            (.lost, ["[]", "[]"]),
            (.cut([1, 2, 3], after: 2), ["[1, 2]", "[]", "[]"]),
            (.cut([1, 2, 3], after: 0), ["[]", "[]"]),
            (.reset, ["outcomeUnknown closed", "outcomeUnknown closed"]),
            (
                .init([.init([1], after: .seconds(2)), .init([2], after: .seconds(2))], ending: .reset),
                ["[1]", "[2]", "outcomeUnknown closed"]
            ),
        ] as [(SimulatedStreamReply, [String])])
    func replies(_ reply: SimulatedStreamReply, _ expected: [String]) async throws {
        let transport = self.transport(reply)
        let connection = try await transport.connect(timeout: .seconds(1))
        #expect(await self.sent(connection) == "done")
        var found: [String] = []
        for _ in expected { found.append(await self.received(connection)) }
        #expect(found == expected)
        #expect(transport.exchanges.first?.reply == reply)
    }

    @Test("Waiting uses up the time on the clock: the whole deadline in silence, the delay of a late answer")
    func timePasses() async throws {
        let transport = self.transport(.late([4], after: .seconds(3)), .silence)
        let connection = try await transport.connect(timeout: .seconds(1))
        let begin = self.clock.elapsed()
        _ = await self.sent(connection)
        #expect(self.clock.elapsed() == begin)
        #expect(await self.received(connection, within: .seconds(2)) == "outcomeUnknown deadline")
        #expect(self.clock.elapsed() - begin == .seconds(2))
        #expect(await self.received(connection, within: .seconds(2)) == "[4]")
        #expect(self.clock.elapsed() - begin == .seconds(3))
        #expect(self.clock.now() == Self.start + .seconds(3))
        // Setting the wall clock is no time passing.
        self.clock.set(Self.start)
        _ = await self.sent(connection)
        #expect(await self.received(connection, within: .seconds(7)) == "outcomeUnknown deadline")
        #expect(self.clock.elapsed() - begin == .seconds(10))
        #expect(transport.authority.times == [Self.start, Self.start])
    }

    @Test("A late answer comes before the answer to the next request, never after it")
    func lateFirst() async throws {
        let transport = self.transport(.late([1], after: .seconds(5)), .late([2], after: .seconds(2)))
        let connection = try await transport.connect(timeout: .seconds(1))
        _ = await self.sent(connection)
        #expect(await self.received(connection, within: .seconds(4)) == "outcomeUnknown deadline")
        _ = await self.sent(connection)
        #expect(await self.received(connection, within: .seconds(4)) == "[1]")
        #expect(self.clock.elapsed() == .seconds(5))
        // The authority does one thing after the other.
        #expect(await self.received(connection, within: .seconds(4)) == "[2]")
        #expect(self.clock.elapsed() == .seconds(7))
    }

    @Test(
        "Nothing is sent to a peer that has closed, and what reaches one about to close is lost; a new connection works"
    )
    func afterTheEnd() async throws {
        let transport = self.transport(.lost, .init([.init([3], after: .seconds(1))], ending: .closed))
        let first = try await transport.connect(timeout: .seconds(1))
        #expect(await self.sent(first) == "done")
        #expect(await self.sent(first) == "notDelivered closed")
        #expect(await self.received(first) == "outcomeUnknown closed")
        let second = try await transport.connect(timeout: .seconds(1))
        #expect(await self.sent(second) == "done")
        #expect(await self.sent(second) == "done")
        #expect(await self.received(second) == "[3]")
        #expect(await self.received(second) == "[]")
        #expect(transport.authority.received.count == 2)
        let third = try await transport.connect(timeout: .seconds(1))
        #expect(await self.sent(third) == "done")
        #expect(await self.received(third) == "[1, 7]")
        #expect(transport.exchanges.map(\.connection) == [0, 1, 2])
    }

    @Test("Bytes that nobody asked for are there right after connecting, before anything was sent")
    func unasked() async throws {
        let transport = SimulatedStreamTransport(Echo(greeting: .unasked([9, 9])), clock: self.clock)
        let connection = try await transport.connect(timeout: .seconds(1))
        #expect(await self.received(connection) == "[9, 9]")
        #expect(await self.received(connection) == "notDelivered deadline")
        _ = await self.sent(connection)
        #expect(await self.received(connection) == "[1, 7]")
    }

    @Test(
        "A connection that does not come about has delivered nothing, and is left nowhere",
        arguments: [
            (nil, .refused, "unreachable", 0), (nil, .ignored, "deadline", 3),
            (.unreachable, .accepted, "unreachable", 0),
            (.tls, .accepted, "tls", 0), (.connectDeadline, .accepted, "deadline", 3),
        ] as [(StreamLinkFault?, SimulatedStreamGreeting, String, Int)])
    func notConnected(
        _ fault: StreamLinkFault?, _ greeting: SimulatedStreamGreeting, _ reason: String, _ seconds: Int
    ) async throws {
        let transport = SimulatedStreamTransport(Echo(greeting: greeting), clock: self.clock)
        transport.failAlways(fault)
        let found = await self.verdict {
            _ = try await transport.connect(timeout: .seconds(3))
            return nil
        }
        #expect(found == "notDelivered \(reason)")
        #expect(self.clock.elapsed() == .seconds(seconds))
        #expect(transport.openConnectionCount == 0)
        #expect(transport.attemptCount == 1)
    }

    @Test(
        "A link that fails under way: what the sender learns, and whether the authority has the request",
        arguments: [
            (.closedBeforeSending, "notDelivered closed", "notDelivered closed", 0),
            (.brokenBeforeArrival, "outcomeUnknown closed", "outcomeUnknown closed", 0),
            (.silentBeforeArrival, "done", "outcomeUnknown deadline", 0),
            (.brokenAfterArrival, "done", "outcomeUnknown closed", 1),
            (.silentAfterArrival, "done", "outcomeUnknown deadline", 1),
        ] as [(StreamLinkFault, String, String, Int)])
    func linkFaults(_ fault: StreamLinkFault, _ send: String, _ receive: String, _ arrived: Int) async throws {
        let transport = self.transport()
        transport.failNext(nil)
        transport.failNext(fault)
        let connection = try await transport.connect(timeout: .seconds(1))
        #expect(await self.sent(connection) == "done")
        #expect(await self.received(connection) == "[1, 7]")
        if fault == .closedBeforeSending {
            // Of this call nothing has left; of the one before it everything.
            #expect(await self.sent(connection) == send)
            #expect(await self.received(connection) == "outcomeUnknown closed")
        } else {
            #expect(await self.sent(connection) == send)
            #expect(await self.received(connection) == receive)
        }
        #expect(transport.authority.received.count == 1 + arrived)
        #expect(transport.exchanges.map(\.fault) == [nil, fault])
        #expect(fault.letsRequestArrive == (arrived == 1))
    }

    @Test("Faults wait for their occasion: one of connecting for an attempt, one of a request for a request")
    func faultsWait() async throws {
        let transport = self.transport()
        transport.failNext(.silentAfterArrival)
        transport.failNext(.unreachable)
        transport.failAlways(.tls)
        let first = try await transport.connect(timeout: .seconds(1))
        _ = await self.sent(first)
        #expect(await self.received(first) == "outcomeUnknown deadline")
        _ = await self.sent(first)
        #expect(await self.received(first) == "[1, 7]")
        for reason in ["unreachable", "tls", "tls"] {
            let found = await self.verdict {
                _ = try await transport.connect(timeout: .seconds(1))
                return nil
            }
            #expect(found == "notDelivered \(reason)")
        }
        transport.failAlways(nil)
        _ = try await transport.connect(timeout: .seconds(1))
    }

    @Test("Hooks stand before the authority sees a request, and after its decision before the sender goes on")
    func hooks() async throws {
        let transport = self.transport()
        let seen = Mutex<[String]>([])
        transport.onBefore { exchange in
            seen.withLock { $0.append("before \(exchange.index) \(transport.authority.received.count)") }
        }
        transport.onAfter { exchange in
            let decided = exchange.reply == .answer(exchange.request)
            seen.withLock { $0.append("after \(exchange.index) \(transport.authority.received.count) \(decided)") }
        }
        let connection = try await transport.connect(timeout: .seconds(1))
        for _ in 0..<2 {
            _ = await self.sent(connection)
            seen.withLock { $0.append("sent") }
        }
        #expect(
            seen.withLock { $0 } == [
                "before 0 0", "after 0 1 true", "sent", "before 1 1", "after 1 2 true", "sent",
            ])
    }

    @Test("A closed connection is of no more use, and one that is dropped counts as closed")
    func closing() async throws {
        let transport = self.transport()
        var connections = [any StreamConnection]()
        for _ in 0..<3 { connections.append(try await transport.connect(timeout: .seconds(1))) }
        #expect(transport.openConnectionCount == 3)
        _ = await self.sent(connections[0])
        await connections[0].close()
        await connections[0].close()
        #expect(await self.received(connections[0]) == "outcomeUnknown closed")
        #expect(await self.sent(connections[0]) == "notDelivered closed")
        #expect(transport.openConnectionCount == 2)
        connections = []
        #expect(transport.openConnectionCount == 0)
        #expect(transport.authority.received.count == 1)
    }

    @Test("A call without time has run out of it, and one that was to send closes the connection")
    func noTime() async throws {
        let transport = self.transport()
        #expect(
            await self.verdict {
                _ = try await transport.connect(timeout: .zero)
                return nil
            } == "notDelivered deadline")
        let connection = try await transport.connect(timeout: .seconds(1))
        _ = await self.sent(connection)
        #expect(await self.received(connection, within: .zero) == "outcomeUnknown deadline")
        #expect(await self.received(connection) == "[1, 7]")
        #expect(
            await self.verdict {
                try await connection.send([1, 7], timeout: .seconds(-1))
                return nil
            } == "notDelivered deadline")
        #expect(await self.received(connection) == "outcomeUnknown closed")
        #expect(transport.authority.received.count == 1)
    }

    @Test("A cancelled task connects, sends and receives no more, and leaves no connection", arguments: 0..<4)
    func cancelled(_ moment: Int) async throws {
        let transport = self.transport(.silence)
        let task = Task {
            await self.verdict {
                @Sendable func cancel(_ number: Int) { if number == moment { withUnsafeCurrentTask { $0?.cancel() } } }
                transport.onBefore { _ in cancel(2) }
                cancel(0)
                let connection = try await transport.connect(timeout: .seconds(1))
                cancel(1)
                try await connection.send([1, 7], timeout: .seconds(1))
                cancel(3)
                return try await connection.receive(timeout: .seconds(1))
            }
        }
        #expect(await task.value == (moment < 3 ? "notDelivered cancelled" : "outcomeUnknown cancelled"))
        #expect(transport.authority.received.count == (moment < 3 ? 0 : 1))
        #expect(transport.openConnectionCount == 0)
        #expect(self.clock.elapsed() == .zero)
    }
}
