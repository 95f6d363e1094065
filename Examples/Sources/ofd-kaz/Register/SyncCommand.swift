import ArgumentParser
import FiscalCore
import OFDKazProtocol
import ProgramSupport

struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Sends what is due now.",
        discussion: "Exit status: 0 nothing is left and the register is online, 3 the rest.")

    @OptionGroup var arguments: RegisterArguments

    func run() async throws {
        let register = try await self.arguments.open()
        let report: OFDSyncReport
        do { report = try await register.sync() } catch { throw Terminal.fail("\(error)") }
        let mode = StatusCommand.word(report.mode)
        Terminal.print(
            json: .object([
                "sent": .array(report.outcomes.map { .object(DocumentOutcome.members(of: $0)) }),
                "queue": .int(report.queueLength), "mode": .string(mode), "unanswered": .int(report.unanswered),
                "next": report.nextDue.map { .int(Int($0.secondsSinceEpoch)) } ?? .null,
            ]), if: self.arguments.json,
            else: "\(report.outcomes.count) sent, \(report.queueLength) waiting, \(mode)")
        guard report.queueLength == 0, report.mode == .online else { throw ExitCode(3) }
    }
}
