import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import OFDKazProtocol
import Testing

@Suite("One request out, one answer in, however the bytes come")
struct OFDExchangeTests {
    private func ready(
        _ change: (inout OFDConfiguration) throws -> Void = { _ in }
    ) async throws -> (RegisterAndAuthority, OFDRegister) {
        let world = RegisterAndAuthority()
        let register = try await world.open(change)
        _ = try await register.sync()
        return (world, register)
    }

    private func tickets(_ world: RegisterAndAuthority) -> [OFDReceivedMessage.Outcome] {
        world.messages.filter { $0.command == .ticket }.map(\.outcome)
    }

    @Test(
        "An answer in pieces, glued to another frame, slow, or of an edition with the same first digit counts",
        arguments: [
            OFDFault.byteByByte, .twice, .late(milliseconds: 4_900), .wrongVersion(204), .wrongVersion(299),
            .unknownFields, .badText, .noService, .noTicket,
        ])
    func counts(_ fault: OFDFault) async throws {
        let (world, register) = try await self.ready()
        world.fault(fault)
        #expect(try await register.issue(world.sale()).registration != nil)
        #expect(self.tickets(world) == [.accepted])
    }

    @Test(
        "What is no frame, or none of ours, breaks the connection; the request is repeated under its pair",
        arguments: [
            OFDFault.wrongAppcode, .wrongVersion(303), .wrongVersion(0), .wrongSize(17), .wrongSize(0xFFFF_FFFF),
            .wrongID, .wrongReqnum, .cut(bytes: 0), .cut(bytes: 17), .cut(bytes: 60), .lost(recorded: true),
            .lateFrame, .unaskedFrame,
        ])
    func repeated(_ fault: OFDFault) async throws {
        let (world, register) = try await self.ready()
        world.fault(fault)
        #expect(try await register.issue(world.sale()).registration != nil)
        #expect(self.tickets(world) == [.accepted, .repeated])
        #expect(world.account.tickets.count == 1)
        #expect(world.transport.openConnectionCount == 0)
    }

    @Test("A frame that nobody asked for is told, and nothing is done about it")
    func unasked() async throws {
        let (world, register) = try await self.ready()
        var events = register.events.makeAsyncIterator()
        world.fault(.unaskedFrame)
        _ = try await register.issue(world.sale())
        guard case .anomalies(let anomalies) = await events.next() else {
            Issue.record("nothing was told")
            return
        }
        #expect(anomalies.map(\.kind) == [.unasked])
    }

    @Test("Garbage is no answer: the request is repeated, and its sale is there once")
    func garbage() async throws {
        let (world, register) = try await self.ready()
        world.fault(.garbage(bytes: 40))
        #expect(try await register.issue(world.sale()).registration != nil)
        #expect(self.tickets(world) == [.accepted])
    }

    @Test("Code 0 without a ticket number is a registration without one; it is not asked for again (decision K11)")
    func noTicketNumber() async throws {
        let (world, register) = try await self.ready()
        world.fault(.noTicket)
        let registration = try #require(try await register.issue(world.sale()).registration)
        #expect(registration.ticketNumber == nil)
        #expect(self.tickets(world) == [.accepted])
    }

    @Test("One budget for everything: a drop, a 254, refused connections and silence together take no more")
    func budget() async throws {
        let (world, register) = try await self.ready { $0.rules = try RegisterRules(transactionTime: .seconds(8)) }
        world.fault(.lost(recorded: false))
        world.fault(.refuse(code: 254))
        world.transport.failNext(nil, times: 2)
        world.transport.failNext(.unreachable, times: 3)
        world.transport.failAlways(.silentBeforeArrival)
        let begin = world.clock.elapsed()
        #expect(try await register.issue(world.sale()).pending?.reason == .unanswered)
        let spent = world.clock.elapsed() - begin
        #expect(spent <= .seconds(8) && spent > .seconds(7))
        #expect(world.transport.attemptCount == 7)
        #expect(await register.status.mode == .offline(awaitingTransport: false))
    }

    @Test(
        "Somebody sets the wall clock while the register repeats: the budget is the same", arguments: [-86_400, 86_400])
    func monotonic(_ seconds: Int) async throws {
        let (world, register) = try await self.ready()
        world.link(.unreachable)
        world.transport.onBefore(nil)
        let begin = world.clock.elapsed()
        let clock = world.clock
        let meddler = MeddlingTransport(world.transport) { attempt in
            if attempt == 3 { clock.set(clock.now() + .seconds(seconds)) }
        }
        let other = try await world.open(transport: meddler)
        _ = try await other.issue(world.sale())
        #expect(world.clock.elapsed() - begin <= .seconds(5))
        #expect(meddler.attempts == 10)
        _ = register
    }

    @Test("Silence ends at the transaction time, and the connection is closed")
    func silence() async throws {
        let (world, register) = try await self.ready()
        world.link(.silentBeforeArrival)
        let begin = world.clock.elapsed()
        #expect(try await register.issue(world.sale()).pending != nil)
        #expect(world.clock.elapsed() - begin == .seconds(5))
        #expect(world.transport.openConnectionCount == 0)
        #expect(world.transport.attemptCount == 2)
    }

    // MARK: Connections that are kept

    @Test("Kept: several exchanges over one connection; otherwise each has its own")
    func kept() async throws {
        for keeps in [true, false] {
            let (world, register) = try await self.ready { $0.keepsConnection = keeps }
            for _ in 0..<3 { #expect(try await register.issue(world.sale()).registration != nil) }
            #expect(world.transport.authority.ledger.connections == (keeps ? 1 : 4))
            #expect(world.transport.openConnectionCount == (keeps ? 1 : 0))
        }
    }

    @Test("Kept: the late answer to an earlier request is passed over, and the ticket gets its own")
    func late() async throws {
        let (world, register) = try await self.ready { $0.keepsConnection = true }
        _ = try await register.ping()
        world.fault(.lateFrame)
        let outcome = try await register.issue(world.sale())
        #expect(outcome.number == world.account.tickets.first?.ticketNumber)
        world.fault(.twice)
        _ = try await register.issue(world.sale())
        #expect(try await register.issue(world.sale()).registration != nil)
        #expect(self.tickets(world) == [.accepted, .accepted, .accepted])
        #expect(world.transport.authority.ledger.connections == 1)
    }

    @Test("Kept: an answer to nobody drops the connection; so do 254, and silence")
    func dropped() async throws {
        for fault in [OFDFault.wrongReqnum, .refuse(code: 254), .wrongSize(17)] {
            let (world, register) = try await self.ready { $0.keepsConnection = true }
            world.fault(fault)
            #expect(try await register.issue(world.sale()).registration != nil)
            #expect(world.transport.authority.ledger.connections == 2, "\(fault)")
        }
    }

    @Test("Kept: the server closed while nothing was under way: SYSTEM with the offline period, INFO, then the sale")
    func idleBreak() async throws {
        let (world, register) = try await self.ready { $0.keepsConnection = true }
        // The whole answer, then the connection is closed.
        world.fault(.cut(bytes: 100_000))
        _ = try await register.issue(world.sale())
        world.clock.advance(by: .seconds(600))
        let outcome = try await register.issue(world.sale())
        #expect(outcome.registration != nil)
        #expect(world.commands == [.info, .ticket, .system, .info, .ticket])
        #expect(self.tickets(world) == [.accepted, .accepted])
        #expect(try await register.incidents().map(\.kind) == [.offline])
    }
}
