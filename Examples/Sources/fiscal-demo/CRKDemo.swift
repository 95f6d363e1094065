import CRKProtocol
import CRKRegisterFolder
import FiscalCore
import FiscalSimulators
import FiscalTransport
import Foundation
import SimulatorServer

/// Poland: the whole life of a register. Fiscalised, a day shipped, four orders carried out, the Event Hub lost in the middle
/// of a shipment, and the end of its work.
struct CRKDemo {
    private let folder: URL
    private let clock = HurriedClock()
    /// The till of this demonstration; one in the same folder has another.
    private let series = SystemRandomSource.system.uuid().prefix(8)

    init(folder: URL) {
        self.folder = folder
    }

    func run(_ tally: inout Tally) async throws {
        let authorities = try await SimulatedAuthorities.start(
            state: self.folder.appendingPathComponent("authority").path)
        let (ready, office) = (authorities.ready.crk, authorities.crk)
        office.openBooks()
        // Nobody wants to watch two hours pass, nor may a till be two hours ahead of the repository.
        office.withAuthority {
            $0.rules.timetable = CRKTimetable(sendFreqEventHub: 60, checkFreqWebApi: 60, shipmentType: "PA;FA;RD;WN")
        }
        let settings = try Self.settings(ready)
        let till = CRKFolder(self.folder.appendingPathComponent("till-\(self.series)").path)
        var setup = CRKFolder.Setup()
        setup.clock = self.clock
        var result = tally
        try await till.withRegister(settings, setup) { register, memory in
            let unit = try UniqueNumber(ready.unit)
            try await self.fiscalise(register, settings, office, unit, &result)
            try await self.day(register, memory, office, unit, &result)
            try await self.orders(register, memory, office, unit, &result)
            try await self.outage(register, memory, office, unit, &result)
            try await self.end(register, memory, office, unit, &result)
        }
        tally = result
        await authorities.stop()
    }

    private static func settings(_ ready: ReadyFile.CRK) throws -> CRKFolderSettings {
        func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
        var settings = CRKFolderSettings()
        settings.cpd = ready.cpd
        settings.webApi = ready.webapi
        settings.anchors = try text(ready.anchor)
        settings.tlsCertificate = try text(ready.tls_cert)
        settings.tlsKey = try text(ready.tls_key)
        settings.jsonCertificate = try text(ready.json_cert)
        settings.jsonKey = try text(ready.json_key)
        settings.nip = ready.nip
        settings.serialNumber = ready.serial
        settings.technician = ready.technician
        return settings
    }

    private func fiscalise(
        _ register: CRKRegister, _ settings: CRKFolderSettings, _ office: CRKOffice, _ unit: UniqueNumber,
        _ tally: inout Tally
    ) async throws {
        say("\n== Poland, CRK: fiscalisation, fourteen steps as one transaction")
        office.withAuthority { $0.faults.add(.lost(effect: true), for: "MFP") }
        say("  … the repository grants it, and the answer is lost")
        let first = try await register.fiscalise(try settings.request())
        tally.check("nothing that is for ever has happened", Self.isPending(first) && first.paper.lines.isEmpty)
        for _ in 0..<20 {
            if case .fiscalised = try await register.status().mode { break }
            self.clock.skip(.seconds(60))
            _ = try await register.sync()
        }
        let (status, record) = (try await register.status(), office.authority[unit])
        tally.check("the register is fiscalised", Self.isFiscalised(status) && record.status == .fiscalised)
        let number = status.settings.registrationNumber?.text
        say("    | numer ewidencyjny: \(number ?? "none")")
        tally.check("under the number that the repository gave", number != nil && number == record.registrationNumber)
        tally.check(
            "the request that was repeated is the first one", Set(Self.requests(office, "MFP")).count == 1)
        tally.check("the fiscal report has arrived", office.authority.continuity(of: unit).isComplete(through: 1))
        tally.check("the schedule was ordered, stored and confirmed", record.orders.map(\.confirmation?.code) == ["0"])
    }

    private func day(
        _ register: CRKRegister, _ memory: DocumentFile, _ office: CRKOffice, _ unit: UniqueNumber,
        _ tally: inout Tally
    ) async throws {
        say("\n== Poland: a day of forty receipts and its report")
        try self.sell(40, memory)
        let report = try await register.dailyReportMade()
        let last = try memory.last()
        say("  … \(report.packets) packet with the documents through \(last)")
        tally.check("the Event Hub has every document, in order", Self.isComplete(office, unit, last))
        let packets = office.authority.ledger.packets(of: unit)
        tally.check("each seal holds", packets.allSatisfy(\.flaws.isEmpty))
        let requests = office.authority.ledger.requests(at: .eventHub)
        tally.check("no certificate was shown there", requests.allSatisfy { $0.clientName == nil })
    }

