import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import OFDKazProtocol
import Testing

@Suite("A register that a message has blocked, and the person who unblocks it")
struct OFDRegisterBlockedTests {
    /// Three sales in the queue, of which the server refuses the second with a code.
    private func stopped(_ code: UInt32) async throws -> (RegisterAndAuthority, OFDRegister, [OFDOutcome]) {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        _ = try await register.sync()
        world.link(.unreachable)
        var outcomes: [OFDOutcome] = []
        for total in ["1.00", "2.00", "3.00"] {
            outcomes.append(try await register.issue(world.sale(total), reference: total))
        }
        world.link(nil)
        world.fault(nil)
        world.fault(.refuse(code: code, text: "неверно"))
        world.clock.advance(by: .seconds(60))
        _ = try await register.sync()
        return (world, register, outcomes)
    }

    @Test(
        "Any code but 0, 254, 255 and 15 stops the queue; the next message is not sent",
        arguments: [3, 7, 9, 11, 13, 14])
    func stops(_ code: UInt32) async throws {
        let (world, register, _) = try await self.stopped(code)
        #expect(await register.status.mode == .blocked(.message(ResultCode(rawValue: code))))
        #expect(await register.status.queueLength == 2)
        #expect(await register.status.stoppedBy?.rawValue == code)
        #expect(world.commands == [.info, .ticket, .ticket])
        let outcome = try #require(try await register.outcome(of: "2.00"))
        #expect(outcome.pending?.reason == .stopped(ResultCode(rawValue: code), text: "неверно"))
        // Neither time, nor a restart, nor a new call changes that.
        world.clock.advance(by: .seconds(7200))
        let reopened = try await world.open()
        #expect(try await reopened.sync().nextDue == nil)
        await expectError(.blocked) { _ = try await reopened.issue(world.sale()) }
        #expect(world.messages.count == 3)
        // The message can be looked at.
        let waiting = try #require(try await reopened.waitingMessages().first)
        #expect(waiting.code?.rawValue == code && waiting.reference == "2.00" && !waiting.mayHaveArrived)
        #expect(waiting.request.contains("Нан"))
    }

    @Test("Archived: who, when and why are kept, the rest goes on, INFO takes the document out of our counters")
    func archive() async throws {
        let (world, register, _) = try await self.stopped(13)
        #expect(try await register.status.cash == world.money("6.00"))
        try await register.unblock(.archive, by: "Айгүл", because: "wrong goods")
        let archived = try #require(try await register.archive().first)
        #expect(archived.reference == "2.00" && archived.code == .incorrectRequestData)
        #expect(archived.decision.by == "Айгүл" && archived.decision.because == "wrong goods")
        #expect(archived.decision.at == world.clock.now() && !archived.mayHaveArrived)
        #expect(try await register.sync().outcomes.count == 1)
        #expect(await register.status.mode == .online)
        #expect(try await register.status.cash == world.money("4.00"))
        // Our running sum had the document in it already.
        #expect(
            try await register.incidents().map(\.kind) == [.offline, .blocked, .unblocked, .sumFell, .countersDiffer])
        guard case .archived(let decision) = try await register.outcome(of: "2.00")?.pending?.reason else {
            Issue.record("not archived")
            return
        }
        #expect(decision.by == "Айгүл")
        // Handed in again it is not issued again: a corrected document is a new one.
        #expect(try await register.issue(world.sale("2.00"), reference: "2.00").pending != nil)
        #expect(world.account.tickets.count == 2)
    }

    @Test("Sent again: the same pair, the same body")
    func again() async throws {
        let (world, register, outcomes) = try await self.stopped(13)
        try await register.unblock(.sendAgain, by: "Айгүл", because: "the server was wrong")
        #expect(try await register.outcome(of: "2.00")?.pending?.reason == .offline)
        #expect(try await register.sync().outcomes.count == 2)
        let tickets = world.messages.filter { $0.command == .ticket }
        #expect(tickets.map(\.reqnum) == [2, 3, 3, 4])
        #expect(world.account.tickets.map(\.offlineTicketNumber) == outcomes.map(\.facts.offlineNumber))
        #expect(try await register.status.cash == world.money("6.00"))
    }

    @Test("A person must be named, with a reason; an online register has nothing to unblock")
    func whoAndWhy() async throws {
        let (_, register, _) = try await self.stopped(13)
        for (person, reason) in [("", "why"), ("who", "")] {
            await #expect(throws: InvalidField.self) {
                try await register.unblock(.archive, by: person, because: reason)
            }
        }
        #expect(await register.status.queueLength == 2)
        let fresh = try await RegisterAndAuthority().open()
        await expectError(.notBlocked) { try await fresh.unblock(.archive, by: "who", because: "why") }
    }

    @Test("2 in the middle of the queue: the right token is typed in, and the message takes a new pair by itself")
    func tokenWhileDraining() async throws {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        _ = try await register.sync()
        world.link(.unreachable)
        for total in ["1.00", "2.00"] { _ = try await register.issue(world.sale(total)) }
        world.link(nil)
        world.fault(nil)
        world.fault(.resetToken)
        world.clock.advance(by: .seconds(60))
        _ = try await register.sync()
        #expect(await register.status.mode == .blocked(.token))
        try await register.enter(newToken: world.account.token, by: "Айгүл")
        _ = try await register.sync()
        #expect(await register.status.mode == .online)
        #expect(world.account.tickets.count == 2)
        #expect(try await register.incidents().allSatisfy { $0.kind != .countersDiffer })
    }

    @Test("The same after a lost answer: the old pair first, then figures to compare, and the person decides (K5)")
    func tokenAfterLostAnswer() async throws {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        _ = try await register.sync()
        world.link(.silentBeforeArrival)
        _ = try await register.issue(world.sale("1.00"), reference: "a")
        world.link(nil)
        world.fault(.resetToken)
        world.clock.advance(by: .seconds(60))
        _ = try await register.sync()
        #expect(await register.status.mode == .blocked(.token))
        try await register.enter(newToken: world.account.token, by: "Айгүл")
        _ = try await register.sync()
        // The old pair drew 2 again; INFO brought the figures, and took nothing over.
        let status = await register.status
        #expect(status.mode == .blocked(.message(.invalidToken)))
        #expect(status.outcomeIsUnknown)
        #expect(status.comparison?.cashSum?.minorUnits == 0)
        #expect(try status.cash == world.money("1.00"))
        await expectError(.outcomeUnknown) { try await register.unblock(.sendAgain, by: "a", because: "b") }
        try await register.unblock(.sendAgain, evenUnknown: true, by: "Айгүл", because: "the server has no cash")
        _ = try await register.sync()
        #expect(try await register.outcome(of: "a")?.registration != nil)
        #expect(world.account.tickets.count == 1)
        #expect(await register.status.comparison == nil)
    }
}
