import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import TSEOffline
import Testing

/// What an auditor is shown.
@Suite("The outage log")
struct OutageLogTests {
    /// An hour's outage with a sale, a cancelled one and an orphan.
    private func story() async throws -> (OutageLog, FiscalService, ServiceBench) {
        let bench = try ServiceBench()
        let service = try await bench.open()
        try await bench.sell("before", service)
        let opened = try await service.create("sale", register: ServiceBench.register)
        await bench.tse.planFaults { $0.add(.answerLost, to: .start) }
        let failed = try await service.create("broken", register: ServiceBench.register)
        await bench.tse.pullOut()
        bench.clock.advance(by: .seconds(60))
        _ = try await service.store(bench.document("sale"), answering: opened.echoed)
        bench.clock.advance(by: .seconds(60))
        _ = try await service.cancel("broken", register: ServiceBench.register, answering: failed.echoed)
        bench.clock.advance(by: .seconds(3480))
        await bench.tse.putBack()
        _ = try await service.sync()
        return (try await service.outages(), service, bench)
    }

    @Test("It tells begin, end, reason, the receipts without signature, and the transactions without receipt")
    func content() async throws {
        let (log, _, bench) = try await self.story()
        #expect(log.outages.count == 1)
        let entry = try #require(log.outages.first)
        #expect(entry.outage.begin == ServiceBench.start)
        #expect(entry.outage.end == ServiceBench.start + .seconds(3600))
        #expect(entry.outage.reason == .answerLost)
        #expect(entry.outage.tseSerial == bench.serial)
        #expect(entry.outage.failures == 3)
        #expect(entry.documents.map(\.id) == ["sale", "broken"])
        #expect(entry.documents.map(\.isCancelled) == [false, true])
        #expect(entry.documents.map(\.requestedAt) == [60, 120].map { ServiceBench.start + .seconds($0) })
        #expect(entry.documents.map(\.state.name) == ["reSigned", "reSigned"])
        let orphan = try #require(log.orphans.first)
        #expect(log.orphans.count == 1)
        #expect(orphan.number == 3)
        #expect(orphan.outage == 1)
        let signed = try #require(await bench.tse.device.finished.first { $0.transactionNumber == 3 })
        #expect(orphan.closing == .signed(counter: signed.signatureCounter, logTime: signed.logTime))
    }

    @Test("As text it is one paragraph per outage, in the till's own time")
    func text() async throws {
        let (log, _, bench) = try await self.story()
        let lines = log.text(zone: NamedZone.berlin).split(separator: "\n").map(String.init)
        #expect(lines[0] == "Outage 1: 2021-09-07T07:07:09.000+02:00 – 2021-09-07T08:07:09.000+02:00")
        #expect(lines[1] == "  TSE \(bench.serial)")
        #expect(lines[2].hasPrefix("  Reason: answerLost"))
        #expect(lines[3] == "  Receipts issued without signature: 2")
        #expect(lines[4].hasPrefix("    sale of 3656-1, number 2, stored 2021-09-07T07:08:09.000+02:00: reSigned"))
        #expect(lines[5].hasPrefix("    broken of 3656-1, cancelled 2021-09-07T07:09:09.000+02:00: reSigned"))
        #expect(lines[6].hasPrefix("    transaction 3 of 3656-1 without a receipt, found 2021-09-07T08:07:09"))
        #expect(lines.count == 7)
    }

    @Test("As JSON it can be read by a program, and holds the late signatures")
    func json() async throws {
        let (log, _, _) = try await self.story()
        let json = try JSON(parsing: log.json.bytes)
        let outage = try #require(json["outages"]?.array?.first)
        #expect(outage["begin"] == "2021-09-07T05:07:09.000Z")
        #expect(outage["end"] == "2021-09-07T06:07:09.000Z")
        #expect(outage["reason"] == "answerLost")
        let sale = try #require(outage["documents"]?.array?.first)
        #expect(sale["id"] == "sale")
        #expect(sale["step"] == "store")
        #expect(sale["requestedAt"] == "2021-09-07T05:08:09.000Z")
        let qr = try ReceiptQR(try #require(sale["lateSignature"]?["qr"]?.string))
        #expect(qr.verify().verdict == .valid)
        #expect(json["orphanTransactions"]?.array?.first?["transactionNumber"] == 3)
    }

    @Test("An outage that lasts has no end; a receipt signed at store is no matter of the outage")
    func lasting() async throws {
        let bench = try ServiceBench()
        let service = try await bench.open()
        await bench.tse.pullOut()
        let created = try await service.create("case A", register: ServiceBench.register)
        await bench.tse.putBack()
        _ = try await service.store(bench.document("case A"), answering: created.echoed)
        await bench.tse.pullOut()
        try await bench.sell("s", service)
        let log = try await service.outages()
        #expect(log.outages.map(\.outage.sequence) == [1, 2])
        #expect(log.outages.map { $0.documents.map(\.id) } == [[], ["s"]])
        #expect(log.outages.last?.outage.end == nil)
        #expect(log.text(zone: FixedZone.utc).contains("– lasts"))
        #expect(log.json["outages"]?.array?.last?["end"] == .null)
        #expect(try await service.status().outage?.sequence == 2)
    }
}
