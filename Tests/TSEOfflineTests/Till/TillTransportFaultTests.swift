import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import HTTPTypes
import TSEOffline
import Testing

/// The way to the fiscal service fails. That is never an outage of the TSE, and no sale is lost or doubled by it.
@Suite("A till and its fiscal service: no answer")
struct TillTransportFaultTests {
    private static let receipt = TillAndService.receipt
    /// Everything that can befall a call, and whether the service has carried it out.
    static let faults: [(fault: TSEOfficeFault, isDone: Bool)] = [
        (.lost(carriedOut: false), false), (.lost(carriedOut: true), true), (.silence(carriedOut: false), false),
        (.silence(carriedOut: true), true), (.delay(milliseconds: 60_000), true), (.truncated, true),
        (.status(500, carriedOut: false), false), (.status(500, carriedOut: true), true),
        (.status(404, carriedOut: false), false), (.answerWithStatus(500), true), (.answerWithStatus(302), true),
        (.emptyBody, true), (.garbage, true), (.proxyPage, false), (.otherJSON, false),
    ]

    private func fault(_ error: (any Error)?) -> ServiceFault? { (error as? FiscalServiceClientError)?.fault }

    @Test(
        "createDocument without an answer is an error of the way, not −99; asked again the document is there once",
        arguments: faults)
    func create(_ fault: TSEOfficeFault, _ isDone: Bool) async throws {
        let shop = try await TillAndService()
        let till = try await shop.till()
        await shop.fault(fault, .create)
        let error = await #expect(throws: FiscalServiceClientError.self) { try await till.create("sale-1") }
        #expect(error?.code == .serviceNotReached)
        #expect(error?.fault != nil)
        let kept = try #require(try await till.document("sale-1"))
        #expect(kept.createAnswer == nil)
        #expect(try await till.status().tseIsDown == nil)
        #expect(await shop.tse.device.openTransactions().count == (isDone ? 1 : 0))

        let opened = try await till.create("sale-1")
        #expect(opened.answer.verdict.kind == .started)
        #expect(await shop.tse.device.openTransactions().count == 1)
        // It was asked for before it was sent again.
        #expect(await shop.requests().map(\.call) == [.create, .document] + (isDone ? [] : [.create]))
        #expect(try await till.store("sale-1", processData: Self.receipt).word == "registered")
    }

    @Test(
        "A finishing call without an answer is unknown and prints nothing; the next round finds out and settles it, once",
        arguments: faults, [FiscalStep.store, .cancel])
    func finish(_ planned: (fault: TSEOfficeFault, isDone: Bool), _ step: FiscalStep) async throws {
        for asksByHost in [true, false] {
            let shop = try await TillAndService()
            let till = try await shop.till()
            _ = try await till.create("sale-1")
            await shop.fault(planned.fault, step == .store ? .store : .cancel)
            func finish() async throws -> FiscalServiceOutcome {
                step == .store
                    ? try await till.store("sale-1", processData: Self.receipt) : try await till.cancel("sale-1")
            }
            let outcome = try await finish()
            #expect(outcome.word == "unknown")
            #expect(outcome.paper.items.isEmpty)
            #expect(outcome.answer == nil)
            #expect(try await till.status().unanswered == 1)
            #expect(await shop.signed().count == (planned.isDone ? 1 : 0))

            let settled = asksByHost ? try await finish() : try #require(try await till.sync().outcomes.first)
            #expect(settled.word == "registered")
            #expect(settled.paper.qr != nil)
            #expect(await shop.signed().count == 1)
            let calls = await shop.requests().dropFirst(2).map(\.call)
            let call: TSEOfficeCall = step == .store ? .store : .cancel
            #expect(calls == [.document] + (planned.isDone ? [] : [call]))
            // Byte for byte the same call.
            #expect(Set(await shop.requests(call).map(\.body)).count == 1)
            #expect(try await till.unfinishedDocuments().isEmpty)
        }
    }

    @Test("While the service does not say what became of it, a finishing call is not sent again")
    func noReport() async throws {
        let shop = try await TillAndService()
        let till = try await shop.till()
        _ = try await till.create("sale-1")
        await shop.fault(.lost(carriedOut: true), .store)
        _ = try await till.store("sale-1", processData: Self.receipt)
        for fault in [
            TSEOfficeFault.status(404, carriedOut: false), .proxyPage, .otherJSON, .emptyBody,
            .lost(carriedOut: false),
        ] {
            await shop.fault(fault, .document)
            let report = try await till.sync()
            #expect(report.outcomes.map(\.word) == ["unknown"])
            #expect(report.isWaiting)
            #expect(await shop.requests(.store).count == 1)
        }
        #expect(try await till.sync().outcomes.map(\.word) == ["registered"])
        #expect(await shop.requests(.store).count == 1)
    }

