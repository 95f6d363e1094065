import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import OFDKazProtocol
import Testing

@Suite("What each result code does to a register that is online")
struct OFDRegisterCodesTests {
    /// A register that has had its INFO.
    private func ready() async throws -> (RegisterAndAuthority, OFDRegister) {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        _ = try await register.loadInfo()
        return (world, register)
    }

    @Test(
        "1, 3, 4, 5, 8, 9: refused and BLOCKED; nothing is sent until service unlocks", arguments: [1, 3, 4, 5, 8, 9])
    func service(_ code: UInt32) async throws {
        let (world, register) = try await self.ready()
        world.fault(.refuse(code: code, text: "жок"))
        let refusal = try #require(try await register.issue(world.sale()).refusal)
        #expect(refusal.code.rawValue == code)
        #expect(refusal.text == "жок")
        #expect(await register.status.mode == .blocked(.service(ResultCode(rawValue: code))))
        #expect(await register.status.lastError == "\(code): жок")
        let count = world.messages.count
        await expectError(.blocked) { _ = try await register.issue(world.sale()) }
        await expectError(.blocked) { _ = try await register.place(world.deposit("1.00")) }
        await expectError(.blocked) { _ = try await register.closeShift(world.close()) }
        await expectError(.blocked) { _ = try await register.xReport() }
        world.clock.advance(by: .seconds(3600))
        _ = try await register.sync()
        #expect(world.messages.count == count)
        // A restart does not help either.
        #expect(await (try world.open()).status.mode == .blocked(.service(ResultCode(rawValue: code))))
        try await register.unblock(.archive, by: "Айгүл", because: "service was here")
        #expect(try await register.issue(world.sale()).registration != nil)
        #expect(world.account.tickets.count == 1)
        #expect(try await register.status.cash == world.money("1000.00"))
    }

    @Test("2: BLOCKED until the right token is typed in; then the next sale is registered")
    func token() async throws {
        let (world, register) = try await self.ready()
        world.fault(.resetToken)
        #expect(try await register.issue(world.sale()).refusal?.code == .invalidToken)
        #expect(await register.status.mode == .blocked(.token))
        await expectError(.blocked) { _ = try await register.issue(world.sale()) }
        await expectError(.tokenWanted) { try await register.unblock(.archive, by: "Айгүл", because: "?") }
        try await register.enter(newToken: world.account.token, by: "Айгүл")
        #expect(try await register.issue(world.sale()).registration != nil)
        #expect(try await register.incidents().contains { $0.kind == .tokenEntered && $0.decision?.by == "Айгүл" })
    }

    @Test(
        "6, 10, 12, 13, 14, 16, 17, 18, 200, 999: this one operation is refused, not counted, not sent again",
        arguments: [6, 10, 12, 13, 14, 16, 17, 18, 200, 999])
    func operation(_ code: UInt32) async throws {
        let (world, register) = try await self.ready()
        world.fault(.refuse(code: code, text: "неверно"))
        let refusal = try #require(try await register.issue(world.sale(), reference: "a").refusal)
        #expect(refusal.code.rawValue == code && refusal.text == "неверно")
        #expect(await register.status.mode == .online)
        #expect(await register.status.cash.minorUnits == 0)
        #expect(await register.status.queueLength == 0)
        let outcome = try await register.issue(world.sale(), reference: "a")
        #expect(outcome.refusal?.code.rawValue == code)
        #expect(outcome.paper.items.isEmpty)
        #expect(world.commands == [.info, .ticket])
        #expect(try await register.issue(world.sale(), reference: "b").registration != nil)
    }

    @Test("7: the receipt is an offline one, and nothing is sent until the transport setting changes")
    func transport() async throws {
        let (world, register) = try await self.ready()
        world.fault(.refuse(code: 7))
        let pending = try #require(try await register.issue(world.sale()).pending)
        #expect(pending.reason == .transportForbidden)
        #expect(await register.status.mode == .offline(awaitingTransport: true))
        world.clock.advance(by: .seconds(3600))
        #expect(try await register.sync().nextDue == nil)
        #expect(try await register.issue(world.sale()).pending?.reason == .transportForbidden)
        #expect(world.commands == [.info, .ticket])
        try await register.transportChanged()
        #expect(try await register.sync().outcomes.compactMap(\.registration).count == 2)
        #expect(await register.status.mode == .online)
    }

