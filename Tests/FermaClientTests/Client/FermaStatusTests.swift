import FermaClient
import FiscalCore
import FiscalTestSupport
import Testing

@Suite("What a till shows and tells about its receipts")
struct FermaStatusTests {
    @Test("Waiting, unknown, held and refused are told apart; the oldest and the nearest end are there")
    func counts() async throws {
        let world = TillAndService()
        let till = try await world.open()
        let steps: [ServiceStep] = [
            .lost(made: false), .unreachable, .device(57, fatal: true), .device(79, fatal: true),
            .device(51, fatal: nil),
            .fine,
        ]
        for (number, step) in steps.enumerated() {
            world.service.plan(step)
            _ = try await till.issue(world.receipt(), requestID: "order-\(number)")
            world.clock.advance(by: .seconds(1))
        }
        let status = try await till.status()
        #expect(status.isTest)
        #expect(status.waiting == 2)
        #expect(status.unknown == 2)
        #expect(status.held.map(\.requestID) == ["order-2", "order-3"])
        #expect(status.refused.map(\.requestID) == ["order-4"])
        #expect(status.oldest == TillAndService.start)
        // Of the two that wait only the first may have left.
        #expect(status.nextEnd == TillAndService.start + .seconds(30 * 86_400))
        #expect(status.lastError == nil && status.stop == nil)
        #expect(try await till.openSubmissions().map(\.identity.requestID) == (0...4).map { "order-\($0)" })
        let report = try await till.sync()
        #expect(report.needPerson.map(\.requestID) == ["order-2", "order-3", "order-4"])
    }

    @Test("Outcomes and decisions are told in their order, after they were stored")
    func events() async throws {
        let world = TillAndService()
        let till = try await world.open()
        var events = till.events.makeAsyncIterator()
        world.service.plan(.device(51, fatal: true))
        let refused = try await till.issue(world.receipt(), requestID: "order-1")
        let corrected = try await till.correct(
            refused.facts.identity, with: world.receipt("121.00"), requestID: "order-2", by: "Иванова", because: "цена")
        guard case .outcome(let first) = await events.next(),
            case .decided(let identity, let decision) = await events.next(),
            case .outcome(let second) = await events.next()
        else {
            Issue.record("another order")
            return
        }
        #expect(first == refused && second == corrected)
        #expect(identity == refused.facts.identity && decision.kind == .correct && decision.by == "Иванова")
    }
}
