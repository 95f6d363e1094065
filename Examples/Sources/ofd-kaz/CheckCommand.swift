import ArgumentParser
import FiscalCore
import OFDKazProtocol
import ProgramSupport

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Holds a receipt against all rules, before anything is sent.",
        discussion:
            "F is a TicketRequest in the protobuf JSON mapping. Exit status: 0 no issue, 1 issues, 2 unreadable.")

    @Flag(help: "Print one JSON object (the default, and the only form).")
    var json = false

    @Option(help: "The version of the protocol: 202, 203 or 204.")
    var version: UInt16 = 203

    @Argument(help: "The receipt; - is the standard input.")
    var file: String

    func run() async throws {
        guard let edition = Edition(rawValue: self.version), Edition.sendable.contains(edition) else {
            throw Terminal.fail("version: oneOf (202, 203, 204)")
        }
        let issues = try Terminal.input(self.file) {
            try TicketCheck.issues(
                json: String(decoding: try Terminal.read(self.file), as: UTF8.self), edition: edition)
        }
        let list = issues.map { issue in
            JSONValue.object([
                "field": .string(issue.field), "rule": .string(issue.rule.rawValue), "limit": .string(issue.limit),
            ])
        }
        Terminal.print(JSONValue.object(["issues": .array(list)]).text)
        if !issues.isEmpty { throw ExitCode(1) }
    }
}
