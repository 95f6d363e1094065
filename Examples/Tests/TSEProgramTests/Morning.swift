import FiscalCore
import FiscalSimulators
import FiscalTransport
import Foundation
import ProgramTestSupport
import SimulatorServer
import TSEOffline
import Testing

/// One morning of `tse-killable`, with the TSE in this process: what the till printed, what the TSE signed, and what the
/// outage log says.
struct Morning {
    /// A line of the till.
    struct Line: Decodable {
        var place: Int
        var step: String
        var document: String
        var kind: String
        var number: Int64
        var paper: [String]
        var qr: String
    }

    /// The outage log, as far as it matters here.
    struct Log: Decodable {
        struct Outage: Decodable {
            struct Document: Decodable {
                struct Signature: Decodable {
                    var transactionNumber, signatureCounter: UInt64
                    var qr: String
                }
                var id, state: String
                var lateSignature: Signature?
            }
            var sequence: Int64
            var begin: String
            var end: String?
            var documents: [Document]
        }
        struct Orphan: Decodable {
            var transactionNumber: UInt64
            var closedAt: String?
        }
        var outages: [Outage]
        var orphanTransactions: [Orphan]
    }

    /// The steps of the script.
    static let places = 8

    /// Whether the first process was killed.
    var wasKilled: Bool
    /// Calls that the TSE met, the failed ones too.
    var calls: Int
    var lines: [Line]
    var log: Log
    var device: TSEDevice

    /// Keys take time to make, and one TSE is as good as another.
    private static let identity = Task {
        try TSEIdentity(at: SystemClock.system.now(), random: SystemRandomSource.system)
    }

    /// Runs the morning to its end, through an outage, killed once at a moment.
    static func run(
        killedAt moment: Int = .max, _ beginning: InterruptedTSE.Beginning = .notArrived, first: Int = .max - 1,
        length: Int = 1, named name: String
    ) async throws -> Morning {
        let simulated = SimulatedTSE(try await Self.identity.value, clock: SystemClock.system)
        let tse = InterruptedTSE(simulated, beginning, first: first, length: length)
        let door = try await TSEDoor.open(tse)
        let folder = try TestFolder()
        let options = [
            "--tse", door.address, "--serial", await simulated.device.identity.serial, folder.path,
        ]
        let killed = try await Program("tse-killable").run(["--die-at", "\(moment)"] + options)
        #expect(killed.wasKilled || killed.status == 0, "\(name): \(killed.errors)")
        if killed.wasKilled {
            let last = try await Program("tse-killable").run(
                ["--die-at", "\(Int.max)", "--ahead", "86400"] + options)
            #expect(last.status == 0, "\(name): \(last.errors)")
        }
        await door.close()
        let lines = try String(decoding: folder.bytes("receipts.jsonl"), as: UTF8.self)
            .split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
        return Morning(
            wasKilled: killed.wasKilled, calls: tse.count, lines: lines,
            log: try JSONDecoder().decode(Log.self, from: Data(folder.bytes("outages.json"))),
            device: await simulated.device)
    }

    /// The statement: every finished document ends with exactly one valid signature, those of an outage in the order in
    /// which they were stored; no transaction stays open, and the TSE finished nothing else but the orphans that the
    /// log lists.
    func check(_ name: String) throws {
        #expect(self.lines.map(\.place) == Array(0..<Self.places), "\(name)")
        var own: [UInt64] = []
        for line in self.lines where line.step != "create" {
            let late = self.late(line.document)
            let qr = try #require(line.qr.isEmpty ? late?.qr : line.qr, "\(name): \(line.document) has no signature")
            // What was printed stays: a signed receipt has no late signature, an unsigned one carries the mark alone.
            #expect((line.kind == "signed") == (late == nil), "\(name): \(line.document)")
            #expect(line.paper == (line.kind == "signed" ? ["QR: \(line.qr)"] : ["TSE ausgefallen."]), "\(name)")
            let checked = QRVerification(of: qr)
            #expect(checked.verdict == .valid, "\(name): \(line.document)")
            let read = try #require(checked.qr)
            own.append(read.transactionNumber)
            // It is the one that the TSE made, over this document's data.
            let signed = self.device.finished.filter { $0.transactionNumber == read.transactionNumber }
            #expect(signed.map(\.signatureCounter) == [read.signatureCounter], "\(name): \(line.document)")
            #expect(signed.first?.processData == Self.processData(line), "\(name): \(line.document)")
        }
        #expect(Set(own).count == own.count, "\(name): two documents share a signature")
        for outage in self.log.outages {
            let counters = outage.documents.compactMap { $0.lateSignature?.signatureCounter }
            #expect(counters == counters.sorted(), "\(name): outage \(outage.sequence) is out of order")
            #expect(outage.documents.map(\.id) == self.order(of: outage.documents.map(\.id)), "\(name)")
            #expect(outage.documents.allSatisfy { $0.state == "reSigned" }, "\(name)")
            #expect(outage.end != nil, "\(name): outage \(outage.sequence) has no end")
        }
        #expect(self.device.openTransactions().isEmpty, "\(name): transactions are left open")
        let orphans = self.log.orphanTransactions
        #expect(orphans.allSatisfy { $0.closedAt != nil }, "\(name)")
        let others = self.device.finished.map(\.transactionNumber).filter { !own.contains($0) }
        #expect(others.sorted() == orphans.map(\.transactionNumber).sorted(), "\(name): signatures of nobody")
    }

    /// The late signature of a document.
    func late(_ document: String) -> Log.Outage.Document.Signature? {
        self.log.outages.flatMap(\.documents).first { $0.id == document }?.lateSignature
    }

    /// Documents in the order of their finishing calls.
    private func order(of documents: [String]) -> [String] {
        self.lines.filter { $0.step != "create" && documents.contains($0.document) }.map(\.document)
    }

    /// What a document of the script says.
    private static func processData(_ line: Line) -> String {
        guard line.step == "store" else { return "AVBelegabbruch^0.00_0.00_0.00_0.00_0.00^" }
        let sum = Money(minorUnits: Int64(line.document.utf8.first ?? 0) * 137, currency: .eur).text
        return "Beleg^\(sum)_0.00_0.00_0.00_0.00^\(sum):Bar"
    }
}
