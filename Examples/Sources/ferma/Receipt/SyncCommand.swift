import ArgumentParser
import FermaClient
import FiscalCore
import ProgramSupport

struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Repeats what is due; what is held waits for a person.",
        discussion: "Exit status: 0 nothing waits, 3 something does.")

    @OptionGroup var arguments: TillArguments
    @Flag(help: "Do not wait for the pauses: the link is known to be back.") var now = false

    func run() async throws {
        let report = try await self.arguments.withClient { try await $0.sync(ignoringPauses: self.now) }
        let waiting = report.nextDue != nil || !report.needPerson.isEmpty
        let line =
            "\(report.outcomes.count) sent, \(report.needPerson.count) need a person"
            + (report.linkIsDown ? ", the link is down" : "")
        Terminal.print(self.arguments.json ? Self.json(of: report).text : line)
        if waiting { throw ExitCode(3) }
    }

    private static func json(of report: FermaSyncReport) -> JSON {
        [
            "sent": .array(report.outcomes.map { SaleOutcome.json(of: $0) }),
            "needPerson": .array(report.needPerson.map { .string($0.requestID) }),
            "next": report.nextDue.map { .integer($0.secondsSinceEpoch) } ?? .null,
            "linkIsDown": .bool(report.linkIsDown),
        ]
    }
}
