import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import OFDKazProtocol
import Testing

@Suite("A register whose link goes and comes back")
struct OFDRegisterOutageTests {
    @Test(
        "Three sales without a link, then with one: sent in order under the printed numbers, then INFO, counters equal")
    func outage() async throws {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        _ = try await register.issue(world.sale("500.00"))
        world.link(.unreachable)
        var printed: [UInt32?] = []
        for total in ["100.00", "200.00", "300.00"] {
            let outcome = try await register.issue(world.sale(total))
            let pending = try #require(outcome.pending)
            #expect(pending.reason == .offline)
            #expect(outcome.number == pending.facts.offlineNumber.map { String($0) })
            printed.append(pending.facts.offlineNumber)
        }
        #expect(Set(printed).count == 3)
        #expect(await register.status.mode == .offline(awaitingTransport: false))
        #expect(await register.status.queueLength == 3)
        #expect(world.account.documents.count == 1)

        world.link(nil)
        let due = try #require(try await register.sync().nextDue)
        world.clock.set(due)
        let report = try await register.sync()
        #expect(report.outcomes.compactMap(\.registration?.ticketNumber).count == 3)
        #expect(report.mode == .online)
        #expect(report.nextDue == nil)
        #expect(world.account.tickets.map(\.offlineTicketNumber) == [nil] + printed)
        #expect(world.commands == [.info, .ticket, .ticket, .ticket, .ticket, .info])
        #expect(try await register.status.cash == world.money("1100.00"))
        let incidents = try await register.incidents()
        #expect(incidents.map(\.kind) == [.offline])
    }

    @Test(
        "The answer is lost after the server has the sale: the receipt is an offline one, the repeat has the same pair")
    func lostAnswer() async throws {
        let world = RegisterAndAuthority()
        let register = try await world.open()
        _ = try await register.sync()
        world.link(.silentAfterArrival)
        let outcome = try await register.issue(world.sale())
        #expect(outcome.pending?.reason == .unanswered)
        world.link(nil)
        world.clock.advance(by: .seconds(60))
        _ = try await register.sync()
        #expect(world.account.tickets.count == 1)
        let tickets = world.messages.filter { $0.command == .ticket }
        #expect(tickets.count == 2)
        #expect(Set(tickets.map(\.reqnum)).count == 1)
        #expect(Set(tickets.map(\.token)).count == 1)
        #expect(tickets.map(\.outcome) == [.accepted, .repeated])
        #expect(try await register.status.cash == world.money("1000.00"))
        // Only which of the two the server has counted is not known (decision K26).
        #expect(try await register.incidents().map(\.kind) == [.offline])
    }
}
