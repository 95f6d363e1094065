import FiscalCore
import FiscalSimulators
import FiscalStore
import FiscalTestSupport
import Synchronization
import TSEOffline
import Testing

/// What a till makes of unusual answers, what it keeps, and what it says to its host.
@Suite("A till and its fiscal service: answers and looks")
struct TillAnswerTests {
    private static let receipt = TillAndService.receipt

    private func outcome(
        _ faults: [TSEOfficeFault], tseIsDown: Bool = false
    ) async throws -> (FiscalServiceOutcome, TillAndService, FiscalServiceClient) {
        let shop = try await TillAndService()
        let till = try await shop.till()
        _ = try await till.create("sale-1")
        if tseIsDown { await shop.tse.pullOut() }
        for fault in faults { await shop.fault(fault, .store) }
        return (try await till.store("sale-1", processData: Self.receipt), shop, till)
    }

    @Test("−99 from a finishing call: finished unsigned, with the outage on paper, and not stored again")
    func minus99AtStore() async throws {
        let (outcome, shop, till) = try await self.outcome(
            [.member("FiscalisationDocumentNumber", json: "-99")], tseIsDown: true)
        #expect(outcome.word == "pending")
        #expect(outcome.answer?.verdict.kind == .createFailed)
        #expect(outcome.paper.items == [.text("TSE ausgefallen.")])
        #expect(try await till.store("sale-1", processData: Self.receipt).answer?.isFromJournal == true)
        _ = try await till.sync()
        #expect(await shop.requests(.store).count == 1)
        #expect(try await till.unfinishedDocuments().isEmpty)
    }

    @Test(
        "Neither signed nor an outage: finished, and nothing of a TSE on paper",
        arguments: [
            TSEOfficeFault.member("QrCodeDataString", json: "\"\""), .member("TseSignatureCounter", json: "0"),
            .member("ErrorDescription", json: "\"Something failed\""),
            .member("FiscalisationDocumentNumber", json: "-99"),
        ])
    func unsigned(_ fault: TSEOfficeFault) async throws {
        let (outcome, _, till) = try await self.outcome([fault])
        guard case .pending(let unsigned) = outcome.state, case .unsigned = unsigned.reason else {
            Issue.record("\(outcome.state)")
            return
        }
        #expect(outcome.paper.items.isEmpty)
        #expect(try await till.unfinishedDocuments().isEmpty)
    }

    @Test("A print message of a success is printed above the QR code; that of createDocument never is")
    func printMessage() async throws {
        let shop = try await TillAndService()
        let till = try await shop.till()
        await shop.fault(.member("PrintMessage", json: "\"nur beim Anlegen\""), .create)
        await shop.fault(.member("PrintMessage", json: "\"***Test***\""), .store)
        _ = try await till.create("sale-1")
        let outcome = try await till.store("sale-1", processData: Self.receipt)
        #expect(outcome.word == "registered")
        #expect(outcome.paper.items.first == .text("***Test***"))
        #expect(outcome.paper.items.count == 2)
        #expect(!outcome.paper.lines.joined().contains("Anlegen"))
    }

    @Test("An answer for another country is none of ours: refused, nothing printed, and not sent again")
    func otherCountry() async throws {
        // With a print message in it, which is another country's too.
        let (outcome, shop, till) = try await self.outcome(
            [.member("FiscalCountry", json: "\"[9] = Italy\"")], tseIsDown: true)
        #expect(outcome.word == "refused")
        #expect(outcome.paper.items.isEmpty)
        #expect(try await till.store("sale-1", processData: Self.receipt).answer?.isFromJournal == true)
        #expect(await shop.requests(.store).count == 1)
    }

    @Test("At the limit of open transactions createDocument is case A, and the till says how many it left unfinished")
    func openLimit() async throws {
        var rules = TSERules()
        rules.maximumOpenTransactions = 3
        let shop = try await TillAndService(rules: rules)
        let till = try await shop.till()
        for number in 1...3 {
            let opened = try await till.create("sale-\(number)")
            #expect(!opened.tseFailed)
            #expect(opened.answer.unfinishedDocuments == number - 1)
        }
        let fourth = try await till.create("sale-4")
        #expect(fourth.tseFailed)
        #expect(fourth.answer.response.number == -99)
        #expect(fourth.answer.unfinishedDocuments == 3)
        #expect(try await till.cancel("sale-2").word == "registered")
        #expect(try await till.create("sale-5").answer.verdict.kind == .started)
    }

    @Test("What brings no fiscal response is not shown as an outage of the TSE, and the other way round")
    func status() async throws {
        let shop = try await TillAndService()
        let till = try await shop.till()
        shop.transport.failAlways(.unreachable)
        await #expect(throws: FiscalServiceClientError.self) { try await till.create("sale-1") }
        var status = try await till.status()
        #expect(status.tseIsDown == nil)
        #expect(status.lastFault?.kind == .notDelivered)
        shop.transport.failAlways(nil)
        await shop.tse.pullOut()
        _ = try await till.create("sale-1")
        status = try await till.status()
        #expect(status.tseIsDown == true)
        #expect(status.lastFault == nil)
        #expect(status.notice == "Tse not connected.")
        #expect(status.open == 1)
        await shop.tse.putBack()
        _ = try await till.store("sale-1", processData: Self.receipt)
        status = try await till.status()
        #expect(status.tseIsDown == false)
        #expect(status.notice == nil)
        #expect(status.open == 0 && status.unanswered == 0)
    }

