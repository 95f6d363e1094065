import FermaClient
import FiscalCore
import FiscalStore
import FiscalTestSupport
import HTTPTypes
import Testing

@Suite("A till that has its receipts made")
struct FermaSubmissionTests {
    @Test("Online: the document comes back, and the request is a POST of one JSON object to the official address")
    func online() async throws {
        let world = TillAndService()
        let till = try await world.open()
        let outcome = try await till.issue(world.receipt(), requestID: "order-1")
        let document = try #require(outcome.document)
        #expect(document.number == 1000)
        #expect(document.total == Money(minorUnits: 12000, currency: .rub))
        #expect(document.sign == 3_000_001_000)
        #expect(outcome.facts.isTest)
        let request = try #require(world.service.requests.first)
        #expect(request.head.method == .post)
        #expect(request.head.scheme == "https")
        #expect(request.head.authority == "ferma-c.ofd.ru")
        #expect(request.head.path == "/api/kkt/cloud/sync/receipt")
        #expect(request.head.headerFields[.contentType] == "application/json; charset=utf-8")
        let body = try JSON(parsing: request.body)
        #expect(body["Requestid"] == "order-1")
        #expect(body["Device"] == "auto")
        #expect(body["Group"] == nil && body["Clientid"] == nil)
        #expect(try await till.status().waiting == 0)
        #expect(try await till.openSubmissions().isEmpty)
    }

    @Test("Without an identifier of the host a UUID is made, one for each receipt")
    func ownIdentifier() async throws {
        let world = TillAndService()
        let till = try await world.open()
        var identifiers: Set<String> = []
        for _ in 0..<3 { identifiers.insert(try await till.issue(world.receipt()).facts.identity.requestID) }
        #expect(identifiers.count == 3 && identifiers.allSatisfy { $0.utf8.count == 36 })
        #expect(world.service.documentCount == 3)
    }

    @Test("The answer is lost: unknown, nothing on paper; repeated with the same bytes, and there is one document")
    func lostAnswer() async throws {
        let world = TillAndService()
        let till = try await world.open()
        world.service.plan(.lost(made: true))
        let outcome = try await till.issue(world.receipt(), requestID: "order-1")
        #expect(outcome.word == "unknown")
        #expect(outcome.paper == Paper())
        #expect(outcome.waiting == .until(world.clock.now() + .seconds(5)))
        #expect(try await till.sync().outcomes.isEmpty)
        world.clock.advance(by: .seconds(5))
        let repeated = try #require(try await till.sync().outcomes.first)
        #expect(repeated.document?.number == 1000)
        #expect(repeated.paper.qr != nil)
        #expect(world.service.documentCount == 1)
        #expect(world.service.requests.count == 2)
        #expect(world.service.requests[0].body == world.service.requests[1].body)
    }

    @Test("No link: pending, nothing on paper, sent again by itself; the round ends at once")
    func unreachable() async throws {
        let world = TillAndService()
        let till = try await world.open()
        world.service.plan(.unreachable, .unreachable, .unreachable)
        for number in 1...2 {
            let outcome = try await till.issue(world.receipt(), requestID: "order-\(number)")
            #expect(outcome.word == "pending" && outcome.paper == Paper())
        }
        world.clock.advance(by: .seconds(60))
        let report = try await till.sync()
        #expect(report.linkIsDown && report.outcomes.count == 1)
        #expect(report.nextDue == world.clock.now() + .seconds(5))
        #expect(try await till.status().lastError == "not delivered: unreachable")
        try await world.settle(till)
        #expect(world.service.documentCount == 2)
        #expect(try await till.status().lastError == nil)
    }