    private func orders(
        _ register: CRKRegister, _ memory: DocumentFile, _ office: CRKOffice, _ unit: UniqueNumber,
        _ tally: inout Tally
    ) async throws {
        say("\n== Poland: four orders of the repository")
        let contents: [CRKOrderContent] = [
            .callService("KCS"), .timetable(CRKTimetable(sendFreqEventHub: 3_600, checkFreqWebApi: 600)),
            .qrCode(1_000), .documents(scope: "5-12", shipmentType: "PR"),
        ]
        let now = self.clock.now()
        let ids = office.withAuthority { authority in contents.map { authority.order($0, for: unit, at: now) } }
        let keys = Self.requests(office, "KCS").count
        let report = try await register.poll()
        for executed in report.executed { say("    | \(executed.commandID) \(executed.fault ?? "wykonano")") }
        tally.check("all four were carried out, in order", report.executed.map(\.commandID) == ids)
        let orders = office.authority[unit].orders.filter { ids.contains($0.commandID) }
        tally.check(
            "each was confirmed once", orders.map { $0.confirmations.map(\.code) } == Array(repeating: ["0"], count: 4))
        tally.check("CMD01: the keys were fetched", Self.requests(office, "KCS").count == keys + 1)
        let settings = try await register.status().settings
        tally.check("CMD02: the schedule is the new one", settings.timetable?.sendFreqEventHub.number == 3_600)
        tally.check("CMD03: QR codes from ten złoty on", settings.qrCode == .above(grosze: 1_000))
        let answered = office.authority.ledger.documents(of: unit).suffix(8)
        tally.check(
            "CMD06: receipts 5 to 12 in detail, and nothing more",
            answered.map(\.number) == (5...12).map(Int64.init(_:))
                && answered.allSatisfy { $0.text.contains("pozycje") })
    }

    private func outage(
        _ register: CRKRegister, _ memory: DocumentFile, _ office: CRKOffice, _ unit: UniqueNumber,
        _ tally: inout Tally
    ) async throws {
        say("\n== Poland: the Event Hub is lost in the middle of a shipment")
        try self.sell(300, memory, type: "RD")
        let last = try memory.last()
        office.withAuthority { $0.faults.eventHub = .init(upcoming: [nil, nil], permanent: .lost(effect: true)) }
        let before = try await register.status().shippedThrough
        let report = try await register.ship()
        let status = try await register.status()
        say("  … \(report.packets) packets were taken, then no answer came; \(status.unsent) documents wait")
        tally.check(
            "what was taken is known, the rest waits",
            report.packets == 2 && status.shippedThrough > before && status.unsent > 0)
        office.withAuthority { $0.faults.eventHub.clear() }
        self.clock.skip(.seconds(60))
        _ = try await register.ship()
        let packets = office.authority.ledger.packets(of: unit)
        tally.check("it goes on where it stood", try await register.status().unsent == 0)
        tally.check(
            "the packet without an answer came again, the same to the byte",
            packets.contains { $0.repeats != nil } && packets.allSatisfy(\.flaws.isEmpty))
        tally.check("every document is there, in order, none twice", Self.isComplete(office, unit, last))
        let largest = office.hubOctets.max() ?? 0
        say("    | largest request on the wire: \(largest) octets")
        tally.check("no request reached 256 kB", largest < 256_000)
    }

    private func end(
        _ register: CRKRegister, _ memory: DocumentFile, _ office: CRKOffice, _ unit: UniqueNumber,
        _ tally: inout Tally
    ) async throws {
        say("\n== Poland: the end of work in fiscal mode")
        try memory.append([
            MemoryDocument(
                type: "ZE", event: 12, detailed: ["zdarzenie": "zakończenie pracy w trybie fiskalnym"], short: nil)
        ])
        _ = try await register.ship()
        office.withAuthority { $0.faults.add(.lost(effect: false), for: "EFL") }
        _ = try await register.endOfLife(.settlementReport)
        tally.check(
            "the register is read-only, whoever knows of it", Self.isReadOnly(try await register.status(), false))
        self.clock.skip(.seconds(60))
        _ = try await register.sync()
        let record = office.authority[unit]
        tally.check("the message was repeated until the repository took it", record.status == .readOnly)
        tally.check("with the last document", record.lastJPKID == (try memory.last()))
        tally.check("the register knows that", Self.isReadOnly(try await register.status(), true))
    }

    // MARK: Documents

    private func sell(_ count: Int, _ memory: DocumentFile, type: String = "PR") throws {
        let first = try memory.last() + 1
        try memory.append(
            (0..<count).map { place in
                let number = first + Int64(place)
                // A daily report of such a size, so that a shipment needs several packets.
                let filler =
                    type == "RD" ? Base64.encode(SystemRandomSource.system.bytes(count: 3_000)) : "chleb, mleko"
                return MemoryDocument(
                    number: number, type: type,
                    detailed: ["JPKID": .integer(number), "pozycje": .string(filler), "suma": .integer(1_999)],
                    short: ["JPKID": .integer(number), "suma": .integer(1_999)])
            })
    }

    // MARK: Books

    private static func requests(_ office: CRKOffice, _ command: String) -> [[UInt8]] {
        office.authority.ledger.requests(at: .cpd).filter { $0.command == command }.map(\.body)
    }

    private static func isComplete(_ office: CRKOffice, _ unit: UniqueNumber, _ last: Int64) -> Bool {
        office.authority.continuity(of: unit).isComplete(through: last)
    }

    private static func isPending(_ outcome: FiscalisationOutcome) -> Bool {
        if case .pending = outcome.state { true } else { false }
    }

    private static func isFiscalised(_ status: CRKStatus) -> Bool {
        if case .fiscalised = status.mode { true } else { false }
    }

    private static func isReadOnly(_ status: CRKStatus, _ confirmed: Bool) -> Bool {
        if case .readOnly(confirmed) = status.mode { true } else { false }
    }
}