    @Test("Whoever listens hears of openings, ends and faults as they happen")
    func events() async throws {
        let shop = try await TillAndService()
        let till = try await shop.till()
        var heard: [String] = []
        let stream = till.events
        _ = try await till.create("sale-1")
        await shop.fault(.lost(carriedOut: true), .store)
        _ = try await till.store("sale-1", processData: Self.receipt)
        _ = try await till.sync()
        for await event in stream {
            switch event {
            case .opened(let opened): heard.append("opened \(opened.documentID)")
            case .finished(let outcome): heard.append(outcome.word)
            case .fault(_, let fault): heard.append("\(fault.kind)")
            case .decided: heard.append("decided")
            }
            if heard.count == 4 { break }
        }
        #expect(heard == ["opened sale-1", "noAnswer", "unknown", "registered"])
    }

    // MARK: What the host may not do

    @Test("A document is finished by one call with one content")
    func taken() async throws {
        let shop = try await TillAndService()
        let till = try await shop.till()
        func code(_ call: () async throws -> Void) async -> FiscalServiceClientError.Code? {
            do {
                try await call()
                return nil
            } catch { return (error as? FiscalServiceClientError)?.code }
        }
        #expect(await code { _ = try await till.store("sale-1", processData: Self.receipt) } == .notStarted)
        _ = try await till.create("sale-1")
        #expect(try await till.create("sale-1").answer.isFromJournal)
        #expect(await shop.requests(.create).count == 1)
        await shop.fault(.lost(carriedOut: false), .store)
        _ = try await till.store("sale-1", processData: Self.receipt)
        let other = "Beleg^9.00_0.00_0.00_0.00_0.00^9.00:Bar"
        #expect(await code { _ = try await till.store("sale-1", processData: other) } == .documentTaken)
        #expect(await code { _ = try await till.cancel("sale-1") } == .documentTaken)
        #expect(try await till.store("sale-1", processData: Self.receipt).word == "registered")
        #expect(await code { _ = try await till.store("sale-1", processData: other) } == .documentTaken)
        #expect(await code { _ = try await till.create("sale-1") } == .alreadyFinished)
        #expect(await shop.signed().map(\.processData) == [Self.receipt])
    }

    @Test("Bad input is refused with its field before anything is kept or sent")
    func badInput() async throws {
        let shop = try await TillAndService()
        let till = try await shop.till()
        func field(_ call: () async throws -> Void) async -> String? {
            do {
                try await call()
                return nil
            } catch { return (error as? InvalidField)?.field }
        }
        #expect(await field { _ = try await till.create("") } == "documentId")
        #expect(await field { _ = try await till.create(String(repeating: "x", count: 201)) } == "documentId")
        _ = try await till.create("sale-1")
        #expect(
            await field {
                _ = try await till.store("sale-1", processType: ProcessType(rawValue: "a;b"), processData: "")
            }
                == "ProcessType")
        #expect(await field { _ = try await till.store("sale-1", processData: "Beleg^1.00") } != nil)
        #expect(await field { try await till.close("sale-1", by: "", because: "x") } == "by")
        #expect(await field { try await till.close("sale-1", by: "x", because: "") } == "because")
        #expect(await shop.requests().count == 1)
        for endpoint in [
            "", "ftp://127.0.0.1", "http://", "http://user:secret@127.0.0.1", "http://a/?x=1", "127.0.0.1",
        ] {
            #expect(
                await field {
                    _ = try await FiscalServiceClient.open(
                        configuration: FiscalServiceClientConfiguration(endpoint: endpoint, register: "3656-1"),
                        store: MemoryStore(), transport: shop.transport, clock: shop.clock,
                        randomness: CountingRandomSource())
                } == "endpoint", "\(endpoint)")
        }
        #expect(await field { _ = try await shop.till("3656;1") } == "CashRegisterId")
    }

    @Test("A person takes a document out with a name and a reason; nothing is sent for it any more")
    func close() async throws {
        let shop = try await TillAndService()
        let till = try await shop.till()
        _ = try await till.create("sale-1")
        await shop.fault(.lost(carriedOut: false), .store)
        _ = try await till.store("sale-1", processData: Self.receipt)
        try await till.close("sale-1", by: "M. Weber", because: "the service was replaced")
        let requests = await shop.requests().count
        #expect(try await till.sync().outcomes.isEmpty)
        #expect(try await till.unfinishedDocuments().isEmpty)
        #expect(await shop.requests().count == requests)
        let kept = try #require(try await till.document("sale-1"))
        #expect(kept.decisions.map(\.by) == ["M. Weber"])
        await #expect(throws: FiscalServiceClientError.self) {
            try await till.store("sale-1", processData: Self.receipt)
        }
    }

    @Test("A till without an identifier of its own gets one that is never used twice")
    func madeIdentifiers() async throws {
        let shop = try await TillAndService()
        let till = try await shop.till()
        let first = try await till.create().documentID
        let second = try await till.create().documentID
        #expect(first != second)
        #expect(first.utf8.count == 36)
    }

    @Test("Calls of one till go out one after another, whoever makes them at the same time")
    func oneAfterAnother() async throws {
        let shop = try await TillAndService()
        let till = try await shop.till()
        let ids = (1...8).map { "sale-\($0)" }
        let most = Mutex((now: 0, most: 0))
        shop.transport.onBefore { _ in
            most.withLock { count in
                count.now += 1
                count.most = max(count.most, count.now)
            }
            for _ in 0..<10 { await Task.yield() }
        }
        shop.transport.onAfter { _ in most.withLock { $0.now -= 1 } }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for id in ids {
                group.addTask {
                    _ = try await till.create(id)
                    _ = try await till.store(id, processData: Self.receipt)
                }
            }
            try await group.waitForAll()
        }
        #expect(await shop.signed().count == 8)
        #expect(most.withLock { $0.most } == 1)
        #expect(shop.transport.exchanges.count == 16)
    }
}
