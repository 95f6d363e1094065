import FiscalCore
import FiscalSimulators
import FiscalStore
import FiscalTestSupport
import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("The queue of a register without a link")
struct OFDRegisterQueueTests {
    /// A register that has had its INFO, one sale and 5000 of cash, and has lost its link.
    private func offline() async throws -> (RegisterAndAuthority, OFDRegister) {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        _ = try await register.issue(world.sale("100.00"))
        _ = try await register.place(world.deposit("5000.00"))
        world.link(.unreachable)
        return (world, register)
    }

    private func drain(_ world: RegisterAndAuthority, _ register: OFDRegister) async throws -> [OFDOutcome] {
        world.link(nil)
        world.clock.advance(by: .seconds(60))
        return try await register.sync().outcomes
    }

    @Test("A document of each kind that is under way when the link dies is first in the queue, marked as offline")
    func underWay() async throws {
        for kind in MessageKind.allCases {
            let (world, register) = try await self.offline()
            world.link(.silentBeforeArrival)
            let outcome =
                switch kind {
                case .ticket: try await register.issue(world.sale())
                case .moneyPlacement: try await register.place(world.withdrawal("10.00"))
                case .closeShift: try await register.closeShift(world.close())
                case .report: try await register.xReport()
                }
            #expect(outcome.pending?.reason == .unanswered)
            #expect(await register.status.mode == .offline(awaitingTransport: false))
            let waiting = try #require(try await register.waitingMessages().first)
            #expect(waiting.kind == kind && waiting.mayHaveArrived)
            _ = try await register.issue(world.sale("1.00"))
            let outcomes = try await self.drain(world, register)
            #expect(outcomes.map(\.facts.kind) == [kind, .ticket])
            let request = try #require(try world.requests().first { $0.service.offlinePeriod.isReal })
            #expect(request.isMarkedOffline, "\(kind)")
            #expect(try await register.incidents().map(\.kind) == [.offline])
        }
    }

