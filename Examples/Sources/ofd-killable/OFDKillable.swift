import ArgumentParser
import FiscalCore
import Foundation
import Killing
import OFDKazProtocol
import OFDRegisterFolder

/// A scripted day of a Kazakh register in a process that kills itself: proves that no moment loses or doubles a document.
///
/// Started again, it goes on with the first document that it has no receipt of, under the same reference; so does a till.
@main
struct OFDKillable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "ofd-killable")

    @Option(help: "The moment at which to die, from 1; each commit, connection, sending, answer and receipt has some.")
    var dieAt: Int

    @Option(help: "HOST:PORT of the simulated server.") var server: String
    @Option(help: "ID of the register.") var id: UInt32
    @Option(help: "The first token.") var token: UInt32
    @Option(help: "РНМ of the register.") var rnm: String
    @Option(help: "When the day begins, in seconds since 1970; the same at each start.") var opening: Int64

    @Argument(help: "The folder.") var folder: String

    func run() async throws {
        let plan = KillPlan(dieAt: self.dieAt)
        let folder = RegisterFolder(self.folder)
        let settings: RegisterSettings
        do { settings = try folder.settings() } catch is NoRegister {
            settings = try RegisterSettings(
                server: self.server, id: self.id, token: self.token, registrationNumber: self.rnm)
            try await folder.create(settings)
        }
        let hours = Hours(opening: FiscalInstant(secondsSinceEpoch: self.opening))
        let register = try await folder.open(settings, clock: hours) { store, transport in
            (KillableStore(base: store, plan: plan), DayLink(base: transport, hours: hours, plan: plan))
        }
        let receipts = try Receipts(folder.url.appendingPathComponent("receipts.jsonl"), plan: plan)
        for number in (1...Day.length).dropFirst(receipts.lines.count) {
            hours.document(number)
            let outcome = try await Day.issue(number, at: register, after: receipts.lines)
            try receipts.print(outcome, number)
        }
        hours.document(Day.length + 1)
        // Until nothing waits and the figures of both sides were compared.
        while true {
            let report = try await register.sync()
            guard let due = report.nextDue else { break }
            try await hours.sleep(until: due)
        }
        let status = await register.status
        guard status.mode == .online, status.queueLength == 0 else {
            throw ValidationError("the day ended \(status.mode) with \(status.queueLength) messages waiting")
        }
    }
}
