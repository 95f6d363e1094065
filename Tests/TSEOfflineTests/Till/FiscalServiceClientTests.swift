import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import TSEOffline
import Testing

/// Whole sales: till, HTTP, fiscal service, TSE.
@Suite("A till and its fiscal service: sales")
struct FiscalServiceClientTests {
    private static let receipt = TillAndService.receipt

    // MARK: Regular

    @Test("A sale with the TSE there is signed, carries the QR code on paper, and openssl verifies what was signed")
    func regular() async throws {
        let shop = try await TillAndService()
        let till = try await shop.till()
        let opened = try await till.create("sale-1")
        #expect(opened.answer.verdict.kind == .started)
        #expect(!opened.tseFailed)
        shop.clock.advance(by: .seconds(30))
        let outcome = try await till.store("sale-1", processData: Self.receipt)
        guard case .registered(let signed) = outcome.state else {
            Issue.record("\(outcome.state)")
            return
        }
        #expect(signed.answer.verdict.signatureVerdict == .valid)
        #expect(signed.answer.verdict.inconsistencies.isEmpty)
        #expect(outcome.paper.qr == signed.answer.response.additionalFields.qrCodeDataString)
        #expect(try #require(outcome.paper.qr).hasPrefix("V0;3656-1;Kassenbeleg-V1;\(Self.receipt);1;2;"))
        let entry = try #require(await shop.signed().first)
        #expect(try TSESignatureJudge(try TillAndService.identity.get()).verifies(entry.message, entry.signature))
        #expect(entry.processData == Self.receipt)
        #expect(try await till.unfinishedDocuments().isEmpty)
    }

