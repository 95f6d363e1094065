import FermaClient
import FiscalCore
import FiscalStore
import FiscalTestSupport
import Synchronization
import Testing

@Suite("A receipt is neither lost nor doubled, wherever the power goes")
struct FermaCrashTests {
    /// What the link and the service do with the first request.
    static let weather: [ServiceStep] = [
        .fine, .unreachable, .lost(made: false), .lost(made: true), .service(5, fatal: false),
        .service(24, fatal: nil, made: true), .service(19, fatal: false, made: true),
        .device(57, fatal: true, made: true),
        .device(79, fatal: false), .device(51, fatal: true), .raw(500, "<html>"),
        .damaged("\"Requestid\":\"order-1\"", "\"Requestid\":\"x\""),
    ]
    static let cases: [(ServiceStep, Int, Bool)] = weather.flatMap { step in
        (1...6).flatMap { commit in [(step, commit, false), (step, commit, true)] }
    }

    /// A day of one till: it submits, repeats, and has a person decide what is left.
    private static func day(_ world: TillAndService, _ till: FermaClient) async throws {
        let outcome = try await till.issue(world.receipt(), requestID: "order-1")
        try await world.settle(till)
        switch try await till.outcome(requestID: "order-1")?.word {
        case "refused" where outcome.facts.correctedBy == nil:
            do {
                _ = try await till.correct(
                    outcome.facts.identity, with: world.receipt("121.00"), requestID: "order-1a", by: "Иванова",
                    because: "цена")
            } catch let error as FermaError {
                #expect(error.code == .alreadyCorrected)
            }
        case "unknown", "pending":
            _ = try await till.repeatSame(outcome.facts.identity, by: "Иванова", because: "проверено")
        default: break
        }
        try await world.settle(till)
    }

    @Test("At every commit, before and after it, in every weather, persons included", arguments: cases)
    func everyCommit(_ step: ServiceStep, _ commit: Int, _ isAfter: Bool) async throws {
        let world = TillAndService()
        world.service.plan(step)
        do {
            let dying = try await world.open(
                store: FermaPowerCut(world.store, atCommit: commit, isAfterCommit: isAfter))
            try await Self.day(world, dying)
        } catch is StoreError {} catch is FermaResultNotStored {}

        // After the restart the same till does the same things again.
        let till = try await world.open()
        try await Self.day(world, till)

        #expect(world.service.documentCount == 1)
        let corrected = try await till.outcome(requestID: "order-1a")
        let first = try await till.outcome(requestID: "order-1")
        #expect((first?.document ?? corrected?.document)?.number == 1000)
        // One body for each identifier, however often it was sent.
        #expect(Set(world.service.bodies).count == (corrected == nil ? 1 : 2))
        #expect(try await till.openSubmissions().isEmpty)
    }

