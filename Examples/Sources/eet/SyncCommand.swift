import ArgumentParser
import EETFileModule
import EETProtocol
import ProgramSupport

struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Sends the sales that earlier runs left in the journal, in their order.",
        discussion:
            "Exit status: 0 nothing is left, 1 only refused sales are, 2 bad configuration or licence, 3 the rest.")

    @OptionGroup var arguments: ModuleArguments

    func run() async throws {
        let report = await OutboxRun(
            folder: self.arguments.folder, options: self.arguments.options, host: .system(say: Terminal.say)
        ).run()
        if report.exitStatus != 2 {
            let sent = report.outcomes.map { outcome in
                JSONValue.object([
                    "number": .string(outcome.facts.data.number), "fik": .optional(outcome.confirmationCode),
                    "code": outcome.code.map { .int($0.rawValue) } ?? .null,
                ])
            }
            Terminal.print(
                json: .object([
                    "sent": .array(sent), "waiting": .int(report.waiting), "held": .int(report.held),
                    "refused": .int(report.refused), "overdue": .int(report.overdue),
                ]), if: self.arguments.json,
                else: "\(report.outcomes.count) sent, \(report.waiting) waiting, \(report.held) held, "
                    + "\(report.refused) refused, \(report.overdue) overdue")
        }
        throw ExitCode(report.exitStatus)
    }
}
