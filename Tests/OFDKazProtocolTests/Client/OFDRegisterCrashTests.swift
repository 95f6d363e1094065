import FiscalCore
import FiscalSimulators
import FiscalStore
import FiscalTestSupport
import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("A document is neither lost nor doubled, wherever the power goes")
struct OFDRegisterCrashTests {
    /// Where the power goes.
    enum Cut: String, CaseIterable, Sendable {
        case beforeCommit, afterCommit, beforeArrival, afterArrival
    }

    /// The day with the power going at the n-th occasion.
    /// - Returns: the till after the day, how many commits and how many requests the first process had.
    private func day(
        _ cut: Cut?, _ number: Int
    ) async throws -> (day: ScriptedDay, world: RegisterAndAuthority, commits: Int, requests: Int) {
        let world = RegisterAndAuthority()
        let first =
            switch cut {
            case .beforeCommit: DyingStore(world.store, atCommit: number)
            case .afterCommit: DyingStore(world.store, atCommit: number, isAfterCommit: true)
            case .beforeArrival, .afterArrival, nil: DyingStore(world.store)
            }
        switch cut {
        case .beforeArrival:
            world.transport.onBefore { exchange in
                guard exchange.index + 1 == number else { return }
                first.cut()
                world.transport.failNext(.brokenBeforeArrival)
            }
        case .afterArrival: world.transport.onAfter { if $0.index + 1 == number { first.cut() } }
        case .beforeCommit, .afterCommit, nil: break
        }
        var day = ScriptedDay(world) { process -> any DurableStore in
            if process == 0 { first } else { world.store }
        }
        try await day.live()
        return (day, world, first.commits, world.transport.exchanges.count)
    }

    @Test("At every commit and at every request of a day with an outage, before and after it", arguments: Cut.allCases)
    func everywhere(_ cut: Cut) async throws {
        let quiet = try await self.day(nil, 0)
        #expect(quiet.day.processes == 1)
        let occasions =
            switch cut {
            case .beforeCommit, .afterCommit: quiet.commits
            case .beforeArrival, .afterArrival: quiet.requests
            }
        for number in 1...occasions {
            let (day, world, _, _) = try await self.day(cut, number)
            #expect(day.processes == 2, "\(cut) \(number)")
            try await self.check(day, world, "\(cut) \(number)")
        }
    }

    @Test("The same day without any accident")
    func quiet() async throws {
        let (day, world, _, _) = try await self.day(nil, 0)
        try await self.check(day, world, "quiet")
    }

    /// The ledger of the authority is what was handed out, and the counters of both sides are equal.
    private func check(_ day: ScriptedDay, _ world: RegisterAndAuthority, _ comment: Comment) async throws {
        let register = try await world.open()
        let documents = world.account.documents
        // Each once, in the order of issue.
        let kept = day.receipts.filter { $0.outcome.facts.kind != .report }
        #expect(documents.map(\.printedDocumentNumber) == kept.map { UInt64($0.outcome.facts.number) }, comment)
        for receipt in day.receipts {
            let outcome = try #require(try await register.outcome(of: receipt.reference))
            let facts = receipt.outcome.facts
            #expect(outcome.registration != nil, "\(comment): \(receipt.reference) \(outcome.state)")
            // What was printed once stays.
            #expect(outcome.facts.number == facts.number, comment)
            #expect(outcome.facts.dateTime == facts.dateTime, comment)
            if receipt.outcome.pending != nil { #expect(outcome.facts.offlineNumber == facts.offlineNumber, comment) }
            guard let document = documents.first(where: { $0.printedDocumentNumber == UInt64(facts.number) }) else {
                #expect(facts.kind == .report, comment)
                continue
            }
            #expect(outcome.registration?.ticketNumber == document.ticketNumber, comment)
            if let registered = receipt.outcome.registration {
                #expect(registered.ticketNumber == document.ticketNumber, comment)
            }
            if let total = receipt.total {
                let ticket = try PBRequest(serializedBytes: document.payload).ticket
                #expect(ticket.amounts.total.money == (try world.money(total)), comment)
            }
        }
        #expect(try await register.incidents().map(\.kind).allSatisfy { $0 == .offline }, comment)
        let status = await register.status
        #expect(status.mode == .online && status.queueLength == 0, comment)
        #expect(status.cash.minorUnits == world.account.books.cash, comment)
        // Nothing was refused on the way.
        let refused = world.messages.filter { if case .refused = $0.outcome { true } else { false } }
        #expect(refused.isEmpty, comment)
    }
}