    @Test("Ticket, withdrawal, close, ticket, report: sent in this order, each after the answer to the one before")
    func order() async throws {
        let (world, register) = try await self.offline()
        var numbers: [Int64] = []
        numbers.append(try await register.issue(world.sale("1.00")).facts.number)
        numbers.append(try await register.place(world.withdrawal("2.00")).facts.number)
        numbers.append(try await register.closeShift(world.close()).facts.number)
        numbers.append(try await register.issue(world.sale("3.00")).facts.number)
        numbers.append(try await register.xReport().facts.number)
        let outcomes = try await self.drain(world, register)
        #expect(outcomes.map(\.facts.number) == numbers)
        #expect(outcomes.allSatisfy { $0.registration != nil })
        #expect(
            world.commands.suffix(6) == [.ticket, .moneyPlacement, .closeShift, .ticket, .report, .info])
        let drained = try world.requests().suffix(6).dropLast()
        #expect(drained.allSatisfy { $0.isMarkedOffline && $0.service.hasOfflinePeriod })
        #expect(world.transport.authority.ledger.connections == world.messages.count)
        // The Z of the server is kept beside ours.
        let close = try #require(outcomes[2].registration)
        #expect(close.report?.shiftNumber == 1 && close.facts.report?.shiftNumber == 1)
        #expect(close.report?.cashSum == close.facts.report?.cashSum)
    }

    @Test(
        "The same message is tried at the interval and no sooner: same pair, same body, only the end of the period moves"
    )
    func attempts() async throws {
        let (world, register) = try await self.offline()
        world.link(.silentBeforeArrival)
        _ = try await register.issue(world.sale())
        let first = world.clock.now()
        var due: [FiscalInstant] = []
        for _ in 0..<3 {
            let next = try #require(try await register.sync().nextDue)
            due.append(next)
            let count = world.transport.exchanges.count
            world.clock.set(next - .milliseconds(1))
            _ = try await register.sync()
            #expect(world.transport.exchanges.count == count)
            world.clock.set(next)
            _ = try await register.sync()
            #expect(world.transport.exchanges.count == count + 1)
        }
        #expect(due[0] >= first + .seconds(55))
        #expect(zip(due, due.dropFirst()).allSatisfy { $1 - $0 >= .seconds(60) })
        let sent = try world.transport.exchanges.suffix(3).map { exchange in
            (
                header: Array(exchange.request.prefix(18).dropFirst(8)),
                request: try PBRequest(serializedBytes: Array(exchange.request.dropFirst(18)))
            )
        }
        #expect(Set(sent.map(\.header)).count == 1)
        #expect(Set(sent.map { $0.request.service.offlinePeriod.beginTime }).count == 1)
        #expect(Set(sent.map { $0.request.service.offlinePeriod.endTime }).count == 3)
        #expect(
            Set(
                sent.map { sent -> PBRequest in
                    var request = sent.request
                    request.service.clearOfflinePeriod()
                    return request
                }
            ).count == 1)
    }

    @Test("The offline period begins with the first failed attempt, not with the end of the transaction time")
    func period() async throws {
        let (world, register) = try await self.offline()
        world.link(.silentBeforeArrival)
        let begin = NamedZone.almaty.offset(at: world.clock.now())
        let start = CivilDateTime(world.clock.now(), offset: begin)
        _ = try await register.issue(world.sale())
        #expect(await register.status.offlineSince == RegisterAndAuthority.start)
        _ = try await self.drain(world, register)
        let request = try #require(try world.requests().first { $0.service.offlinePeriod.isReal })
        #expect(request.service.offlinePeriod.beginTime.civil == start)
        // INFO after the queue is online work again.
        #expect(try world.requests().last?.service.offlinePeriod.isReal == false)
    }

    @Test("254 to a queued message: the same again after the interval, order kept")
    func temporarily() async throws {
        let (world, register) = try await self.offline()
        for total in ["1.00", "2.00", "3.00"] { _ = try await register.issue(world.sale(total)) }
        world.fault(nil)
        world.fault(.refuse(code: 254))
        #expect(try await self.drain(world, register).count == 1)
        let due = try #require(try await register.sync().nextDue)
        #expect(due == world.clock.now() + .seconds(60))
        world.clock.set(due)
        #expect(try await register.sync().outcomes.count == 2)
        let numbers = world.account.tickets.map(\.printedDocumentNumber)
        #expect(numbers == numbers.sorted { ($0 ?? 0) < ($1 ?? 0) })
    }

    @Test("A ticket that is issued while the queue is sent is an offline one, and is sent last")
    func meanwhile() async throws {
        let (world, register) = try await self.offline()
        for total in ["1.00", "2.00", "3.00"] { _ = try await register.issue(world.sale(total)) }
        let start = world.account.tickets.count
        let between = Task {
            // In between two messages of the queue.
            while world.account.tickets.count < start + 1 { await Task.yield() }
            return try await register.issue(world.sale("4.00"))
        }
        _ = try await self.drain(world, register)
        let outcome = try await between.value
        #expect(outcome.pending != nil || outcome.registration != nil)
        _ = try await register.sync()
        let totals = try world.account.tickets.map { document in
            try PBRequest(serializedBytes: document.payload).ticket.amounts.total.bills
        }
        #expect(totals == [100, 1, 2, 3, 4])
        #expect(await register.status.mode == .online)
    }

    @Test("The numbers of offline tickets differ within one second, and after a restart")
    func numbers() async throws {
        let (world, register) = try await self.offline()
        var numbers: [UInt32?] = []
        numbers.append(try await register.issue(world.sale()).facts.offlineNumber)
        #expect(numbers == [UInt32(world.clock.now().secondsSinceEpoch)])
        for _ in 0..<4 { numbers.append(try await register.issue(world.sale()).facts.offlineNumber) }
        let reopened = try await world.open()
        for _ in 0..<5 { numbers.append(try await reopened.issue(world.sale()).facts.offlineNumber) }
        #expect(Set(numbers.compactMap { $0 }).count == 10)
    }

    @Test("INFO, NOMENCLATURE, AUTH and SYSTEM fail at once offline and leave the queue as it is")
    func neverQueued() async throws {
        let (world, register) = try await self.offline()
        _ = try await register.issue(world.sale())
        let before = try await register.waitingMessages()
        for work in [
            { (register: OFDRegister) in _ = try await register.loadInfo() },
            { register in _ = try await register.loadNomenclature() },
            { register in _ = try await register.ping() },
        ] {
            let error = await #expect(throws: OFDError.self) { try await work(register) }
            #expect(error?.code == .unavailable)
        }
        #expect(try await register.waitingMessages() == before)
    }

    @Test("An expense without a link must be in the drawer by our own counters; as much as there is goes")
    func cash() async throws {
        let (world, register) = try await self.offline()
        _ = try await register.issue(world.sale("0.01"))
        await expectError(.notEnoughCash) { _ = try await register.place(world.withdrawal("5100.02")) }
        await expectError(.notEnoughCash) { _ = try await register.issue(world.ticket(.buy, "5100.02")) }
        #expect(await register.status.queueLength == 1)
        #expect(try await register.place(world.withdrawal("5100.01")).pending != nil)
        #expect(await register.status.cash.minorUnits == 0)
    }

    @Test("A sale, a cash movement and a day later: 24 hours end the shift, 72 hours the work without a link")
    func limits() async throws {
        let (world, register) = try await self.offline()
        _ = try await register.issue(world.sale())
        let status = await register.status
        #expect(status.shiftEndsAt == RegisterAndAuthority.start + .seconds(24 * 3600))
        let oldest = try #require(status.oldestIssuedAt)
        #expect(status.offlineEndsAt == oldest + .seconds(72 * 3600))
        world.clock.advance(by: .seconds(24 * 3600))
        await expectError(.shiftMustBeClosed) { _ = try await register.issue(world.sale()) }
        #expect(try await register.closeShift(world.close()).pending != nil)
        #expect(try await register.issue(world.sale()).pending != nil)
        world.clock.set(oldest + .seconds(72 * 3600))
        #expect(try await register.closeShift(world.close()).pending != nil)
        await expectError(.offlineTooLong) { _ = try await register.issue(world.sale()) }
        // It ends by itself once the queue is sent.
        #expect(try await self.drain(world, register).count == 4)
        #expect(try await register.issue(world.sale()).registration != nil)
    }

    @Test("A full queue refuses and drops nothing; a restart finds it as it was")
    func full() async throws {
        let (world, _) = try await self.offline()
        let register = try await world.open { $0.rules = try RegisterRules(queueLimit: 3) }
        for _ in 0..<3 { _ = try await register.issue(world.sale()) }
        await expectError(.queueFull) { _ = try await register.issue(world.sale()) }
        let reopened = try await world.open()
        #expect(try await reopened.waitingMessages() == register.waitingMessages())
        #expect(try await self.drain(world, reopened).count == 3)
    }

    @Test("A document is never older than the one before: it takes its time, and an incident says so (decision K33)")
    func clockWentBack() async throws {
        let (world, register) = try await self.offline()
        let first = try await register.issue(world.sale())
        world.clock.advance(by: .seconds(-3600))
        let second = try await register.issue(world.sale())
        #expect(second.facts.dateTime == first.facts.dateTime)
        #expect(try await register.incidents().map(\.kind) == [.offline, .clockWentBack])
        world.clock.advance(by: .seconds(7200))
        #expect(try await register.issue(world.sale()).facts.dateTime > first.facts.dateTime)
    }

    @Test("A record that cannot be read stops the sending before anything of it leaves")
    func damaged() async throws {
        let (world, register) = try await self.offline()
        let number = try await register.issue(world.sale()).facts.number
        _ = try await register.issue(world.sale())
        let name = String(repeating: "0", count: 19 - String(number).count) + String(number)
        let key = StoreKey(register: "ofd.\(RegisterAndAuthority.id)", space: "ofd.body", name: name)
        try await world.store.commit([.put(key, [203, 0, 0xFF, 0xFF])])
        let count = world.account.documents.count
        await expectError(.damagedJournal) { _ = try await self.drain(world, register) }
        #expect(world.account.documents.count == count)
        #expect(await register.status.queueLength == 2)
    }
}

extension PBServiceRequest.OfflinePeriod {
    /// Whether the register was without the server.
    fileprivate var isReal: Bool { self.beginTime != self.endTime }
}

extension PBRequest {
    fileprivate var isMarkedOffline: Bool {
        self.ticket.hasOfflineTicketNumber || self.closeShift.isOffline || self.report.isOffline
            || self.moneyPlacement.isOffline
    }
}
