import FermaClient
import FiscalCore
import FiscalTestSupport
import Testing

@Suite("A device that can make no further document")
struct FermaStopTests {
    @Test("Worn out or failed for good: no further sale is sent, until a person says so", arguments: [5, 6, 18, 255])
    func stopped(_ code: Int) async throws {
        let world = TillAndService()
        let till = try await world.open()
        var events = till.events.makeAsyncIterator()
        world.service.plan(.device(code, fatal: true))
        let first = try await till.issue(world.receipt(), requestID: "order-1")
        let stop = try #require(try await till.status().stop)
        #expect(stop.code == code && stop.requestID == "order-1" && stop.at == world.clock.now())
        guard case .alarm(let alarm) = await events.next() else {
            Issue.record("nobody was told")
            return
        }
        #expect(alarm.kind == .deviceUnusable(stop))

        // After a restart, too; the sale is kept, and nothing is handed out.
        let later = try await world.open()
        for _ in 1...2 {
            let kept = try await later.issue(world.receipt(), requestID: "order-2")
            #expect(kept.waiting == .kept && kept.paper == Paper())
        }
        world.clock.advance(by: .seconds(3600))
        let report = try await later.sync(ignoringPauses: true)
        #expect(report.outcomes.isEmpty && report.stop == stop && report.nextDue == nil)
        #expect(world.service.requests.count == 1)

        try await later.resume(by: "Петров", because: "новый ФН")
        #expect(try await later.sync().outcomes.map(\.facts.identity.requestID) == ["order-2"])
        #expect(try await later.status().stop == nil)
        // The sale that met the failure waits for its own word.
        #expect(try await later.repeatSame(first.facts.identity, by: "Петров", because: "новый ФН").document != nil)
        #expect(world.service.documentCount == 2)
    }

    @Test("A document that is made all the same ends it, and what was kept goes out")
    func worksAgain() async throws {
        let world = TillAndService()
        let till = try await world.open()
        world.service.plan(.device(6, fatal: true))
        let first = try await till.issue(world.receipt(), requestID: "order-1")
        #expect(try await till.issue(world.receipt(), requestID: "order-2").waiting == .kept)
        _ = try await till.repeatSame(first.facts.identity, by: "Петров", because: "новый ФН")
        #expect(try await till.status().stop == nil)
        #expect(try await till.sync().outcomes.map(\.word) == ["registered"])
    }

    @Test("Several devices serve the enterprise: sales go on, the alarm is raised all the same")
    func severalDevices() async throws {
        let world = TillAndService()
        let till = try await world.open { $0.stopsAtUnusableDevice = false }
        world.service.plan(.device(6, fatal: true))
        _ = try await till.issue(world.receipt(), requestID: "order-1")
        #expect(try await till.issue(world.receipt(), requestID: "order-2").document != nil)
    }

    @Test("Other errors hold nobody else back", arguments: [1, 17, 57, 200, 239, 254])
    func others(_ code: Int) async throws {
        let world = TillAndService()
        let till = try await world.open()
        world.service.plan(.device(code, fatal: true))
        _ = try await till.issue(world.receipt(), requestID: "order-1")
        #expect(try await till.issue(world.receipt(), requestID: "order-2").document != nil)
    }

    @Test("To resume takes a name and a reason")
    func incomplete() async throws {
        let world = TillAndService()
        let till = try await world.open()
        world.service.plan(.device(6, fatal: true))
        _ = try await till.issue(world.receipt(), requestID: "order-1")
        await #expect(throws: InvalidField.self) { try await till.resume(by: "", because: "x") }
        await #expect(throws: InvalidField.self) { try await till.resume(by: "x", because: "") }
        #expect(try await till.status().stop != nil)
    }
}
