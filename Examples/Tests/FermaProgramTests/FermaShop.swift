import FiscalCore
import FiscalSimulators
import Foundation
import ProgramTestSupport
import SimulatorServer
import Testing

/// A shop whose till is killed again and again, at a Ferma of its own behind real mutual TLS in this process.
final class FermaShop: Sendable {
    let ferma: FermaOnSocket
    /// What the till sells depends on this and nothing else.
    let seed: Int
    let folder: TestFolder

    init(_ ferma: FermaOnSocket, seed: Int) throws {
        self.ferma = ferma
        self.seed = seed
        self.folder = try TestFolder()
        ferma.openBooks()
    }

    /// One line of what the till wrote down about each sale, once it knew how it ended.
    struct Line: Decodable {
        var place: Int
        /// Under which identifier the sale ended: its own, or that of the corrected receipt.
        var requestID: String
        var outcome: String
        var number: Int64?
        var sign: UInt32?
        var total: Int64
        var type: Int64
    }

    var lines: [Line] {
        get throws {
            guard self.folder.exists("till/receipts.jsonl") else { return [] }
            return try String(decoding: self.folder.bytes("till/receipts.jsonl"), as: UTF8.self)
                .split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
        }
    }

    /// Starts the till: it goes on where the last process stopped, and dies at that moment if it lives so long.
    /// - Returns: whether it was killed; else it came to the end of its day.
    func till(_ places: ClosedRange<Int>, dieAt moment: Int) async throws -> Bool {
        let ending = try await Program("ferma-killable").run(self.arguments(places, dieAt: moment))
        #expect(ending.wasKilled || ending.status == 0, "seed \(self.seed), killed at \(moment): \(ending.errors)")
        return ending.wasKilled
    }

    /// Kills the till from outside, as a power failure would, while its first request is under way.
    func cutOff(_ places: ClosedRange<Int>) async throws {
        let till = try Running(Program("ferma-killable").path, self.arguments(places, dieAt: .max))
        while self.ferma.authority.requests.isEmpty, till.process.isRunning { await Task.yield() }
        kill(till.process.processIdentifier, SIGKILL)
        #expect(try await till.ending().wasKilled)
    }

    private func arguments(_ places: ClosedRange<Int>, dieAt moment: Int) -> [String] {
        [
            "--die-at", "\(moment)", "--seed", "\(self.seed)", "--first", "\(places.lowerBound)", "--last",
            "\(places.upperBound)", self.folder.path + "/till",
        ] + self.ferma.options()
    }

    /// The register has two taxation systems, so it refuses what names none (code 52): every seventh sale, beginning
    /// with the third, which a person then corrects when its place is even.
    static func isRefused(_ place: Int) -> Bool { place % 7 == 3 && !place.isMultiple(of: 2) }
    static func isCorrected(_ place: Int) -> Bool { place % 7 == 3 && place.isMultiple(of: 2) }

    /// Holds what the till knows against the books of Ferma.
    func audit(_ places: ClosedRange<Int>, _ name: String) throws {
        let (lines, ledger) = (try self.lines, self.ferma.authority.ledger)
        #expect(lines.map(\.place) == Array(places), "\(name): each sale ended once, in its order")
        #expect(ledger.doubled.isEmpty, "\(name)")
        #expect(ledger.conflicting.isEmpty, "\(name): every repeat is the first request byte for byte")
        for line in lines {
            let (own, corrected) = ("sale-\(line.place)", "sale-\(line.place)-corrected")
            let documents = [own, corrected].flatMap { ledger.documents(of: FermaRequestIdentity(requestID: $0)) }
            guard !Self.isRefused(line.place) else {
                #expect(line.outcome == "refused" && documents.isEmpty, "\(name), sale \(line.place)")
                continue
            }
            #expect(line.outcome == "registered", "\(name), sale \(line.place)")
            #expect(documents.count == 1, "\(name), sale \(line.place)")
            #expect(line.requestID == (Self.isCorrected(line.place) ? corrected : own), "\(name), sale \(line.place)")
            let document = documents.first
            #expect(document?.identity.requestID == line.requestID, "\(name), sale \(line.place)")
            #expect(document?.number == line.number && document?.sign == line.sign, "\(name), sale \(line.place)")
            #expect(document?.total == line.total && document?.type == line.type, "\(name), sale \(line.place)")
        }
        #expect(ledger.documents.count == lines.count { $0.outcome == "registered" }, "\(name)")
    }
}
