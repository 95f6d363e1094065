import ArgumentParser
import FermaClient
import FiscalCore
import ProgramSupport

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Shows what is not settled; nothing is sent.")

    @OptionGroup var arguments: TillArguments

    func run() async throws {
        let (status, open) = try await self.arguments.withJournal { client in
            (try await client.status(), try await client.openSubmissions())
        }
        let line =
            "\(status.waiting) waiting, \(status.held.count) held, \(status.refused.count) refused; "
            + "of \(status.unknown) a document may exist"
            + (status.stop.map { "; new receipts are held back after device error \($0.code)" } ?? "")
        Terminal.print(self.arguments.json ? Self.json(of: status, open).text : line)
    }

    private static func json(of status: FermaStatus, _ open: [FermaSubmission]) -> JSON {
        [
            "waiting": .integer(status.waiting), "unknown": .integer(status.unknown),
            "held": .integer(status.held.count), "refused": .integer(status.refused.count),
            "stop": status.stop.map { ["code": .integer($0.code), "requestID": .string($0.requestID)] } ?? .null,
            "test": .bool(status.isTest), "oldest": Self.seconds(status.oldest),
            "nextEnd": Self.seconds(status.nextEnd), "open": .array(open.map { Self.json(of: $0) }),
        ]
    }

    private static func json(of submission: FermaSubmission) -> JSON {
        [
            "requestID": .string(submission.identity.requestID), "clientID": .optional(submission.identity.clientID),
            "group": .optional(submission.identity.group), "state": .string(Self.word(submission.machine.state)),
            "document": .string(submission.machine.document.rawValue),
            "attempts": .integer(submission.machine.attempts),
        ]
    }

    private static func word(_ state: SubmissionMachine.State) -> String {
        switch state {
        case .kept: "kept"
        case .sending: "sending"
        case .waiting: "waiting"
        case .held: "held"
        case .refused: "refused"
        case .registered: "registered"
        case .corrected: "corrected"
        case .closed: "closed"
        }
    }

    private static func seconds(_ instant: FiscalInstant?) -> JSON {
        instant.map { .integer($0.secondsSinceEpoch) } ?? .null
    }
}
