import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import TSEOffline
import Testing

/// What happens after an outage, without any call of a till.
@Suite("The fiscal service signs afterwards")
struct FiscalServiceRecoveryTests {
    private func names(_ count: Int) -> [String] { (1...count).map { "r\($0)" } }

    @Test("Receipts of an outage are all signed once, in the order of storing, with a start and an end each")
    func order() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        await bench.tse.pullOut()
        for id in self.names(20) { try await bench.sell(id, service, register: id.hasSuffix("3") ? "B" : "A") }
        #expect(try await service.status().waiting == self.names(20))
        await bench.tse.putBack()
        let report = try await service.sync()
        #expect(report.signed == self.names(20))
        #expect(report.nextProbe == nil)
        let counters = try await bench.counters(self.names(20), service)
        #expect(counters.count == 20)
        #expect(counters == counters.sorted())
        #expect(
            await bench.tse.device.log.map(\.operation)
                == (0..<20).flatMap { _ in [TSELogEntry.Operation.start, .finish] })
        #expect(try await service.status().waiting.isEmpty)
    }

    @Test("A transaction that create had opened is closed by the re-signing, a cancelled one too")
    func caseB() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        let sale = try await service.create("sale", register: ServiceBench.register)
        let broken = try await service.create("broken", register: ServiceBench.register)
        await bench.tse.pullOut()
        _ = try await service.store(bench.document("sale"), answering: sale.echoed)
        _ = try await service.cancel("broken", register: ServiceBench.register, answering: broken.echoed)
        await bench.tse.putBack()
        #expect(try await service.sync().signed == ["sale", "broken"])
        #expect(await bench.signedNumbers() == [1, 2])
        #expect(await bench.tse.device.openTransactions().isEmpty)
        #expect(try await service.outages().orphans.isEmpty)
    }

    @Test("The TSE's answer lost after it signed: the signature is taken over, and no second one is made")
    func takenOver() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        let created = try await service.create("s", register: ServiceBench.register)
        await bench.tse.planFaults { $0.add(.answerLost, to: .finish) }
        let stored = try await service.store(bench.document("s"), answering: created.echoed)
        #expect(stored.classify(step: .store).kind == .storeFailed)
        #expect(try await service.sync().signed == ["s"])
        let entry = try #require(await bench.tse.device.finished.first)
        #expect(await bench.tse.device.finished.count == 1)
        guard case .reSigned(let signature, _) = try await service.state(of: "s") else {
            Issue.record("it is not signed")
            return
        }
        #expect(signature.signatureCounter == entry.signatureCounter)
    }

    @Test("A signature that the TSE cannot give back is not made again: an alarm, and a state of its own")
    func notAtHand() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        let created = try await service.create("s", register: ServiceBench.register)
        await bench.tse.planFaults {
            $0.add(.answerLost, to: .finish)
            $0.add(.unreadable, to: .record)
        }
        _ = try await service.store(bench.document("s"), answering: created.echoed)
        var events = service.events.makeAsyncIterator()
        #expect(try await service.sync().settledUnsigned == ["s"])
        #expect(await events.next() == .outageEnded(try #require(service.outages().outages.first).outage))
        #expect(await events.next() == .alarm(.signatureNotAtHand("s")))
        #expect(try await service.state(of: "s") == .signedNotAtHand)
        _ = try await service.sync()
        #expect(await bench.tse.device.finished.count == 1)
    }

    @Test("The start's answer lost: its transaction is found, closed and listed; the document gets another one")
    func orphan() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        await bench.tse.planFaults { $0.add(.answerLost, to: .start) }
        try await bench.sell("s", service)
        #expect(await bench.tse.device.openTransactions().map(\.number) == [1])
        let report = try await service.sync()
        #expect(report.closedOrphans.map(\.number) == [1])
        let log = try await service.outages()
        #expect(log.orphans.map(\.number) == [1])
        #expect(log.orphans.first?.outage == 1)
        #expect(await bench.tse.device.openTransactions().isEmpty)
        #expect(try await service.state(of: "s") == .regular)
    }

    @Test("An outage in the middle of the re-signing leaves the rest in the queue, in its order")
    func interruptedAgain() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        await bench.tse.pullOut()
        for id in self.names(10) { try await bench.sell(id, service) }
        await bench.tse.putBack()
        await bench.tse.planFaults {
            $0.add(nil, to: .finish, times: 3)
            $0.add(.requestLost, to: .finish)
        }
        let report = try await service.sync()
        #expect(report.signed == self.names(3))
        #expect(report.failure?.code == .answerLost)
        #expect(report.nextProbe == bench.clock.now() + .seconds(30))
        #expect(try await service.status().waiting.count == 7)
        #expect(try await service.sync().signed == Array(self.names(10).dropFirst(3)))
        let counters = try await bench.counters(self.names(10), service)
        #expect(counters.count == 10)
        #expect(counters == counters.sorted())
        #expect(await bench.tse.device.openTransactions().isEmpty)
    }

    @Test("A restart in the middle goes on with the first unsigned receipt")
    func restart() async throws {
        let bench = try ServiceBench()
        var service = try await bench.open()
        await bench.tse.pullOut()
        for id in self.names(20) { try await bench.sell(id, service) }
        await bench.tse.putBack()
        await bench.tse.planFaults {
            $0.add(nil, to: .finish, times: 7)
            $0.add(.unreachable, to: .finish)
        }
        #expect(try await service.sync().signed == self.names(7))
        let before = try await bench.counters(self.names(7), service)
        service = try await bench.open()
        #expect(try await service.sync().signed == Array(self.names(20).dropFirst(7)))
        #expect(try await bench.counters(self.names(7), service) == before)
        let counters = try await bench.counters(self.names(20), service)
        #expect(counters.count == 20)
        #expect(counters == counters.sorted())
        #expect(await bench.tse.device.finished.count == 20)
    }

    @Test("The queue outlives the process")
    func lossOfPower() async throws {
        let bench = try ServiceBench()
        var service = try await bench.open()
        await bench.tse.pullOut()
        for id in self.names(5) { try await bench.sell(id, service) }
        service = try await bench.open()
        await bench.tse.putBack()
        #expect(try await service.sync().signed.count == 5)
        #expect(await bench.tse.device.finished.count == 5)
    }

    @Test("Sales made while the queue is worked off are answered regularly and go in between")
    func newSalesInBetween() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        await bench.tse.pullOut()
        for id in self.names(40) { try await bench.sell(id, service) }
        await bench.tse.putBack()
        // The new sale comes in the middle of the first document's re-signing, and waits for that one only.
        let (moment, reached) = AsyncStream.makeStream(of: Void.self)
        await bench.tse.onBefore { call in if call.kind == .finish { reached.yield() } }
        async let recovery = service.sync()
        var moments = moment.makeAsyncIterator()
        await moments.next()
        let answer = try await bench.sell("new", service)
        #expect(answer.classify(step: .store).kind == .signed)
        #expect(try await recovery.signed == self.names(40))
        let newOne = try #require(answer.additionalFields.tseSignatureCounter as Int64?)
        let counters = try await bench.counters(self.names(40), service)
        #expect(counters == counters.sorted())
        #expect(UInt64(newOne) < (counters.last ?? 0))
    }

    @Test("The TSE's return is noticed within the probe interval, with no till calling")
    func probing() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        await bench.tse.pullOut()
        try await bench.sell("s", service)
        let run = Task { try await service.run() }
        await bench.clock.untilAsleep(for: .seconds(30))
        await bench.tse.putBack()
        var events = service.events.makeAsyncIterator()
        bench.clock.advance(by: .seconds(30))
        guard case .outageEnded(let outage) = await events.next() else {
            Issue.record("the end was not noticed")
            return
        }
        #expect(outage.end == ServiceBench.start + .seconds(30))
        guard case .reSigned("s", let signature) = await events.next() else {
            Issue.record("the receipt was not signed")
            return
        }
        #expect(signature.logTime == ServiceBench.start + .seconds(30))
        run.cancel()
        try await run.value
    }

    @Test("When a till finds the TSE back, the re-signing begins at once")
    func foundByTill() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        await bench.tse.pullOut()
        try await bench.sell("s", service)
        let run = Task { try await service.run() }
        await bench.clock.untilAsleep(for: .seconds(30))
        await bench.tse.putBack()
        var events = service.events.makeAsyncIterator()
        _ = try await service.create("t", register: ServiceBench.register)
        // No time has passed.
        var isSigned = false
        while !isSigned, let event = await events.next() {
            if case .reSigned("s", _) = event { isSigned = true }
        }
        #expect(isSigned)
        #expect(bench.clock.now() == ServiceBench.start)
        run.cancel()
        try await run.value
    }

    @Test("Business times stay; the late signature stands beside them with its own")
    func times() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        await bench.tse.pullOut()
        let answer = try await bench.sell("s", service)
        bench.clock.advance(by: .seconds(3600))
        await bench.tse.putBack()
        #expect(try await service.state(of: "s") == .offlinePending)
        _ = try await service.sync()
        let entry = try #require(try await service.document("s"))
        #expect(entry.finish?.requestedAt == ServiceBench.start)
        #expect(try entry.finishResponse() == answer)
        guard case .reSigned(let signature, let at) = entry.state else {
            Issue.record("it is not signed")
            return
        }
        #expect(at == ServiceBench.start + .seconds(3600))
        #expect(signature.logTime == at)
        let qr = try ReceiptQR(signature.qr)
        #expect(qr.processData == ServiceBench.data)
        #expect(qr.verify().verdict == .valid)
    }

    @Test("A signature that does not hold signs nothing: the document stays pending, and an alarm is raised")
    func badSignature() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        await bench.tse.pullOut()
        try await bench.sell("bad", service)
        let answer = try await bench.sell("good", service)
        await bench.tse.putBack()
        await bench.tse.planFaults { $0.add(.badSignature, to: .finish) }
        let report = try await service.sync()
        #expect(report.failed["bad"]?.code == .badSignature)
        #expect(report.signed == ["good"])
        #expect(try await service.state(of: "bad") == .offlinePending)
        var events = service.events.makeAsyncIterator()
        _ = try await service.sync()
        #expect(await events.next() == .alarm(.badSignature("bad")))
        #expect(try await service.state(of: "bad") == .offlinePending)
        #expect(await bench.tse.device.finished.count == 2)
        #expect(try await service.document("good")?.finishResponse() == answer)
    }

    @Test("A till is not answered with a signature that does not hold, or that of other data")
    func badSignatureAtOnce() async throws {
        for fault in [TSEFault.badSignature, .otherDataSigned] {
            let bench = try ServiceBench()
            let service = try await bench.open()
            await bench.tse.planFaults { $0.add(fault, to: .finish) }
            let answer = try await bench.sell("s", service)
            #expect(answer.classify(step: .store).kind == .storeFailed)
            _ = try await service.sync()
            #expect(try await service.state(of: "s") == .offlinePending)
            // Asking for another signature would be the doubling.
            #expect(await bench.tse.device.finished.count == 1)
        }
    }

    @Test("Data that the TSE does not take hold up nobody else")
    func unsuitableData() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        await bench.tse.pullOut()
        for id in self.names(3) { try await bench.sell(id, service) }
        await bench.tse.putBack()
        await bench.tse.planFaults { $0.add(.refused(.unsuitableData), to: .finish) }
        let report = try await service.sync()
        #expect(report.signed == ["r2", "r3"])
        #expect(report.failed["r1"]?.code == .unsuitableData)
    }

    @Test("By the policy never, nothing is signed afterwards and no transaction stays open")
    func policyNever() async throws {
        let bench = try ServiceBench(policy: .never)
        let service = try await bench.open()
        let created = try await service.create("opened", register: ServiceBench.register)
        await bench.tse.pullOut()
        _ = try await service.store(bench.document("opened"), answering: created.echoed)
        try await bench.sell("whole", service)
        #expect(try await service.state(of: "whole") == .neverSigned)
        await bench.tse.putBack()
        let report = try await service.sync()
        #expect(report.signed.isEmpty)
        #expect(report.closedOrphans.map(\.document) == ["opened"])
        #expect(try await service.state(of: "opened") == .neverSigned)
        #expect(await bench.tse.device.openTransactions().isEmpty)
        #expect(await bench.tse.device.finished.map(\.processData) == [FiscalDocument.cancelledData])
        #expect(try await service.outages().outages.first?.documents.map(\.id) == ["opened", "whole"])
    }

    @Test("Another TSE than the configured one signs nothing")
    func otherTSE() async throws {
        var bench = try ServiceBench()
        bench.configuration.tseSerial = String(repeating: "0", count: 64)
        let service = try await bench.open()
        let answer = try await bench.sell("s", service)
        #expect(answer.classify(step: .store).kind == .storeFailed)
        #expect(try await service.sync().failure?.code == .otherTSE)
        #expect(await bench.tse.device.log.isEmpty)
    }

    @Test("A replaced TSE signs what its predecessor never saw, and not what that may have signed")
    func replacedTSE() async throws {
        var bench = try ServiceBench()
        var service = try await bench.open()
        let opened = try await service.create("opened", register: ServiceBench.register)
        let lost = try await service.create("lost", register: ServiceBench.register)
        await bench.tse.planFaults { $0.add(.requestLost, to: .finish) }
        _ = try await service.store(bench.document("lost"), answering: lost.echoed)
        await bench.tse.pullOut()
        _ = try await service.store(bench.document("opened"), answering: opened.echoed)
        let identity = try TSEIdentity(at: ServiceBench.start, random: CountingRandomSource(seed: 12))
        let successor = SimulatedTSE(identity, clock: bench.clock)
        bench.configuration.tseSerial = identity.serial
        service = try await FiscalService.open(
            configuration: bench.configuration, tse: successor, store: bench.store, clock: bench.clock,
            randomness: CountingRandomSource(seed: 13))
        let report = try await service.sync()
        #expect(report.signed == ["opened"])
        #expect(report.settledUnsigned == ["lost"])
        #expect(try await service.state(of: "lost") == .signedNotAtHand)
        #expect(await successor.device.finished.count == 1)
    }
}