    @Test("Only three calls exist: their sequence and shape are the same with the TSE up and down, but for the echo")
    func sameCalls() async throws {
        var shapes: [[String]] = []
        for isDown in [false, true] {
            let shop = try await TillAndService()
            if isDown { await shop.tse.pullOut() }
            let till = try await shop.till()
            _ = try await till.create("sale-1")
            _ = try await till.store("sale-1", processData: Self.receipt)
            _ = try await till.create("sale-2")
            _ = try await till.cancel("sale-2")
            var shape: [String] = []
            for request in await shop.requests() {
                let body = try JSON(parsing: request.body)
                let fields = (body.members ?? []).map { member in
                    member.name.hasPrefix("fiscalDocument") ? member.name : "\(member.name)=\(member.value.text)"
                }
                shape.append("\(request.method) \(request.path) \(fields.joined(separator: "&"))")
            }
            shapes.append(shape)
        }
        #expect(shapes[0] == shapes[1])
        #expect(shapes[0].count == 4)
        #expect(
            shapes[0].first == "PUT /api/v1/transactions/createDocument documentId=\"sale-1\"&cashRegisterId=\"3656-1\""
        )
    }

    // MARK: Case A

    @Test(
        "Case A: −99, the sale goes on, −99/0/0 go back, the service opens and signs in one call, the paper is regular")
    func caseA() async throws {
        let shop = try await TillAndService()
        let till = try await shop.till()
        await shop.tseFault(.unreachable, .start)
        let opened = try await till.create("sale-1")
        #expect(opened.tseFailed)
        #expect(opened.answer.response.number == -99)
        #expect(opened.answer.notice == "Tse not connected.")
        #expect(opened.answer.verdict.mayContinueSale)
        let outcome = try await till.store("sale-1", processData: Self.receipt)
        #expect(outcome.word == "registered")
        #expect(try #require(outcome.answer).response.number ?? 0 > 0)
        #expect(outcome.answer?.response.errorDescription == "")
        let sent = try JSON(parsing: try #require(await shop.requests(.store).first).body)
        #expect(sent["fiscalDocumentNumber"] == -99)
        #expect(sent["fiscalDocumentRevision"] == 0)
        #expect(sent["fiscalDocumentStartTime"] == 0)
        // Start and finish, without a call of the till between them.
        #expect(await shop.tse.device.log.map(\.operation) == [.start, .finish])
        // Printed like any other.
        #expect(outcome.paper.items.count == 1)
        #expect(outcome.paper.qr != nil)
        // One createDocument only, and nothing left for later.
        #expect(await shop.requests(.create).count == 1)
        #expect(try await shop.office.service.waitingDocuments().isEmpty)
        #expect(await shop.signed().count == 1)
    }

    @Test("Case A may be cancelled: the transaction is opened and closed, the answer regular")
    func caseACancelled() async throws {
        let shop = try await TillAndService()
        let till = try await shop.till()
        await shop.tseFault(.unreachable, .start)
        _ = try await till.create("sale-1")
        let outcome = try await till.cancel("sale-1")
        #expect(outcome.word == "registered")
        #expect(await shop.tse.device.log.map(\.operation) == [.start, .finish])
        #expect(await shop.signed().first?.processData == "AVBelegabbruch^0.00_0.00_0.00_0.00_0.00^")
    }

    @Test("Two documents may both have −99: each keeps its own items, in whatever order they are finished")
    func twoMinus99() async throws {
        let shop = try await TillAndService()
        let first = try await shop.till("3656-1")
        let second = try await shop.till("3656-2")
        await shop.tse.pullOut()
        let openedFirst = try await first.create("a")
        let openedSecond = try await second.create("b")
        #expect(openedFirst.answer.response.number == -99 && openedSecond.answer.response.number == -99)
        #expect(openedFirst.answer.response.cashRegisterID == "3656-1")
        #expect(openedSecond.answer.response.cashRegisterID == "3656-2")
        await shop.tse.putBack()
        let other = "Beleg^3.00_0.00_0.00_0.00_0.00^3.00:Unbar"
        #expect(try await second.store("b", processData: other).word == "registered")
        #expect(try await first.store("a", processData: Self.receipt).word == "registered")
        let signed = await shop.signed()
        #expect(signed.map(\.processData) == [other, Self.receipt])
        #expect(signed.map(\.client) == ["3656-2", "3656-1"])
    }

    @Test("createDocument that answers 0 in place of −99 is an outage too, and the 0 goes back as it came")
    func zeroAtCreate() async throws {
        let shop = try await TillAndService()
        let till = try await shop.till()
        await shop.tseFault(.unreachable, .start)
        await shop.fault(.member("FiscalisationDocumentNumber", json: "0"), .create)
        let opened = try await till.create("sale-1")
        #expect(opened.answer.response.number == 0)
        #expect(opened.tseFailed)
        #expect(try await till.store("sale-1", processData: Self.receipt).word == "registered")
        let sent = try JSON(parsing: try #require(await shop.requests(.store).first).body)
        #expect(sent["fiscalDocumentNumber"] == 0)
    }

    // MARK: Cases B and C

    @Test(
        "Case B: finished unsigned with the outage on paper and nothing of a TSE, never sent again, signed by itself later",
        arguments: [FiscalStep.store, .cancel])
    func caseB(_ step: FiscalStep) async throws {
        let shop = try await TillAndService()
        let till = try await shop.till()
        let opened = try await till.create("sale-1")
        #expect(opened.answer.verdict.kind == .started)
        await shop.tse.pullOut()
        func finish() async throws -> FiscalServiceOutcome {
            step == .store ? try await till.store("sale-1", processData: Self.receipt) : try await till.cancel("sale-1")
        }
        let outcome = try await finish()
        guard case .pending(let unsigned) = outcome.state, case .outage(let answer) = unsigned.reason else {
            Issue.record("\(outcome.state)")
            return
        }
        #expect(answer.verdict.kind == .storeFailed)
        #expect(answer.verdict.resignByService)
        #expect(answer.notice == "Tse not connected.")
        #expect(outcome.paper.items == [.text("TSE ausgefallen.")])
        // Again and again: the same answer, and nothing is sent.
        let again = try await finish()
        #expect(again.answer?.isFromJournal == true)
        #expect(again.paper == outcome.paper)
        #expect(try await till.sync().outcomes.isEmpty)
        #expect(await shop.requests(step == .store ? .store : .cancel).count == 1)
        // Both numbers are kept.
        let kept = try #require(try await till.document("sale-1"))
        #expect(try #require(kept.created?.number) > 0)
        #expect(kept.finished?.number == 0)

        // The TSE comes back, and nobody of the till calls.
        let requests = await shop.requests().count
        #expect(try await till.state(of: "sale-1").state == .offlinePending)
        await shop.tse.putBack()
        shop.clock.advance(by: .seconds(600))
        try await shop.recover()
        #expect(await shop.requests().count == requests + 1)
        #expect(await shop.signed().count == 1)
        #expect(await shop.tse.device.openTransactions().isEmpty)
        let report = try await till.state(of: "sale-1")
        #expect(report.state == .reSigned)
        #expect(try #require(report.reSignedAt).instant == TillAndService.start + .seconds(600))
        // The sale's own times and paper stay.
        #expect(report.finished?.response == answer.response)
        #expect(try await finish().paper == outcome.paper)
    }

    @Test("Case C: −99, then 0; ten sales are signed afterwards, in their order, without a call of the till")
    func caseC() async throws {
        let shop = try await TillAndService()
        let till = try await shop.till()
        await shop.tse.pullOut()
        var data: [String] = []
        for number in 1...10 {
            let text = "Beleg^\(number).00_0.00_0.00_0.00_0.00^\(number).00:Bar"
            data.append(text)
            #expect(try await till.create("sale-\(number)").answer.response.number == -99)
            let outcome = try await till.store("sale-\(number)", processData: text)
            #expect(outcome.word == "pending")
            #expect(outcome.answer?.verdict.kind == .bothFailed)
            #expect(outcome.answer?.response.number == 0)
            #expect(outcome.paper.items == [.text("TSE ausgefallen.")])
        }
        let requests = await shop.requests().count
        await shop.tse.putBack()
        try await shop.recover()
        #expect(await shop.signed().map(\.processData) == data)
        // None was ever opened: each is started and finished, in turn.
        let log = await shop.tse.device.log
        #expect(log.map(\.operation) == (1...10).flatMap { _ in [TSELogEntry.Operation.start, .finish] })
        #expect(log.map(\.signatureCounter) == Array(1...20))
        #expect(await shop.requests().count == requests)
        // The first document after the outage is regular, without any command.
        #expect(try await till.create("sale-11").answer.verdict.kind == .started)
    }

    @Test(
        "Each call fails and works in every combination, and no sale is stuck", arguments: [true, false],
        [
            (FiscalStep.store, true), (.store, false), (.cancel, true), (.cancel, false),
        ])
    func matrix(_ createWorks: Bool, _ finish: (step: FiscalStep, works: Bool)) async throws {
        let shop = try await TillAndService()
        let till = try await shop.till()
        if !createWorks { await shop.tse.pullOut() }
        _ = try await till.create("sale-1")
        await shop.tse.putBack()
        if !finish.works { await shop.tse.pullOut() }
        let outcome =
            finish.step == .store
            ? try await till.store("sale-1", processData: Self.receipt) : try await till.cancel("sale-1")
        #expect(outcome.word == (finish.works ? "registered" : "pending"))
        let expected: ResponseKind = finish.works ? .signed : createWorks ? .storeFailed : .bothFailed
        #expect(outcome.answer?.verdict.kind == expected)
        #expect(try await till.unfinishedDocuments().isEmpty)
        await shop.tse.putBack()
        try await shop.recover()
        #expect(await shop.signed().count == 1)
        #expect(await shop.tse.device.openTransactions().isEmpty)
    }

    @Test(
        "All causes of a failing TSE are answered alike",
        arguments: [
            TSEFault.unreachable, .requestLost, .answerLost, .otherTSE, .refused(.memoryFull),
            .refused(.certificateExpired), .refused(.timeNotSet), .refused(.openTransactionLimit),
        ])
    func causes(_ fault: TSEFault) async throws {
        let shop = try await TillAndService()
        let till = try await shop.till()
        await shop.tseFault(fault, .start)
        let opened = try await till.create("sale-1")
        let expected = FiscalResponse.outage(
            .create, register: "3656-1", tseSerial: try TillAndService.identity.get().serial,
            requestTime: try #require(opened.answer.response.requestTime),
            completionTime: try #require(opened.answer.response.requestCompletionTime))
        #expect(opened.answer.response == expected)
    }

    @Test("A TSE that stays silent is waited for only so long; then the till is answered offline")
    func silentTSE() async throws {
        let shop = try await TillAndService()
        let till = try await shop.till()
        _ = try await till.create("sale-1")
        await shop.tseFault(.silent(carriedOut: true), .finish)
        async let finishing = till.store("sale-1", processData: Self.receipt)
        await shop.clock.untilAsleep()
        shop.clock.advance(by: .seconds(5))
        #expect(try await finishing.answer?.verdict.kind == .storeFailed)
        // It had signed: that signature is taken over, no second one is made.
        try await shop.recover()
        #expect(await shop.signed().count == 1)
        #expect(try await till.state(of: "sale-1").state == .reSigned)
    }

    @Test(
        "A bad signature on re-signing leaves the document pending, and an alarm is raised",
        arguments: [
            TSEFault.badSignature, .otherDataSigned, .earlierSignature,
        ])
    func badReSigning(_ fault: TSEFault) async throws {
        let shop = try await TillAndService()
        let till = try await shop.till()
        // The signature of another document, for the fault that gives it out.
        _ = try await till.create("sale-0")
        _ = try await till.store("sale-0", processData: "Beleg^7.00_0.00_0.00_0.00_0.00^7.00:Bar")
        await shop.tse.pullOut()
        _ = try await till.create("sale-1")
        let outcome = try await till.store("sale-1", processData: Self.receipt)
        await shop.tse.putBack()
        await shop.tseFault(fault, .finish)
        if fault == .earlierSignature { await shop.tseFault(fault, .record, times: 9) }
        let events = await shop.office.service.events
        // The first round signs, the second asks what was signed.
        for _ in 1...2 {
            try await shop.recover()
            #expect(try await till.state(of: "sale-1").state == .offlinePending)
        }
        #expect(try await till.store("sale-1", processData: Self.receipt).paper == outcome.paper)
        _ = try await till.create("last")
        var alarms: Set<String> = []
        for await event in events {
            if case .alarm(.badSignature(let id)) = event { alarms.insert(id) }
            if case .answered("last", _, _) = event { break }
        }
        #expect(alarms == ["sale-1"])
        #expect(await shop.signed().count { $0.transactionNumber > 1 } == 1)
    }

    // MARK: Faults by plan

    @Test("create, store and cancel fail independently: for the second to the fourth call, or for a span of time")
    func plans() async throws {
        for call in [TSECall.start, .finish, .cancel] {
            let shop = try await TillAndService()
            let till = try await shop.till()
            await shop.tseFault(nil, call)
            await shop.tseFault(.unreachable, call, times: 3)
            var offline: [FiscalStep: [Int]] = [:]
            for number in 1...6 {
                if try await till.create("sale-\(number)").tseFailed { offline[.create, default: []].append(number) }
            }
            for number in 1...6 where call != .start {
                let isStored = call == .finish || number.isMultiple(of: 2)
                let id = "sale-\(number)"
                let outcome =
                    isStored ? try await till.store(id, processData: Self.receipt) : try await till.cancel(id)
                if outcome.word == "pending" { offline[isStored ? .store : .cancel, default: []].append(number) }
            }
            switch call {
            case .start: #expect(offline == [.create: [2, 3, 4]])
            case .finish: #expect(offline == [.store: [2, 3, 4]])
            // Only 1, 3 and 5 were cancelled: the first went well.
            default: #expect(offline == [.cancel: [3, 5]])
            }
        }
        let shop = try await TillAndService()
        let till = try await shop.till()
        let begin = TillAndService.start + .seconds(60)
        await shop.tse.planFaults { $0.add(.unreachable, from: begin, until: begin + .seconds(60), at: [.finish]) }
        var words: [String] = []
        for number in 1...4 {
            _ = try await till.create("sale-\(number)")
            words.append(try await till.store("sale-\(number)", processData: Self.receipt).word)
            shop.clock.advance(by: .seconds(40))
        }
        // At 0, 40, 80 and 120 seconds: the span is 60 to 120, its end not included.
        #expect(words == ["registered", "registered", "pending", "registered"])
    }
}
