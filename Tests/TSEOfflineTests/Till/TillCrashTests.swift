import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import Synchronization
import TSEOffline
import Testing

/// The till dies at every commit and every call of a day with two sales and one that is broken off, whatever its TSE
/// does meanwhile. The next process finds everything, and every document is finished exactly once.
@Suite("A till that dies")
struct TillCrashTests {
    /// Where in the day something befalls the till.
    enum Moment: String, CaseIterable, Sendable { case beforeCommit, afterCommit, beforeCall, afterCall }

    /// When the TSE is away, counted in calls of the till.
    static let outages: [Range<Int>] = [0..<0, 0..<1, 1..<2, 2..<4, 0..<99]
    private static let documents = ["sale-1", "sale-2", "void-3"]

    private static func data(_ id: String) -> String {
        id == "sale-1"
            ? "Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar" : "Beleg^2.00_0.00_0.00_0.00_0.00^2.00:Unbar"
    }

    /// Counts what happens, and says when the process ends.
    final class Death: Sendable {
        private let moment: Moment
        private let index: Int
        private let counts = Mutex<[Moment: Int]>([:])

        init(_ moment: Moment, _ index: Int) {
            self.moment = moment
            self.index = index
        }

        func strikes(_ moment: Moment) -> Bool {
            let count = self.counts.withLock { counts in
                counts[moment, default: 0] += 1
                return counts[moment, default: 0]
            }
            return moment == self.moment && count == self.index
        }
    }

    /// The whole day, as one host works through it.
    private func work(_ till: FiscalServiceClient) async throws {
        for id in Self.documents {
            _ = try await till.create(id)
            _ = id == "void-3" ? try await till.cancel(id) : try await till.store(id, processData: Self.data(id))
        }
    }

    /// What a host does when it starts again: open documents are cancelled, calls without an answer taken up.
    private func restart(_ till: FiscalServiceClient) async throws {
        for document in try await till.unfinishedDocuments() {
            if case .finishing = document.machine.state { continue }
            _ = try await till.cancel(document.id)
        }
        _ = try await till.sync()
    }

    /// - Returns: whether the death came at all.
    private func day(_ moment: Moment, _ index: Int, tseAway: Range<Int>) async throws -> Bool {
        let shop = try await TillAndService()
        let death = Death(moment, index)
        let life = MortalStore.Life()
        let store = MortalStore(shop.store, life: life) {
            if death.strikes(.beforeCommit) { return .diesBefore }
            return death.strikes(.afterCommit) ? .diesAfter : .well
        }
        shop.transport.onBefore { exchange in
            if tseAway.contains(exchange.index) { await shop.tse.pullOut() } else { await shop.tse.putBack() }
            if death.strikes(.beforeCall) {
                life.end()
                shop.transport.failNext(.unreachable)
            }
        }
        shop.transport.onAfter { _ in
            if death.strikes(.afterCall) { life.end() }
        }
        let till = try await shop.till(store: store)
        do { try await self.work(till) } catch { #expect(life.hasEnded, "\(error)") }
        let isKilled = life.hasEnded
        shop.transport.onBefore(nil)
        shop.transport.onAfter(nil)
        await shop.tse.putBack()

        let next = try await shop.till()
        try await self.restart(next)
        #expect(try await next.unfinishedDocuments().isEmpty)
        try await shop.recover()
        try await self.check(shop, next)
        return isKilled
    }

    /// One signature per document, of what was sold or of its end; nothing left open.
    private func check(_ shop: TillAndService, _ till: FiscalServiceClient) async throws {
        let aborted = "AVBelegabbruch^0.00_0.00_0.00_0.00_0.00^"
        var expected: [String] = []
        for id in Self.documents {
            guard let kept = try await till.document(id) else { continue }
            guard case .finished(let step) = kept.machine.state else {
                Issue.record("\(id) is \(kept.machine.state)")
                continue
            }
            expected.append(step == .store ? Self.data(id) : aborted)
            let report = try await till.state(of: id)
            #expect([.regular, .reSigned].contains(report.state))
            #expect(report.finishedBy == step)
            // The till has the answer that the service gave.
            #expect(kept.finished == report.finished?.response)
            #expect(kept.created == report.created?.response)
        }
        let signed = await shop.signed().map(\.processData)
        #expect(signed.filter { $0 != aborted }.sorted() == expected.filter { $0 != aborted }.sorted())
        // The service closes starts that nobody knows with the same data; those belong to no document.
        let orphans = try await shop.office.service.outages().orphans.count
        #expect(signed.count == expected.count + orphans)
        #expect(await shop.tse.device.openTransactions().isEmpty)
    }

    @Test("Each document is finished once, wherever the till died", arguments: Moment.allCases, outages)
    func everywhere(_ moment: Moment, _ tseAway: Range<Int>) async throws {
        var deaths = 0
        for index in 1... {
            guard try await self.day(moment, index, tseAway: tseAway) else { break }
            deaths += 1
        }
        // Three documents: two calls each, and commits before and after each call.
        #expect(deaths >= 6)
    }

    @Test("A document that was open when the till died is offered, and can be cancelled")
    func offered() async throws {
        let shop = try await TillAndService()
        _ = try await shop.till().create("sale-1")
        let next = try await shop.till()
        #expect(try await next.unfinishedDocuments().map(\.id) == ["sale-1"])
        #expect(try await next.status().open == 1)
        #expect(try await next.sync().open == ["sale-1"])
        #expect(try await next.cancel("sale-1").word == "registered")
        #expect(try await next.unfinishedDocuments().isEmpty)
        #expect(await shop.tse.device.openTransactions().isEmpty)
    }
}
