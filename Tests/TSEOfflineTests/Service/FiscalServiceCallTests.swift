import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import TSEOffline
import Testing

/// What a till is answered, with the TSE there and not there.
@Suite("The fiscal service answers its tills")
struct FiscalServiceCallTests {
    @Test("With the TSE there a sale is started, signed and answered with its signature")
    func regular() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        let created = try await service.create("s1", register: ServiceBench.register)
        #expect(created.classify(step: .create).kind == .started)
        #expect(created.number == 1)
        #expect(try await service.state(of: "s1") == .open)
        let stored = try await service.store(bench.document("s1"), answering: created.echoed)
        let verdict = stored.classify(step: .store)
        #expect(verdict.kind == .signed)
        #expect(verdict.signature?.verdict == .valid)
        #expect(verdict.inconsistencies.isEmpty)
        #expect(stored.number == 1)
        #expect(stored.additionalFields.processData == ServiceBench.data)
        #expect(stored.additionalFields.tseSerial == bench.serial)
        #expect(try await service.state(of: "s1") == .regular)
        #expect(await bench.tse.device.openTransactions().isEmpty)
    }

    @Test("Whatever fails about the TSE, the answers are the same and no call throws")
    func allCausesAlike() async throws {
        var answers: Set<[String]> = []
        let causes: [TSEFault] = [
            .unreachable, .requestLost, .answerLost, .refused(.signingFailed), .refused(.certificateExpired),
        ]
        for cause in causes {
            let bench = try ServiceBench()
            let service = try await bench.open()
            await bench.tse.planFaults { $0.always(cause) }
            let created = try await service.create("s1", register: ServiceBench.register)
            let stored = try await service.store(bench.document("s1"), answering: created.echoed)
            for answer in [created, stored] { #expect(throws: Never.self) { try JSON(parsing: answer.bytes) } }
            answers.insert([created.json.text, stored.json.text])
            #expect(try await service.state(of: "s1") == .offlinePending)
        }
        #expect(answers.count == 1)
        let text = answers.first?.joined() ?? ""
        #expect(text.contains("-99"))
        // The samples' remarks are no part of the message.
        #expect(!text.contains("--"))
    }

    @Test("A failure at create answers −99, one at the finishing call 0; the number of create survives")
    func threeCases() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        // Only at create.
        await bench.tse.pullOut()
        let a = try await service.create("a", register: ServiceBench.register)
        await bench.tse.putBack()
        let aStored = try await service.store(bench.document("a"), answering: a.echoed)
        #expect(a.classify(step: .create).kind == .createFailed)
        #expect(a.number == -99)
        #expect(aStored.classify(step: .store).kind == .signed)
        // Only at store.
        let b = try await service.create("b", register: ServiceBench.register)
        await bench.tse.pullOut()
        let bStored = try await service.store(bench.document("b"), answering: b.echoed)
        #expect((b.number ?? 0) > 0)
        #expect(bStored.number == 0)
        #expect(bStored.classify(step: .store).kind == .storeFailed)
        #expect(try await service.document("b")?.number == b.number)
        // At both.
        let c = try await service.create("c", register: ServiceBench.register)
        let cStored = try await service.cancel("c", register: ServiceBench.register, answering: c.echoed)
        #expect(c.number == -99)
        #expect(cStored.number == 0)
        #expect(cStored.classify(step: .cancel, afterCreateFailed: true).kind == .bothFailed)
    }

    @Test("An outage may begin and end between any two calls", arguments: [true, false], [true, false])
    func matrix(createWorks: Bool, isCancelled: Bool) async throws {
        for finishWorks in [true, false] {
            let bench = try ServiceBench()
            let service = try await bench.open()
            if !createWorks { await bench.tse.pullOut() }
            let created = try await service.create("s", register: ServiceBench.register)
            if finishWorks { await bench.tse.putBack() } else { await bench.tse.pullOut() }
            let finished =
                isCancelled
                ? try await service.cancel("s", register: ServiceBench.register, answering: created.echoed)
                : try await service.store(bench.document("s"), answering: created.echoed)
            let kind = finished.classify(step: isCancelled ? .cancel : .store).kind
            #expect(kind == (finishWorks ? .signed : .storeFailed))
            await bench.tse.putBack()
            _ = try await service.sync()
            #expect(await bench.tse.device.finished.count == 1)
            #expect(await bench.tse.device.openTransactions().isEmpty)
        }
    }

    @Test("After −99 the finishing call starts and finishes the transaction; nothing waits for re-signing")
    func afterMinus99() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        await bench.tse.pullOut()
        let created = try await service.create("s", register: ServiceBench.register)
        await bench.tse.putBack()
        let stored = try await service.store(bench.document("s"), answering: created.echoed)
        #expect(await bench.tse.device.log.map(\.operation) == [.start, .finish])
        #expect((stored.number ?? 0) > 0)
        #expect(stored.additionalFields.tseSignatureCounter > 0)
        #expect(stored.errorDescription.isEmpty)
        #expect(stored.printMessage.isEmpty)
        #expect(try await service.status().waiting.isEmpty)
        #expect(try await service.state(of: "s") == .regular)
        // A sale that was broken off goes the same way.
        await bench.tse.pullOut()
        let second = try await service.create("t", register: ServiceBench.register)
        await bench.tse.putBack()
        let cancelled = try await service.cancel("t", register: ServiceBench.register, answering: second.echoed)
        #expect(cancelled.classify(step: .cancel).kind == .signed)
        #expect(cancelled.additionalFields.processData == FiscalDocument.cancelledData)
        #expect(await bench.tse.device.log.map(\.operation) == [.start, .finish, .start, .finish])
    }

    @Test("Documents that share −99 are not mixed up")
    func minus99IsNoKey() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        await bench.tse.pullOut()
        let first = try await service.create("one", register: "3656-1")
        let second = try await service.create("two", register: "3656-2")
        #expect(first.number == second.number)
        #expect(first.cashRegisterID == "3656-1")
        #expect(second.cashRegisterID == "3656-2")
        await bench.tse.putBack()
        let data = "Beleg^7.00_0.00_0.00_0.00_0.00^7.00:Bar"
        let two = try await service.store(
            bench.document("two", register: "3656-2", data: data), answering: second.echoed)
        let one = try await service.store(bench.document("one"), answering: first.echoed)
        #expect(two.additionalFields.processData == data)
        #expect(two.cashRegisterID == "3656-2")
        #expect(one.additionalFields.processData == ServiceBench.data)
        #expect(one.cashRegisterID == "3656-1")
    }

    @Test("The first call after an outage is answered regularly, without any command")
    func backToNormal() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        await bench.tse.pullOut()
        try await bench.sell("s1", service)
        await bench.tse.putBack()
        let created = try await service.create("s2", register: ServiceBench.register)
        #expect((created.number ?? 0) > 0)
        #expect(created.errorDescription.isEmpty)
        #expect(try await service.status().outage == nil)
    }

    @Test("At the limit of open transactions create answers −99, and the status counts what is unfinished")
    func openTransactionLimit() async throws {
        var rules = TSERules()
        rules.maximumOpenTransactions = 3
        let bench = try ServiceBench(rules: rules)
        let service = try await bench.open()
        var first: FiscalResponse?
        for id in ["1", "2", "3"] {
            let created = try await service.create(id, register: ServiceBench.register)
            if first == nil { first = created }
        }
        let fourth = try await service.create("4", register: ServiceBench.register)
        #expect(fourth.number == -99)
        #expect(try await service.status().openDocuments == 4)
        #expect(try await service.outages().outages.map(\.outage.reason) == [.transactionLimit])
        let echoed = try #require(first).echoed
        _ = try await service.cancel("1", register: ServiceBench.register, answering: echoed)
        #expect((try await service.create("5", register: ServiceBench.register).number ?? 0) > 0)
    }

    @Test("Register, serial and times of the answers are those of this service")
    func nothingIsHardCoded() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        await bench.tse.pullOut()
        bench.clock.advance(by: .milliseconds(86_400_123))
        let answer = try await service.create("s", register: "Kasse 7")
        #expect(answer.cashRegisterID == "Kasse 7")
        #expect(answer.additionalFields.tseSerial == bench.serial)
        #expect(answer.requestTime?.text == "2021-09-08T07:07:09.1230000+02:00")
        #expect(answer.additionalFields.transactionEndTime == 1_631_077_629)
    }

    @Test("The same call again brings the same answer and no second signature")
    func repeats() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        let created = try await service.create("s", register: ServiceBench.register)
        bench.clock.advance(by: .seconds(1))
        #expect(try await service.create("s", register: ServiceBench.register) == created)
        await bench.tse.pullOut()
        let stored = try await service.store(bench.document("s"), answering: created.echoed)
        await bench.tse.putBack()
        #expect(try await service.store(bench.document("s"), answering: created.echoed) == stored)
        _ = try await service.sync()
        // Signed since, and the issued answer is still the issued one.
        #expect(try await service.store(bench.document("s"), answering: created.echoed) == stored)
        #expect(await bench.tse.device.finished.count == 1)
    }

    @Test("Each register counts its documents by itself, from 1")
    func numbers() async throws {
        let bench = try ServiceBench()
        var service = try await bench.open()
        #expect(try await bench.sell("a1", service, register: "A").number == 1)
        #expect(try await bench.sell("b1", service, register: "B").number == 1)
        service = try await bench.open()
        #expect(try await bench.sell("a2", service, register: "A").number == 2)
    }
}