    @Test(
        "A call that never left is pending and goes out with the next round, without a question",
        arguments: LinkFault.allCases)
    func notSent(_ link: LinkFault) async throws {
        let shop = try await TillAndService()
        let till = try await shop.till()
        shop.transport.failNext(link)
        let error = await #expect(throws: FiscalServiceClientError.self) { try await till.create("sale-1") }
        #expect(error?.fault?.kind == .notDelivered)
        _ = try await till.create("sale-1")
        shop.transport.failNext(link, times: 2)
        let outcome = try await till.store("sale-1", processData: Self.receipt)
        guard case .pending(let unsigned) = outcome.state, case .notSent = unsigned.reason else {
            Issue.record("\(outcome.state)")
            return
        }
        #expect(outcome.paper.items.isEmpty)
        let round = try await till.sync()
        #expect(round.linkIsDown && round.isWaiting)
        #expect(try await till.sync().outcomes.map(\.word) == ["registered"])
        #expect(await shop.requests().map(\.call) == [.create, .store])
        #expect(await shop.signed().count == 1)
    }

    @Test("A doubt stays a doubt when the next attempt does not leave")
    func doubtStays() async throws {
        let shop = try await TillAndService()
        let till = try await shop.till()
        _ = try await till.create("sale-1")
        await shop.fault(.lost(carriedOut: false), .store)
        _ = try await till.store("sale-1", processData: Self.receipt)
        // The question gets through, the repeat does not leave.
        shop.transport.onBefore { exchange in
            if exchange.request.head.method == .post { shop.transport.failNext(.unreachable) }
        }
        #expect(try await till.sync().outcomes.map(\.word) == ["unknown"])
        shop.transport.onBefore(nil)
        #expect(try await till.sync().outcomes.map(\.word) == ["registered"])
        #expect(await shop.requests().map(\.call) == [.create, .store, .document, .document, .store])
        #expect(await shop.signed().count == 1)
    }

    @Test(
        "200, 201, 202 and 299 with a fiscal response are answers; 300 and above are none",
        arguments: [
            (200, true), (201, true), (202, true), (299, true), (300, false), (404, false), (503, false),
        ])
    func statuses(_ status: Int, _ counts: Bool) async throws {
        for isDown in [true, false] {
            let shop = try await TillAndService()
            let till = try await shop.till()
            _ = try await till.create("sale-1")
            if isDown { await shop.tse.pullOut() }
            await shop.fault(.answerWithStatus(status), .store)
            let outcome = try await till.store("sale-1", processData: Self.receipt)
            #expect(outcome.word == (counts ? isDown ? "pending" : "registered" : "unknown"))
        }
    }

    @Test(
        "An error that is none of the TSE's is a refusal; the document stays open, and is asked for before it is sent again"
    )
    func otherError() async throws {
        let shop = try await TillAndService()
        let till = try await shop.till()
        await shop.fault(.otherError, .create)
        let error = await #expect(throws: FiscalServiceClientError.self) { try await till.create("sale-1") }
        #expect(error?.code == .refused)
        _ = try await till.create("sale-1")
        await shop.fault(.otherError, .store)
        let refused = try await till.store("sale-1", processData: Self.receipt)
        #expect(refused.word == "refused")
        #expect(refused.paper.items.isEmpty)
        #expect(refused.answer?.notice == "Document is not known.")
        #expect(try #require(try await till.document("sale-1")).refusals.count == 2)
        // With other data now: nothing was finished.
        let other = "Beleg^9.00_0.00_0.00_0.00_0.00^9.00:Bar"
        #expect(try await till.store("sale-1", processData: other).word == "registered")
        #expect(await shop.signed().map(\.processData) == [other])
    }

    // MARK: What an answer may look like

    @Test(
        "Small letters, numbers as texts, other words and unknown members change nothing",
        arguments: [
            TSEOfficeFault.smallLetters, .numbersAsTexts, .otherWords, .unknownMembers,
        ])
    func dresses(_ fault: TSEOfficeFault) async throws {
        for isDown in [false, true] {
            let shop = try await TillAndService(isStrict: false)
            let till = try await shop.till()
            if isDown { await shop.tse.pullOut() }
            await shop.fault(fault, .create)
            await shop.fault(fault, .store)
            let opened = try await till.create("sale-1")
            #expect(opened.answer.verdict.kind == (isDown ? .createFailed : .started))
            let outcome = try await till.store("sale-1", processData: Self.receipt)
            #expect(outcome.word == (isDown ? "pending" : "registered"))
            #expect((outcome.paper.qr != nil) == !isDown)
            // What came is kept as it came, and what goes back has the type in which it came.
            let kept = try #require(try await till.document("sale-1"))
            let answers = await shop.office.requests.map(\.answer)
            #expect(kept.createAnswer == answers[0])
            #expect(kept.finishAnswer == answers[1])
            let sent = try JSON(parsing: try #require(await shop.requests(.store).first).body)
            let number = Int64(isDown ? -99 : 1)
            #expect(
                sent["fiscalDocumentNumber"] == (fault == .numbersAsTexts ? .string("\(number)") : .integer(number)))
            if fault == .otherWords, isDown {
                #expect(outcome.paper.items == [.text("Sicherheitseinrichtung ausgefallen")])
            }
            if fault == .unknownMembers { #expect(kept.finishAnswer?.contains("\"Zusatz\":{\"Stufe\":1}") == true) }
        }
    }
}
