import FiscalCore
import FiscalSimulators
import FiscalStore
import FiscalTestSupport
import OFDKazProtocol
import Testing

@Suite("A register that the server has blocked")
struct OFDRegisterServerBlockTests {
    private func world() async throws -> (RegisterAndAuthority, OFDRegister) {
        let world = RegisterAndAuthority {
            $0[RegisterAndAuthority.id]?.notices = [OFDNotice(.info, version: 3, text: "Позвоните оператору")]
        }
        let register = try await world.open()
        _ = try await register.sync()
        return (world, register)
    }

    @Test("15 to a sale: refused; no work, here or after a restart; what the server wants shown is shown")
    func blocked() async throws {
        let (world, register) = try await self.world()
        world.withAccount { $0.block = .blocked }
        #expect(try await register.issue(world.sale()).refusal?.code == .blocked)
        let count = world.messages.count
        for register in [register, try await world.open()] {
            #expect(await register.status.mode == .serverBlocked(awaitingToken: false))
            #expect(await register.status.infoText == "Позвоните оператору")
            #expect(await register.status.notice.lines.last == "Позвоните оператору")
            for work in [
                { (register: OFDRegister) in _ = try await register.issue(world.sale()) },
                { register in _ = try await register.place(world.deposit("1.00")) },
                { register in _ = try await register.closeShift(world.close()) },
                { register in _ = try await register.xReport() },
            ] {
                let error = await #expect(throws: OFDError.self) { try await work(register) }
                #expect(error?.code == .serverBlocked && error?.detail == "Позвоните оператору")
            }
            await expectError(.serverBlocked) { try await register.unblock(.archive, by: "a", because: "b") }
        }
        #expect(world.messages.count == count)
        #expect(try await register.incidents().map(\.kind) == [.serverBlocked])
    }

    @Test("Deregistered, and a ticket without a mandatory part: the same mode")
    func causes() async throws {
        let (world, register) = try await self.world()
        world.withAccount { $0.block = .deregistered }
        #expect(try await register.issue(world.sale()).refusal?.code == .blocked)
        #expect(await register.status.mode == .serverBlocked(awaitingToken: false))
    }

    @Test("SYSTEM with all of reg_info asks at the interval; its OK ends the block, and nothing else does")
    func polling() async throws {
        let (world, register) = try await self.world()
        world.withAccount { $0.block = .blocked }
        _ = try await register.issue(world.sale())
        for _ in 0..<3 {
            let due = try #require(try await register.sync().nextDue)
            #expect(due == world.clock.now() + .seconds(60))
            world.clock.set(due)
            _ = try await register.sync()
        }
        #expect(world.commands == [.info, .ticket, .system, .system, .system])
        let polls = try world.requests().suffix(3)
        #expect(polls.allSatisfy { $0.service.regInfo.hasKkm && $0.service.regInfo.hasOrg })
        world.withAccount { $0.block = nil }
        world.clock.advance(by: .seconds(60))
        let report = try await register.sync()
        #expect(report.mode == .online)
        #expect(world.commands.suffix(2) == [.system, .info])
        #expect(try await register.issue(world.sale()).registration != nil)
    }

    @Test("A queue is kept; afterwards its records are checked, their count is told, then they go in order, then INFO")
    func queue() async throws {
        let (world, register) = try await self.world()
        world.link(.unreachable)
        for total in ["1.00", "2.00", "3.00"] { _ = try await register.issue(world.sale(total), reference: total) }
        world.withAccount { $0.block = .blocked }
        world.link(nil)
        world.clock.advance(by: .seconds(60))
        _ = try await register.sync()
        #expect(await register.status.mode == .serverBlocked(awaitingToken: false))
        #expect(await register.status.queueLength == 3)
        #expect(try await register.outcome(of: "1.00")?.pending?.reason == .offline)
        world.withAccount { $0.block = nil }
        world.clock.advance(by: .seconds(60))
        let report = try await register.sync()
        #expect(report.outcomes.count == 3 && report.mode == .online)
        #expect(world.account.announcedCounts == [3])
        #expect(world.commands.suffix(6) == [.system, .system, .ticket, .ticket, .ticket, .info])
        #expect(try await register.status.cash == world.money("6.00"))
        #expect(try await register.incidents().map(\.kind) == [.offline, .serverBlocked])
    }

    @Test("A record that cannot be read is found before the count is told")
    func damaged() async throws {
        let (world, register) = try await self.world()
        world.link(.unreachable)
        for total in ["1.00", "2.00"] { _ = try await register.issue(world.sale(total)) }
        world.withAccount { $0.block = .blocked }
        world.link(nil)
        world.clock.advance(by: .seconds(60))
        _ = try await register.sync()
        let key = StoreKey(
            register: "ofd.\(RegisterAndAuthority.id)", space: "ofd.body", name: "0000000000000000002")
        try await world.store.commit([.put(key, [0])])
        world.withAccount { $0.block = nil }
        world.clock.advance(by: .seconds(60))
        await expectError(.damagedJournal) { _ = try await register.sync() }
        #expect(world.account.announcedCounts.isEmpty && world.account.tickets.isEmpty)
    }

    @Test("2 to a poll: the polling stops until a token is typed in")
    func token() async throws {
        let (world, register) = try await self.world()
        world.withAccount { $0.block = .blocked }
        _ = try await register.issue(world.sale())
        world.fault(.refuse(code: 2))
        world.clock.advance(by: .seconds(60))
        #expect(try await register.sync().nextDue == nil)
        #expect(await register.status.mode == .serverBlocked(awaitingToken: true))
        world.withAccount { $0.block = nil }
        try await register.enter(newToken: world.account.token, by: "Айгүл")
        #expect(try await register.sync().mode == .online)
    }

    @Test("A key of the host's own for the count")
    func key() async throws {
        let world = RegisterAndAuthority { $0.rules.unsentKey = "queue" }
        let register = try await world.open { $0.unsentCountKey = "queue" }
        _ = try await register.sync()
        world.link(.unreachable)
        _ = try await register.issue(world.sale())
        world.link(nil)
        world.fault(.refuse(code: 15))
        world.clock.advance(by: .seconds(60))
        _ = try await register.sync()
        world.clock.advance(by: .seconds(60))
        #expect(try await register.sync().mode == .online)
        #expect(world.account.announcedCounts == [1])
    }
}
