import FermaClient
import FiscalCore
import FiscalStore
import FiscalTestSupport
import Testing

@Suite("What persons decide about a receipt")
struct FermaDecisionTests {
    /// A receipt that was answered so.
    private static func till(_ steps: ServiceStep...) async throws -> (TillAndService, FermaClient, RequestIdentity) {
        let world = TillAndService()
        let till = try await world.open()
        for step in steps { world.service.plan(step) }
        let outcome = try await till.issue(world.receipt(), requestID: "order-1")
        return (world, till, outcome.facts.identity)
    }

    @Test("Refused for its data: a corrected receipt under a new identifier, both linked, one document")
    func correction() async throws {
        let (world, till, identity) = try await Self.till(.device(51, fatal: true))
        #expect(try await till.outcome(requestID: "order-1")?.word == "refused")
        #expect(try await till.status().refused == [identity])
        #expect(try await till.sync().needPerson == [identity])
        let outcome = try await till.correct(
            identity, with: world.receipt("121.00"), requestID: "order-1a", by: "Иванова", because: "цена")
        #expect(outcome.document?.total == Money(minorUnits: 12100, currency: .rub))
        #expect(outcome.facts.corrects == identity)
        let refused = try #require(try await till.submission(identity))
        #expect(refused.correctedBy?.requestID == "order-1a")
        #expect(refused.decisions.map(\.kind) == [.correct])
        #expect(refused.decisions.map(\.by) == ["Иванова"] && refused.decisions.map(\.because) == ["цена"])
        #expect(refused.decisions.map(\.at) == [world.clock.now()])
        #expect(world.service.documentCount == 1 && world.service.requests.count == 2)
        #expect(try await till.openSubmissions().isEmpty)
        // The refused one never goes out again, whoever asks.
        #expect(try await till.issue(world.receipt(), requestID: "order-1").word == "refused")
        let again = await #expect(throws: FermaError.self) {
            try await till.repeatSame(identity, by: "Иванова", because: "ещё раз")
        }
        #expect(again?.code == .alreadyCorrected)
        let twice = await #expect(throws: FermaError.self) {
            try await till.correct(identity, with: world.receipt(), by: "Иванова", because: "ещё раз")
        }
        #expect(twice?.code == .alreadyCorrected)
        #expect(world.service.requests.count == 2)
    }

    @Test(
        "A new identifier is refused while a document may exist, and once it does",
        arguments: [
            ServiceStep.lost(made: true), .lost(made: false), .service(6, fatal: true), .service(24, fatal: true),
            .device(57, fatal: true, made: true), .device(251, fatal: nil), .raw(500, "<html>"), .unreachable, .fine,
        ])
    func noSecondIdentifier(_ step: ServiceStep) async throws {
        let (world, till, identity) = try await Self.till(step)
        let sent = world.service.requests.count
        let error = await #expect(throws: FermaError.self) {
            try await till.correct(identity, with: world.receipt("121.00"), by: "Иванова", because: "цена")
        }
        #expect(error?.code == (step == .fine ? .alreadyRegistered : .documentMayExist))
        // Closing does not make it known.
        if step != .fine {
            try await till.close(identity, by: "Иванова", because: "не знаю")
            await #expect(throws: FermaError.self) {
                try await till.correct(identity, with: world.receipt("121.00"), by: "Иванова", because: "цена")
            }
        }
        #expect(world.service.requests.count == sent)
    }

    @Test("Once unknown, a refusal of the request alone settles nothing; a refusal of the data does")
    func settled() async throws {
        let (world, till, identity) = try await Self.till(.lost(made: false), .service(2, fatal: false))
        world.clock.advance(by: .seconds(5))
        let second = try #require(try await till.sync().outcomes.first)
        #expect(second.word == "unknown" && second.waiting == .held(.refusedWhileUnknown))
        await #expect(throws: FermaError.self) {
            try await till.correct(identity, with: world.receipt("121.00"), by: "Иванова", because: "цена")
        }
        world.service.plan(.device(69, fatal: true))
        let third = try await till.repeatSame(identity, by: "Иванова", because: "проверка")
        #expect(third.word == "refused")
        let corrected = try await till.correct(identity, with: world.receipt("121.00"), by: "Иванова", because: "цена")
        #expect(corrected.document != nil && world.service.documentCount == 1)
    }

    @Test("Held: a person repeats the same bytes; the decision is kept with name, reason and time")
    func repeatSame() async throws {
        let (world, till, identity) = try await Self.till(.service(19, fatal: false, made: true))
        #expect(try await till.status().held == [identity])
        world.clock.advance(by: .seconds(3600))
        #expect(try await till.sync().outcomes.isEmpty)
        let outcome = try await till.repeatSame(identity, by: "Петров", because: "кэш восстановлен")
        #expect(outcome.document != nil)
        #expect(Set(world.service.bodies).count == 1 && world.service.documentCount == 1)
        let decision = try #require(try await till.submission(identity)?.decisions.first)
        #expect(
            decision == FermaDecision(.repeatSame, by: "Петров", because: "кэш восстановлен", at: world.clock.now()))
    }

    @Test("Closed: never sent by itself or by the till, by a person it is; a document that comes late counts")
    func closed() async throws {
        let (world, till, identity) = try await Self.till(.lost(made: true))
        try await till.close(identity, by: "Петров", because: "клиент ушёл")
        #expect(try await till.openSubmissions().isEmpty)
        world.clock.advance(by: .seconds(3600))
        #expect(try await till.sync(ignoringPauses: true).outcomes.isEmpty)
        let error = await #expect(throws: FermaError.self) {
            try await till.issue(world.receipt(), requestID: "order-1")
        }
        #expect(error?.code == .closed)
        #expect(try await till.repeatSame(identity, by: "Петров", because: "вернулся").document != nil)
        #expect(world.service.documentCount == 1)
    }

    @Test("A decision needs a name and a reason, and a sale that the journal has")
    func incomplete() async throws {
        let (world, till, identity) = try await Self.till(.device(51, fatal: true))
        for (by, because, field) in [("", "x", "by"), ("x", "", "because")] {
            let error = await #expect(throws: InvalidField.self) {
                try await till.repeatSame(identity, by: by, because: because)
            }
            #expect(error?.field == field)
            await #expect(throws: InvalidField.self) { try await till.close(identity, by: by, because: because) }
            await #expect(throws: InvalidField.self) {
                try await till.correct(identity, with: world.receipt(), by: by, because: because)
            }
        }
        let stranger = try RequestIdentity(requestID: "order-9")
        let missing = await #expect(throws: FermaError.self) {
            try await till.close(stranger, by: "Петров", because: "нет")
        }
        #expect(missing?.code == .notFound)
        let taken = await #expect(throws: FermaError.self) {
            try await till.correct(
                identity, with: world.receipt(), requestID: "order-1", by: "Петров", because: "тот же")
        }
        #expect(taken?.code == .identityTaken)
        #expect(try await till.submission(identity)?.decisions.isEmpty == true)
    }

    @Test("Repeating by itself ends thirty days after the first sending; a person repeats the same bytes later too")
    func thirtyDays() async throws {
        let (world, _, identity) = try await Self.till(.lost(made: true))
        let till = try await world.open { $0.repeats = RepeatPolicy(longestPause: .seconds(6 * 3600)) }
        world.service.plan(.lost(made: true), times: 4000)
        try await world.settle(till)
        let last = world.clock.now() - TillAndService.start
        #expect(last < .seconds(30 * 86_400) && last >= .seconds(30 * 86_400 - 6 * 3600))
        let sent = world.service.requests.count
        let outcome = try #require(try await till.outcome(requestID: "order-1"))
        #expect(outcome.word == "unknown" && outcome.waiting == .held(.repeatsRanOut))
        world.clock.advance(by: .seconds(3600))
        #expect(try await till.sync(ignoringPauses: true).needPerson == [identity])
        #expect(try await till.issue(world.receipt(), requestID: "order-1").word == "unknown")
        #expect(world.service.requests.count == sent)
        // The person's own attempt is lost as well: it comes back to him.
        let lost = try await till.repeatSame(identity, by: "Петров", because: "в кабинете чека нет")
        #expect(lost.waiting == .held(.repeatsRanOut))
        #expect(world.service.requests.count == sent + 1)
        #expect(Set(world.service.bodies).count == 1 && world.service.documentCount == 1)
        // Equal endings in a row are one record.
        #expect(try await till.submission(identity)?.attempts.count == 1)
    }

    @Test("The machine was off for thirty days: nothing goes out by itself, and a person is asked")
    func offForThirtyDays() async throws {
        let (world, _, identity) = try await Self.till(.lost(made: true))
        world.clock.advance(by: .seconds(30 * 86_400))
        let till = try await world.open()
        var events = till.events.makeAsyncIterator()
        let report = try await till.sync()
        #expect(report.needPerson == [identity] && report.nextDue == nil)
        #expect(world.service.requests.count == 1)
        guard case .alarm(let alarm) = await events.next() else {
            Issue.record("nobody was told")
            return
        }
        #expect(alarm.kind == .personNeeded(.repeatsRanOut))
    }
}