    @Test("The same identifier: with the same receipt the same sale, from the journal; with another one refused")
    func sameIdentifier() async throws {
        let world = TillAndService()
        let till = try await world.open()
        let first = try await till.issue(world.receipt(), requestID: "order-1")
        let again = try await world.open().issue(world.receipt(), requestID: "order-1")
        #expect(again.document == first.document && again.paper == first.paper)
        #expect(world.service.requests.count == 1)
        let error = await #expect(throws: FermaError.self) {
            try await till.issue(world.receipt("99.00"), requestID: "order-1")
        }
        #expect(error?.code == .identityTaken)
        #expect(world.service.requests.count == 1)
    }

    @Test("The identity is all three: another client or enterprise makes another document")
    func threePartIdentity() async throws {
        let world = TillAndService()
        for (group, client) in [(nil, nil), (nil, "site-a"), (nil, "site-b"), ("7", "site-a")] as [(String?, String?)] {
            let till = try await world.open {
                $0.group = group
                $0.clientID = client
            }
            let outcome = try await till.issue(world.receipt(), requestID: "order-1")
            #expect(outcome.document != nil)
            #expect(outcome.facts.identity.clientID == client)
        }
        #expect(world.service.documentCount == 4)
        let bodies = try world.service.requests.map { try JSON(parsing: $0.body) }
        #expect(bodies.map { $0["Group"]?.string } == [nil, nil, nil, "7"])
        // An empty text is none: the first of them is found again.
        let empty = try await world.open {
            $0.group = ""
            $0.clientID = ""
        }
        _ = try await empty.issue(world.receipt(), requestID: "order-1")
        #expect(world.service.requests.count == 4)
    }

    @Test("Code 24: asked again with growing pauses until the first result is there, never a second document")
    func inProgress() async throws {
        let world = TillAndService()
        let till = try await world.open()
        world.service.plan(.lost(made: true))
        world.service.plan(.service(24, fatal: nil), times: 4)
        _ = try await till.issue(world.receipt(), requestID: "order-1")
        var pauses: [Duration] = []
        while let due = try await till.sync().nextDue {
            pauses.append(due - world.clock.now())
            world.clock.set(due)
        }
        #expect(pauses == [5, 10, 20, 40, 80].map { .seconds($0) })
        #expect(try await till.outcome(requestID: "order-1")?.document != nil)
        #expect(world.service.documentCount == 1)
        #expect(Set(world.service.bodies).count == 1)
    }

    @Test(
        "A server error without JSON, or with JSON that has no code, is unknown and repeated",
        arguments: [
            ServiceStep.raw(500, "<html>Internal Server Error</html>"), .raw(500, ""), .raw(500, "{}"), .raw(404, "[]"),
            .raw(200, "null"), .raw(200, "{\"Response\":null}"),
        ])
    func unreadable(_ step: ServiceStep) async throws {
        let world = TillAndService()
        let till = try await world.open()
        world.service.plan(step)
        let outcome = try await till.issue(world.receipt(), requestID: "order-1")
        #expect(outcome.word == "unknown" && outcome.answer == nil)
        try await world.settle(till)
        #expect(world.service.documentCount == 1 && Set(world.service.bodies).count == 1)
    }

    @Test("An answer to another request: kept, reported, and no answer to this one")
    func foreignAnswer() async throws {
        let world = TillAndService()
        let till = try await world.open()
        var events = till.events.makeAsyncIterator()
        world.service.plan(.damaged("\"Requestid\":\"order-1\"", "\"Requestid\":\"order-2\""))
        let outcome = try await till.issue(world.receipt(), requestID: "order-1")
        #expect(outcome.word == "unknown" && outcome.paper == Paper())
        guard case .alarm(let alarm) = await events.next() else {
            Issue.record("no alarm")
            return
        }
        #expect(alarm.kind == .foreignAnswer)
        try await world.settle(till)
        let submission = try #require(try await till.submission(requestID: "order-1"))
        guard case .answer(let kept) = submission.attempts.first?.ending else {
            Issue.record("\(submission.attempts)")
            return
        }
        #expect(String(decoding: kept.body, as: UTF8.self).contains("\"Requestid\":\"order-2\""))
        #expect(try await till.outcome(requestID: "order-1")?.document != nil)
        #expect(world.service.documentCount == 1)
    }

    @Test("The device needs twenty seconds: the default time limit waits for it")
    func slowDevice() async throws {
        let world = TillAndService()
        world.service.plan(.slow(20))
        #expect(try await world.open().issue(world.receipt()).document != nil)
        world.service.plan(.slow(20))
        let impatient = try await world.open { $0.timeout = .seconds(10) }
        #expect(try await impatient.issue(world.receipt(), requestID: "order-2").word == "unknown")
    }

    @Test("What in the answer does not fit is reported with an alarm and undoes nothing")
    func inconsistent() async throws {
        let world = TillAndService()
        let till = try await world.open()
        var events = till.events.makeAsyncIterator()
        world.service.plan(.damaged("\"GrandTotal\":12000", "\"GrandTotal\":12001"))
        let outcome = try await till.issue(world.receipt(), requestID: "order-1")
        guard case .registered(let registered) = outcome.state, case .alarm(let alarm) = await events.next() else {
            Issue.record("\(outcome.word)")
            return
        }
        #expect(Set(registered.inconsistencies.map(\.word)) == [.grandTotal, .qrSum])
        #expect(alarm.kind == .inconsistent(registered.inconsistencies))
    }

    @Test("Production and test have journals of their own; results of the test environment say so")
    func environments() async throws {
        let world = TillAndService()
        let test = try await world.open().issue(world.receipt(), requestID: "order-1")
        let real = try await world.open { $0.environment = .production }.issue(world.receipt(), requestID: "order-1")
        #expect(test.facts.isTest && !real.facts.isTest)
        #expect(test.paper.lines.first == "ТЕСТ: чек не является фискальным документом")
        #expect(real.paper.lines.first == "КАССОВЫЙ ЧЕК")
        #expect(world.service.requests.count == 2)
    }

    @Test(
        "Only a plain https address and a time limit of a second or more are taken",
        arguments: [
            "http://ferma-c.ofd.ru/x", "ferma-c.ofd.ru", "https://", "https://a:b@ferma-c.ofd.ru/", "https://h/?a=b",
        ])
    func configuration(_ address: String) async throws {
        let world = TillAndService()
        let endpoint = await #expect(throws: InvalidField.self) { try await world.open { $0.endpoint = address } }
        #expect(endpoint?.field == "endpoint")
        let timeout = await #expect(throws: InvalidField.self) {
            try await world.open { $0.timeout = .milliseconds(999) }
        }
        #expect(timeout?.field == "timeout")
        #expect(
            FermaClientConfiguration(environment: .production).endpoint
                == "https://ferma-c.ofd.ru/api/kkt/cloud/sync/receipt")
    }

    @Test("Cancelled in the middle of a request while it runs in a loop: it ends, and the answer is kept")
    func running() async throws {
        let world = TillAndService()
        let till = try await world.open()
        world.service.plan(.lost(made: true), .service(24, fatal: nil))
        _ = try await till.issue(world.receipt(), requestID: "order-1")
        world.service.onAfter { [service = world.service] in
            if service.requests.count == 3 { withUnsafeCurrentTask { $0?.cancel() } }
        }
        try await Task { try await till.run() }.value
        #expect(try await till.outcome(requestID: "order-1")?.document != nil)
        #expect(world.service.requests.count == 3 && world.service.documentCount == 1)
    }
}
