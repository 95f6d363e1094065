import FiscalSimulators
import Foundation
import OFDKazProtocol
import ProgramTestSupport
import SimulatorServer
import Testing

/// A scripted day of 50 documents with an outage, in a process that is killed at every moment, one after the other.
@Suite struct KilledDayTests {
    /// What the till wrote for each receipt that it handed out.
    private struct Receipt: Decodable {
        var place: Int
        var outcome: String
        var document: Int64
        var kind: String
        var number: String?
    }

    /// The server goes by the real clock, so the day must be near it.
    private static let opening = Int(Date().timeIntervalSince1970) - 2 * 3600

    /// Every moment in a long campaign; each of these many in a normal run, from another first one in each part.
    private static var step: Int { ProcessInfo.processInfo.environment["FISCAL_CAMPAIGN"] == "long" ? 1 : 23 }

    @Test("Killed anywhere and started again, the server's books are the receipts that were handed out")
    func killedAnywhere() async throws {
        // A day waits for the disk and the link most of the time. Each lane has a server of its own, because a server
        // writes all its books at every answer.
        let lanes = 4
        let killed = try await withThrowingTaskGroup(of: Int.self) { group in
            for lane in 0..<lanes {
                group.addTask { try await self.kills(from: 1 + lane * Self.step, step: lanes * Self.step) }
            }
            return try await group.reduce(0, +)
        }
        print("the day was killed at \(killed) moments, each \(Self.step)th of all")
        #expect(killed > 0)
    }

    /// Days that are killed at one moment each, until the day is over before its moment. How many were killed.
    private func kills(from first: Int, step: Int) async throws -> Int {
        let server = try await ServerOnSocket.start()
        // Messages of finished days would be written at every answer, too.
        server.change { $0.rules.keepsMessages = false }
        let whole = try await self.day(server, 200_000, killedAt: .max)
        #expect(!whole.wasKilled)
        var (moment, killed) = (first, 0)
        while true {
            let day = try await self.day(server, 200_000 + UInt32(moment), killedAt: moment)
            guard day.wasKilled else { break }
            killed += 1
            #expect(day.receipts.count == whole.receipts.count, "killed at \(moment)")
            moment += step
        }
        await server.stop()
        return killed
    }

    /// One day at a register of its own, killed once at that moment and then run to its end.
    private func day(
        _ server: ServerOnSocket, _ id: UInt32, killedAt moment: Int
    ) async throws -> (wasKilled: Bool, receipts: [Receipt]) {
        let account = server.newRegister(id)
        let folder = try TestFolder()
        let options = [
            "--server", server.ready.address, "--id", "\(id)", "--token", "\(account.token)", "--rnm",
            account.registration.device.registrationNumber, "--opening", "\(Self.opening)", folder.path + "/till",
        ]
        let first = try await Program("ofd-killable").run(["--die-at", "\(moment)"] + options)
        #expect(first.wasKilled || first.status == 0, "killed at \(moment): \(first.errors)")
        if first.wasKilled {
            let second = try await Program("ofd-killable").run(["--die-at", "\(Int.max)"] + options)
            #expect(second.status == 0, "killed at \(moment): \(second.errors)")
        }
        let receipts = try String(decoding: folder.bytes("till/receipts.jsonl"), as: UTF8.self)
            .split(separator: "\n").map { try JSONDecoder().decode(Receipt.self, from: Data($0.utf8)) }
        #expect(receipts.map(\.place) == Array(1...50), "killed at \(moment)")
        // Reports are no documents of the server.
        let printed = receipts.filter { $0.kind != "report" }
        let accepted = server.account(id)?.documents ?? []
        #expect(
            accepted.map { $0.printedDocumentNumber.map(Int64.init) } == printed.map { Optional($0.document) },
            "killed at \(moment)")
        for (receipt, document) in zip(printed, accepted) where receipt.kind == "ticket" {
            // A receipt that was printed offline may stand in the books as online: its answer was lost.
            let isSame =
                receipt.outcome == "registered"
                ? receipt.number == document.ticketNumber
                : document.offlineTicketNumber.map { "\($0)" == receipt.number } ?? true
            #expect(isSame, "killed at \(moment), document \(receipt.document)")
        }
        // All books are written at every answer: those of finished days would only slow the others down.
        server.change { $0[id] = nil }
        return (first.wasKilled, receipts)
    }
}