    @Test("The answer came but cannot be kept: the host gets it, and after the restart it is asked for again")
    func resultNotStored() async throws {
        let world = TillAndService()
        let dying = try await world.open(store: FermaPowerCut(world.store, atCommit: 2))
        let error = await #expect(throws: FermaResultNotStored.self) {
            try await dying.issue(world.receipt(), requestID: "order-1")
        }
        #expect(error?.outcome.document?.number == 1000)
        let till = try await world.open()
        #expect(try await till.sync().outcomes.first?.document?.number == 1000)
        #expect(world.service.documentCount == 1 && Set(world.service.bodies).count == 1)
    }

    @Test("Killed in the middle of a request: unknown after the restart, with the same identifier and bytes")
    func interrupted() async throws {
        let world = TillAndService()
        let dying = try await world.open(store: FermaPowerCut(world.store, atCommit: 1, isAfterCommit: true))
        await #expect(throws: StoreError.self) { try await dying.issue(world.receipt()) }
        #expect(world.service.requests.isEmpty)
        let till = try await world.open()
        let kept = try #require(try await till.openSubmissions().first)
        #expect(kept.machine.document == .mayExist)
        #expect(kept.attempts.map(\.ending) == [.interrupted])
        #expect(try await till.outcome(requestID: kept.identity.requestID)?.word == "unknown")
        let outcome = try #require(try await till.sync().outcomes.first)
        #expect(outcome.facts.identity == kept.identity)
        #expect(world.service.requests.map(\.body) == [kept.body])
    }

    @Test("The task is cancelled while the request is under way: the answer is kept all the same")
    func cancelled() async throws {
        let world = TillAndService()
        let till = try await world.open()
        let receipt = try world.receipt()
        world.service.onAfter { withUnsafeCurrentTask { $0?.cancel() } }
        let outcome = try await Task { try await till.issue(receipt, requestID: "order-1") }.value
        #expect(outcome.document != nil)
        world.service.onAfter(nil)
        #expect(try await world.open().issue(receipt, requestID: "order-1").document == outcome.document)
        #expect(world.service.requests.count == 1)
    }

    @Test("Fifty receipts at once, each submitted twice: each made once")
    func concurrent() async throws {
        let world = TillAndService()
        let till = try await world.open()
        let receipt = try world.receipt()
        try await withThrowingTaskGroup { group in
            for number in Array(1...50) + Array(1...50) {
                group.addTask {
                    do { _ = try await till.issue(receipt, requestID: "order-\(number)") } catch let error as FermaError
                    {
                        #expect(error.code == .alreadySending)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(world.service.documentCount == 50)
        #expect(try await till.openSubmissions().isEmpty)
    }

    @Test("Two processes on one journal: one entry, one body, one document; the late answer counts too")
    func twoProcesses() async throws {
        let world = TillAndService()
        let (one, two) = (try await world.open(), try await world.open())
        let receipt = try world.receipt()
        let seen = Mutex(false)
        world.service.onBefore {
            guard
                !seen.withLock({ old in
                    defer { old = true }; return old
                })
            else { return }
            // The other process submits the same sale while our request is on its way; its answer is lost.
            world.service.plan(.lost(made: true))
            do { _ = try await two.issue(receipt, requestID: "order-1") } catch { Issue.record("\(error)") }
        }
        let outcome = try await one.issue(receipt, requestID: "order-1")
        #expect(outcome.document?.number == 1000)
        #expect(world.service.documentCount == 1 && Set(world.service.bodies).count == 1)
        #expect(try await two.submission(requestID: "order-1")?.machine.state == .registered)
    }

    @Test(
        "Another process is faster at any of our commits: ours looks again; nothing is lost or doubled",
        arguments: 1...3)
    func meddled(_ commit: Int) async throws {
        for number in 1...2 {
            let world = TillAndService()
            let other = try await world.open()
            let receipt = try world.receipt()
            world.service.plan(.lost(made: true))
            let till = try await world.open(
                store: FermaMeddler(world.store, beforeCommit: commit) {
                    _ = try await other.issue(receipt, requestID: "order-\(number)")
                })
            _ = try await till.issue(receipt, requestID: "order-1")
            try await world.settle(till)
            #expect(try await till.outcome(requestID: "order-1")?.document != nil)
            #expect(world.service.documentCount == (try await till.submission(requestID: "order-2") == nil ? 1 : 2))
            #expect(try await till.openSubmissions().isEmpty)
        }
    }

    @Test("A journal whose bytes were changed is refused, without a word of the receipt")
    func damaged() async throws {
        let world = TillAndService()
        world.service.plan(.unreachable)
        _ = try await world.open().issue(world.receipt(), requestID: "order-1")
        let key = StoreKey(register: "ferma", space: "ferma.test.submission", name: "[\"order-1\",\"\",\"\"]")
        let record = try #require(try await world.store.record(key))
        let stored = String(decoding: record.value, as: UTF8.self)
        #expect(stored.contains("12000"))
        for changed in [
            stored.replacing("12000", with: "12001"), "{}", stored.replacing("\"version\":1", with: "\"version\":2"),
        ] {
            try await world.store.commit([.put(key, Array(changed.utf8))])
            let error = await #expect(throws: FermaError.self) { try await world.open() }
            #expect(error?.code == .damagedJournal)
            #expect(error?.description.contains(TillAndService.phone) == false)
        }
    }
}