    @Test("11: until the shift is closed only its close and reports may be issued")
    func shiftTooLong() async throws {
        let (world, register) = try await self.ready()
        #expect(try await register.issue(world.sale()).registration != nil)
        world.withAccount { $0.ageShift(by: .seconds(25 * 3600)) }
        #expect(try await register.issue(world.sale()).refusal?.code == .openShiftTimeoutExpired)
        #expect(await register.status.shiftMustBeClosed)
        await expectError(.shiftMustBeClosed) { _ = try await register.issue(world.sale()) }
        await expectError(.shiftMustBeClosed) { _ = try await register.place(world.deposit("1.00")) }
        #expect(try await register.xReport().registration != nil)
        #expect(try await register.closeShift(world.close()).registration != nil)
        #expect(try await register.issue(world.sale()).registration != nil)
    }

    @Test("14 to a withdrawal of more than there is: counters and mode stay")
    func notEnoughCash() async throws {
        let (world, register) = try await self.ready()
        _ = try await register.issue(world.sale("100.00"))
        #expect(try await register.place(world.withdrawal("100.01")).refusal?.code == .notEnoughCash)
        #expect(try await register.status.cash == world.money("100.00"))
        #expect(await register.status.mode == .online)
        #expect(try await register.place(world.withdrawal("100.00")).registration != nil)
        #expect(await register.status.cash.minorUnits == 0)
    }

    @Test("254 and 255 twice, then 0: three connections, one pair, registered online", arguments: [254, 255])
    func temporarily(_ code: UInt32) async throws {
        let (world, register) = try await self.ready()
        world.fault(.refuse(code: code), times: 2)
        #expect(try await register.issue(world.sale()).registration != nil)
        let tickets = world.messages.filter { $0.command == .ticket }
        #expect(tickets.count == 3)
        #expect(Set(tickets.map(\.reqnum)).count == 1 && Set(tickets.map(\.token)).count == 1)
        #expect(world.transport.authority.ledger.connections == 4)
        #expect(await register.status.mode == .online)
        // The budget: two pauses of half a second.
        #expect(tickets[2].receivedAt - tickets[0].receivedAt == .seconds(1))
    }

    @Test("254 and 255 for ever: tried half a second apart for five seconds, then OFFLINE", arguments: [254, 255])
    func unavailable(_ code: UInt32) async throws {
        let (world, register) = try await self.ready()
        world.transport.withAuthority { $0.faults.permanent = .refuse(code: code) }
        #expect(try await register.issue(world.sale()).pending?.reason == .unanswered)
        #expect(await register.status.mode == .offline(awaitingTransport: false))
        #expect(world.messages.filter { $0.command == .ticket }.count == 10)
        #expect(world.clock.now() - RegisterAndAuthority.start <= .seconds(5))
    }

    @Test("A refusal after an attempt without an answer: unknown, no receipt, BLOCKED for a person (decision K4)")
    func unknown() async throws {
        let (world, register) = try await self.ready()
        world.fault(.lost(recorded: true))
        world.fault(.refuseRepeat(code: 13))
        let outcome = try await register.issue(world.sale(), reference: "a")
        #expect(outcome.question?.code == .incorrectRequestData)
        #expect(outcome.paper.items.isEmpty)
        let status = await register.status
        #expect(status.mode == .blocked(.message(.incorrectRequestData)))
        #expect(status.outcomeIsUnknown && status.queueLength == 1)
        #expect(status.cash.minorUnits == 0)
        #expect(try await register.incidents().map(\.kind) == [.outcomeUnknown, .blocked])
        await expectError(.outcomeUnknown) {
            try await register.unblock(.sendAgain, by: "Айгүл", because: "look again")
        }
        try await register.unblock(.sendAgain, evenUnknown: true, by: "Айгүл", because: "look again")
        _ = try await register.sync()
        #expect(try await register.outcome(of: "a")?.registration != nil)
        #expect(world.account.tickets.count == 1)
        #expect(try await register.status.cash == world.money("1000.00"))
        // The first send was taken for an online sale by both sides.
        #expect(try await register.incidents().contains { $0.kind == .countersDiffer } == false)
    }

    @Test("A refusal after a connection that never opened settles: nothing can have arrived")
    func neverOpened() async throws {
        let (world, register) = try await self.ready()
        world.transport.failNext(.unreachable)
        world.fault(.refuse(code: 13))
        #expect(try await register.issue(world.sale()).refusal?.code == .incorrectRequestData)
        #expect(await register.status.mode == .online)
    }
}
