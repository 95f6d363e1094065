import EETProtocol
import FiscalCore
import FiscalSimulators
import FiscalTransport
import Foundation
import SimulatorServer

/// Czechia, both editions: a sale online, then one whose answer never comes because the process is killed, in an
/// outage, and once more when the link is back.
struct EETDemo {
    let folder: URL
    private let readyFile: String
    /// Both sales are of this moment, whatever process asks; a second demonstration in the same folder has others.
    private let soldAt = OffsetDateTime(SystemClock.system.now(), zone: NamedZone.prague).iso8601Seconds

    init(folder: URL) {
        self.folder = folder
        self.readyFile = folder.appendingPathComponent("ready.json").path
    }

    func run(_ tally: inout Tally) async throws {
        let authorities = try await SimulatedAuthorities.start(
            state: self.folder.appendingPathComponent("authority").path, readyFile: self.readyFile)
        guard let office = authorities.eet(.playground) else { return }
        for edition in Edition.allCases {
            try await self.online(edition, office, &tally)
            try await self.outage(edition, office, &tally)
        }
        await authorities.stop()
    }

    private func online(_ edition: Edition, _ office: EETOffice, _ tally: inout Tally) async throws {
        say("\n== Czechia, EET \(edition): a sale online")
        let receipt = try await self.till(edition, "A-1").end()
        self.show(receipt, as: "\(edition)-online")
        let sale = self.sale("A-1", at: office, edition)
        tally.check("the authority recorded the sale once", sale?.confirmations.count == 1)
        tally.check(
            "its code is on the receipt",
            sale.map { self.value(edition == .v3 ? "FIK" : "POK", of: receipt) == $0.first.code } ?? false)
    }

    private func outage(_ edition: Edition, _ office: EETOffice, _ tally: inout Tally) async throws {
        say("\n== Czechia, EET \(edition): a sale through an outage and a killed process")
        _ = office.withAuthority(edition) { $0.faults.add(.silence(recorded: true)) }
        let till = try self.till(edition, "A-2")
        say("  … the message is under way; the authority takes it and does not answer")
        try await self.wait { self.sale("A-2", at: office, edition) != nil }
        await till.kill()
        say("  … the process was killed (SIGKILL)")

        _ = office.withAuthority(edition) { $0.faults.permanent = .lost(recorded: false) }
        let offline = try await self.till(edition, "A-2").end()
        say("  … started again; the authority is out of reach, the customer gets this:")
        self.show(offline, as: "\(edition)-outage")
        tally.check("the receipt can be handed out without the authority", !offline.isEmpty)
        if edition == .v3 {
            tally.check(
                "PKP and BKP stand in the FIK's place",
                self.value("PKP", of: offline)?.count == 344 && self.value("BKP", of: offline)?.count == 44
                    && self.value("FIK", of: offline) == nil)
        } else {
            tally.check("no code stands in the POK's place", self.value("POK", of: offline) == nil)
        }

        _ = office.withAuthority(edition) { $0.faults.clear() }
        let online = try await self.till(edition, "A-2", options: ["--sync"]).end()
        say("  … the link is back; the outbox registered it:")
        self.show(online, as: "\(edition)-recovered")
        let sale = self.sale("A-2", at: office, edition)
        tally.check("the authority has one sale, not two", sale != nil && sale?.conflicts.isEmpty == true)
        let code = self.value(edition == .v3 ? "FIK" : "POK", of: online)
        tally.check("its code came back", code != nil && sale?.confirmations.map(\.code).contains(code ?? "") == true)
        if edition == .v3 {
            let printed = self.value("BKP", of: offline)
            tally.check("BKP is what was printed before", printed != nil && self.value("BKP", of: online) == printed)
        }
        let messages = office.authority(edition)?.messages.filter { $0.identity == sale?.identity } ?? []
        tally.check(
            "the first message said to be the first, all later ones did not",
            messages.count > 1 && messages.map(\.isFirst) == [true] + messages.dropFirst().map { _ in false })
    }

    // MARK: Tills

    /// A till in a process of its own; the same receipt number is the same sale.
    private func till(_ edition: Edition, _ number: String, options: [String] = []) throws -> ChildProcess {
        try ChildProcess(
            [
                "eet-till", "--ready", self.readyFile, "--edition", edition.rawValue, "--number", number,
                "--journal", self.folder.appendingPathComponent("till-\(edition).sqlite").path,
                "--at", self.soldAt, "--total", "121.00",
            ] + options)
    }

    private func sale(_ number: String, at office: EETOffice, _ edition: Edition) -> EETLedger.Sale? {
        office.authority(edition)?.sales.last { $0.identity.number == number }
    }

    private func wait(until condition: () -> Bool) async throws {
        for _ in 0..<500 where !condition() { try await Task.sleep(for: .milliseconds(20)) }
    }

    // MARK: Receipts

    private func show(_ receipt: [String], as name: String) {
        for line in receipt { say("    | \(line)") }
        try? (receipt.joined(separator: "\n") + "\n").write(
            to: self.folder.appendingPathComponent("receipt-\(name).txt"), atomically: true, encoding: .utf8)
    }

    private func value(_ name: String, of receipt: [String]) -> String? {
        receipt.first { $0.hasPrefix("\(name): ") }.map { String($0.dropFirst(name.count + 2)) }
    }
}
