import FermaClient
import FiscalCore
import FiscalTestSupport
import Testing

/// A code, and what decision F3 says about it; written down from its table, not from the library's.
struct DecidedCode: Sendable, CustomStringConvertible {
    var isService: Bool
    var code: Int
    var word: RetryWord
    var fatal: Bool?

    var description: String {
        "\(self.isService ? "service" : "device") \(self.code), Fatal \(self.fatal.map { "\($0)" } ?? "absent")"
    }

    var step: ServiceStep {
        self.isService ? .service(self.code, fatal: self.fatal) : .device(self.code, fatal: self.fatal)
    }

    /// Decision F4.
    var repeatsByItself: Bool {
        switch self.word {
        case .waitSameId, .laterSameId: self.fatal != true
        case .sameId: self.fatal == false
        case .unknownStateSameIdOnly: self.fatal == false && !(self.isService && [19, 20].contains(self.code))
        case .none, .fixThenNewId, .never: false
        }
    }

    /// The column "D4 state".
    var outcome: String {
        switch self.word {
        case .none: "registered"
        case .waitSameId, .unknownStateSameIdOnly: "unknown"
        case .laterSameId, .sameId: "pending"
        case .fixThenNewId, .never: "refused"
        }
    }

    var raisesAlarm: Bool {
        // A device that is worn out (5, 6, 18) holds up everybody behind it.
        self.isService ? [6, 16, 19, 20].contains(self.code) : [57, 255, 5, 6, 18].contains(self.code)
    }

    private static let service: [(RetryWord, [Int])] = [
        (.waitSameId, [24]), (.laterSameId, [5, 18]), (.sameId, [12, 13, 14, 15]),
        (.never, [1, 2, 3, 4, 7, 8, 9, 10, 17, 21]),
        (.unknownStateSameIdOnly, [6, 16, 19, 20, 11, 22, 23, 25, 99, 4_000_000]),
    ]
    private static let device: [(RetryWord, [Int])] = [
        (.laterSameId, [80]),
        (.sameId, [1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 17, 18, 20, 21, 22, 23, 32, 40, 41, 60, 61, 70, 74, 79, 85, 90, 95]),
        (.sameId, [109, 114, 115, 124, 125, 192, 196, 207, 239, 247, 248, 249, 252, 253, 254]),
        (.fixThenNewId, [51, 52, 55, 69, 73, 77, 94, 142, 208, 238, 241, 242, 243, 245, 246]),
        (.unknownStateSameIdOnly, [57, 200, 240, 244, 250, 255, 10, 15, 19, 24, 31, 251, 256, 100_000]),
    ]

    static let all: [Self] = [(true, Self.service), (false, Self.device)].flatMap { isService, table in
        table.flatMap { word, codes in
            codes.flatMap { code in
                ([true, false, nil] as [Bool?]).map { fatal in
                    Self(isService: isService, code: code, word: word, fatal: fatal)
                }
            }
        }
    }
}

@Suite("Every code of both tables, with Fatal true, false and absent, from the wire to the till")
struct FermaCodeOutcomeTests {
    @Test(
        "State, repeats, alarm and the way to a document are those of decisions F3 and F4", arguments: DecidedCode.all)
    func code(_ code: DecidedCode) async throws {
        let world = TillAndService()
        let till = try await world.open()
        let events = till.events
        world.service.plan(code.step)
        let outcome = try await till.issue(world.receipt(), requestID: "order-1")
        #expect(outcome.word == code.outcome)
        Self.checkAnswer(outcome, code)
        #expect(outcome.document == nil && outcome.paper == Paper())
        #expect(try await till.status().lastError?.contains("\(code.code)") == true)

        try await world.settle(till)
        let byItself = world.service.requests.count == 2
        #expect(byItself == code.repeatsByItself)
        #expect(Set(world.service.bodies).count == 1)
        if byItself {
            #expect(try await till.outcome(requestID: "order-1")?.document != nil)
        } else if code.outcome == "refused" {
            #expect(try await till.status().refused == [outcome.facts.identity])
        } else {
            #expect(outcome.waiting == .held(code.fatal == true ? .fatal : .notSafe))
            let repeated = try await till.repeatSame(
                outcome.facts.identity, by: "Иванова", because: "причина устранена")
            #expect(repeated.document != nil)
        }
        #expect(world.service.documentCount == (code.outcome == "refused" ? 0 : 1))
        #expect(
            await Self.firstIsAlarm(events) == (code.raisesAlarm || outcome.needsPerson && code.outcome != "refused"))
    }

    private static func checkAnswer(_ outcome: FermaOutcome, _ code: DecidedCode) {
        switch outcome.answer?.outcome {
        case .serviceError(let error): #expect(code.isService && error.code == code.code)
        case .deviceError(let error): #expect(!code.isService && error.code == code.code)
        default: Issue.record("no code")
        }
        #expect(outcome.answer?.message == (code.isService ? "svc" : "dev") + " \(code.code)")
    }

    /// Alarms come before the outcome.
    private static func firstIsAlarm(_ events: AsyncStream<FermaEvent>) async -> Bool {
        for await event in events {
            if case .alarm = event { return true }
            return false
        }
        return false
    }

    @Test(
        "The document was made all the same: whatever unknown code came, the repeat finds that one",
        arguments: [
            ServiceStep.device(57, fatal: true, made: true), .device(200, fatal: false, made: true),
            .device(240, fatal: nil, made: true), .device(244, fatal: false, made: true),
            .device(250, fatal: true, made: true), .device(255, fatal: true, made: true),
            .service(6, fatal: false, made: true), .service(16, fatal: false, made: true),
            .service(19, fatal: false, made: true), .service(20, fatal: false, made: true),
        ])
    func madeAllTheSame(_ step: ServiceStep) async throws {
        let world = TillAndService()
        let till = try await world.open()
        world.service.plan(step)
        let outcome = try await till.issue(world.receipt(), requestID: "order-1")
        #expect(outcome.word == "unknown")
        try await world.settle(till)
        if try await till.outcome(requestID: "order-1")?.document == nil {
            _ = try await till.repeatSame(outcome.facts.identity, by: "Иванова", because: "проверено")
        }
        #expect(try await till.outcome(requestID: "order-1")?.document?.number == 1000)
        #expect(world.service.documentCount == 1 && Set(world.service.bodies).count == 1)
    }

    @Test("JSON without a code that says Fatal: no answer, and not repeated without a person")
    func fatalWithoutCode() async throws {
        let world = TillAndService()
        let till = try await world.open()
        world.service.plan(.raw(500, "{\"Fatal\":true}"))
        let outcome = try await till.issue(world.receipt(), requestID: "order-1")
        #expect(outcome.word == "unknown" && outcome.waiting == .held(.fatal))
    }
}
