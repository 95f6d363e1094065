import Foundation
import TSEOffline
import Testing

/// The real service, its journal and an independent TSE, in every way in which they can fail together: each call to the
/// TSE refused, lost before or after it was carried out, or carried out when nobody waits any more; the process killed
/// at each commit and at each call; tills that repeat what was not answered.
///
/// What holds at the end stands in `ServiceRun`: every finished document has exactly one valid signature, in order within
/// its outage; no transaction is open; every transaction without a document stands in the outage log; what was answered
/// is what was signed, and never changes.
@Suite("The fiscal service, in every way it can go", .serialized)
struct ServiceWalkTests {
    struct Walk: Sendable, CustomTestStringConvertible {
        var name: String
        var plan: ServiceRun.Plan
        var faults: Int
        var testDescription: String { "\(self.name), \(self.faults) mishaps" }

        func take() async throws {
            let choices = Choices(limit: self.faults)
            var runs = 0
            repeat {
                var run = try ServiceRun(self.plan, choices)
                do { try await run.go() } catch {
                    Issue.record("\(error), after \(choices.script)")
                    return
                }
                runs += 1
            } while choices.next()
            print("fiscal service, \(self.testDescription): \(runs) runs")
            #expect(runs > 20)
        }

        private static let twoSales: [ServiceRun.Event] = [
            .create("a1"), .create("b2"), .store("b2"), .store("a1"), .sync,
        ]
        private static let threeSales: [ServiceRun.Event] = [
            .create("a1"), .store("a1"), .create("b2"), .cancel("b2"), .create("a3"), .store("a3"), .sync,
        ]
        private static let brief: [ScriptedTSE.Fate] = [.lostBefore, .lostAfter, .belated(3)]

        static let short: [Walk] = [
            Walk(name: "one sale", plan: .init(events: [.create("a1"), .store("a1")]), faults: 2),
            Walk(name: "one sale broken off", plan: .init(events: [.create("a1"), .cancel("a1")]), faults: 1),
            Walk(
                name: "one sale, the policy wants no late signatures",
                plan: .init(events: [.create("a1"), .store("a1"), .sync], policy: .never), faults: 2),
            Walk(name: "two sales", plan: .init(events: Self.twoSales), faults: 1),
            Walk(
                name: "two sales, the TSE vanishes and comes back",
                plan: .init(events: Self.twoSales, faults: Self.brief, dies: false, vanishes: true), faults: 2),
            Walk(
                name: "two sales, the TSE vanishes, the service dies",
                plan: .init(events: Self.twoSales, faults: [], vanishes: true), faults: 2),
        ]

        static let long: [Walk] = [
            Walk(name: "one sale", plan: .init(events: [.create("a1"), .store("a1")]), faults: 3),
            Walk(name: "one sale broken off", plan: .init(events: [.create("a1"), .cancel("a1")]), faults: 3),
            Walk(name: "two sales", plan: .init(events: Self.twoSales, vanishes: true), faults: 2),
            Walk(
                name: "two sales, the policy wants no late signatures",
                plan: .init(events: Self.twoSales, policy: .never, vanishes: true), faults: 2),
            Walk(
                name: "two sales, the TSE vanishes and comes back",
                plan: .init(events: Self.twoSales, faults: Self.brief, dies: false, vanishes: true), faults: 4),
            Walk(
                name: "three sales, the TSE vanishes and comes back, the service dies",
                plan: .init(events: Self.threeSales, faults: [.lostAfter], vanishes: true), faults: 3),
        ]
        static var isLong: Bool { ProcessInfo.processInfo.environment["FISCAL_CAMPAIGN"] == "long" }
    }

    @Test("Every walk ends with the books in order", arguments: Walk.short)
    func short(_ walk: Walk) async throws { try await walk.take() }

    @Test("Every long walk ends with the books in order", .enabled(if: Walk.isLong), arguments: Walk.long)
    func long(_ walk: Walk) async throws { try await walk.take() }

    @Test("Days full of mishaps end with the books in order", arguments: ReSigningPolicy.allCases)
    func days(_ policy: ReSigningPolicy) async throws {
        for seed in 0..<(Walk.isLong ? 3000 : 40) {
            let ids = (0..<9).map { "\($0 % 2 == 0 ? "a" : "b")\($0)" }
            var events: [ServiceRun.Event] = []
            for (index, id) in ids.enumerated() {
                events.append(.create(id))
                events.append(index % 4 == 3 ? .cancel(id) : .store(id))
                if index % 3 == 2 { events.append(.sync) }
            }
            let plan = ServiceRun.Plan(events: events, policy: policy, vanishes: true)
            var run = try ServiceRun(plan, Choices(seed: UInt64(seed), percent: 12))
            do { try await run.go() } catch {
                Issue.record("\(error), seed \(seed)")
                return
            }
        }
    }
}
