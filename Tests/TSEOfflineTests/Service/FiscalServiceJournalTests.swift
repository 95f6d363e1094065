import FiscalCore
import FiscalSimulators
import FiscalStore
import FiscalTestSupport
import TSEOffline
import Testing

/// What the journal keeps apart, and what the host may not do.
@Suite("The fiscal service's journal")
struct FiscalServiceJournalTests {
    private func code(_ call: () async throws -> FiscalResponse) async -> FiscalServiceError.Code? {
        do {
            _ = try await call()
            return nil
        } catch { return (error as? FiscalServiceError)?.code }
    }

    private func field(_ call: () async throws -> FiscalResponse) async -> String? {
        do {
            _ = try await call()
            return nil
        } catch { return (error as? InvalidField)?.field }
    }

    @Test("A document that was not opened cannot be finished")
    func notStarted() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        #expect(
            await self.code { try await service.store(bench.document("s"), answering: EchoedNumbers()) } == .notStarted)
        #expect(try await service.state(of: "s") == nil)
    }

    @Test("An identifier stands for one register, one finishing call and one set of totals")
    func taken() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        let created = try await service.create("s", register: "A")
        #expect(await self.code { try await service.create("s", register: "B") } == .documentTaken)
        let other = try bench.document("s", register: "A", data: "Beleg^3.00_0.00_0.00_0.00_0.00^3.00:Bar")
        _ = try await service.store(bench.document("s", register: "A"), answering: created.echoed)
        #expect(await self.code { try await service.store(other, answering: created.echoed) } == .documentTaken)
        #expect(
            await self.code { try await service.cancel("s", register: "A", answering: created.echoed) }
                == .documentTaken)
        #expect(await self.code { try await service.create("s", register: "A") } == .documentFinished)
        #expect(await bench.tse.device.finished.count == 1)
    }

    @Test("What create answered has to come back, as text or as number, and after −99 also as 0")
    func echo() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        let created = try await service.create("s", register: ServiceBench.register)
        let start = created.echoed.startTime
        let wrong: [(EchoedNumbers, String)] = [
            (EchoedNumbers(number: 2, startTime: start), "fiscalDocumentNumber"),
            (EchoedNumbers(number: -99, startTime: start), "fiscalDocumentNumber"),
            (EchoedNumbers(number: 0, startTime: start), "fiscalDocumentNumber"),
            (EchoedNumbers(number: 1, revision: 1, startTime: start), "fiscalDocumentRevision"),
            (EchoedNumbers(number: 1, startTime: 0), "fiscalDocumentStartTime"),
        ]
        for (echo, field) in wrong {
            #expect(await self.field { try await service.store(bench.document("s"), answering: echo) } == field)
        }
        #expect(try await service.state(of: "s") == .open)
        let asText = EchoedNumbers(number: "1", revision: "0", startTime: start)
        let stored = try await service.store(bench.document("s"), answering: asText)
        #expect(stored.classify(step: .store).kind == .signed)
        await bench.tse.pullOut()
        _ = try await service.create("t", register: ServiceBench.register)
        await bench.tse.putBack()
        let zero = try await service.store(bench.document("t"), answering: EchoedNumbers(number: 0))
        #expect(zero.classify(step: .store).kind == .signed)
    }

    @Test("Data that are not canonical, or do not add up, are not signed")
    func unfitData() {
        let unfit = [
            "", "Beleg^2.00_0.00_0.00_0.00_0.00^", "Beleg^2.00_0.00_0.00_0.00_0.00^3.00:Bar",
            "Beleg^2,00_0.00_0.00_0.00_0.00^2.00:Bar", "Beleg^2000.00_0.00_0.00_0.00_0.00^2,000.00:Bar",
        ]
        for data in unfit {
            #expect(throws: InvalidField.self, "\(data)") {
                try FiscalDocument(id: "s", register: "A", processData: data)
            }
        }
        #expect(throws: InvalidField.self) { try FiscalDocument(id: "", register: "A", processData: ServiceBench.data) }
        #expect(throws: InvalidField.self) {
            try FiscalDocument(id: "s", register: "A;B", processData: ServiceBench.data)
        }
    }

    @Test("Typed totals and wire totals are the same document, and the signed totals are the printed ones")
    func typed() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        let receipt = try ProcessDataReading(parsing: ServiceBench.data).data
        let typed = try FiscalDocument(id: "s", register: ServiceBench.register, receipt: try #require(receipt))
        #expect(try typed == bench.document("s"))
        let created = try await service.create("s", register: ServiceBench.register)
        let stored = try await service.store(typed, answering: created.echoed)
        #expect(try ReceiptQR(stored.additionalFields.qrCodeDataString).processData == typed.processData)
    }

    @Test("Two calls about one document at once: the second is told to wait")
    func inHand() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        let created = try await service.create("s", register: ServiceBench.register)
        await bench.tse.planFaults { $0.add(.slow(milliseconds: 1000), to: .finish) }
        async let first = service.store(bench.document("s"), answering: created.echoed)
        await bench.clock.untilAsleep(2)
        #expect(await self.code { try await service.store(bench.document("s"), answering: created.echoed) } == .inHand)
        bench.clock.advance(by: .seconds(1))
        #expect(try await first.classify(step: .store).kind == .signed)
        #expect(await bench.tse.device.finished.count == 1)
    }

    @Test("Whoever opens the journal again takes it over; the former service writes nothing any more")
    func takenOver() async throws {
        let bench = try ServiceBench()
        let former = try await bench.open()
        let created = try await former.create("s", register: ServiceBench.register)
        let present = try await bench.open()
        #expect(
            await self.code { try await former.store(bench.document("s"), answering: created.echoed) } == .takenOver)
        #expect(await bench.tse.device.finished.isEmpty)
        let stored = try await present.store(bench.document("s"), answering: created.echoed)
        #expect(stored.classify(step: .store).kind == .signed)
    }

    @Test("An open document is there after a restart, so that it can be cancelled")
    func openAfterRestart() async throws {
        let bench = try ServiceBench()
        var service = try await bench.open()
        let created = try await service.create("s", register: ServiceBench.register)
        service = try await bench.open()
        _ = try await service.sync()
        // Its transaction is no orphan.
        #expect(await bench.tse.device.openTransactions().count == 1)
        #expect(try await service.openDocuments().map(\.id) == ["s"])
        _ = try await service.cancel("s", register: ServiceBench.register, answering: created.echoed)
        #expect(try await service.openDocuments().isEmpty)
        #expect(await bench.tse.device.openTransactions().isEmpty)
    }

    @Test(
        "A finishing call that was interrupted is signed at recovery, and answered regularly when the till asks again")
    func interrupted() async throws {
        let bench = try ServiceBench()
        let life = MortalStore.Life()
        let mortal = MortalStore(bench.store, life: life) { .well }
        var service = try await FiscalService.open(
            configuration: bench.configuration, tse: bench.tse, store: mortal, clock: bench.clock,
            randomness: CountingRandomSource(seed: 15))
        let created = try await service.create("s", register: ServiceBench.register)
        await bench.tse.onAfter { call in if call.kind == .finish { life.end() } }
        await #expect(throws: StoreError.self) {
            try await service.store(bench.document("s"), answering: created.echoed)
        }
        await bench.tse.onAfter(nil)
        service = try await bench.open()
        #expect(try await service.state(of: "s") == .offlinePending)
        #expect(try await service.sync().signed == ["s"])
        #expect(try await service.state(of: "s") == .regular)
        let stored = try await service.store(bench.document("s"), answering: created.echoed)
        #expect(stored.classify(step: .store).kind == .signed)
        #expect(await bench.tse.device.finished.count == 1)
        #expect(try await service.outages().outages.isEmpty)
    }

    @Test("A configuration that cannot work is refused")
    func configuration() async throws {
        let bench = try ServiceBench()
        let serial = bench.serial
        let unfit: [(String, FiscalServiceConfiguration)] = [
            ("tseSerial", FiscalServiceConfiguration(tseSerial: "7EEDA6")),
            ("tseSerial", FiscalServiceConfiguration(tseSerial: serial.uppercased())),
            ("longestWait", FiscalServiceConfiguration(tseSerial: serial, longestWait: .zero)),
            ("longestWaitInOutage", FiscalServiceConfiguration(tseSerial: serial, longestWaitInOutage: .zero)),
            ("probeInterval", FiscalServiceConfiguration(tseSerial: serial, probeInterval: .zero)),
            ("name", FiscalServiceConfiguration(tseSerial: serial, name: "")),
        ]
        for (field, configuration) in unfit {
            do {
                _ = try await FiscalService.open(
                    configuration: configuration, tse: bench.tse, store: bench.store, clock: bench.clock,
                    randomness: CountingRandomSource(seed: 16))
                Issue.record("\(field) was taken")
            } catch let error as InvalidField { #expect(error.field == field) }
        }
    }

    @Test("A damaged record is reported, not read as nothing")
    func damaged() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        try await bench.sell("s", service)
        let key = StoreKey(register: "tse", space: "tse.document", name: "s")
        try await bench.store.commit([.put(key, Array("{}".utf8))])
        do {
            _ = try await service.state(of: "s")
            Issue.record("a damaged entry was read")
        } catch let error as FiscalServiceError { #expect(error.code == .damagedJournal) }
    }
}
