import ArgumentParser
import FermaClient
import FiscalCore
import ProgramSupport

struct ResponseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "response", abstract: "Reads an answer of the service and says whether the receipt exists.",
        discussion: "Exit status: 0 fiscalised, 1 refused for good, 3 unknown or to be repeated.")

    @Argument(help: "The body as received, JSON or not; - is the standard input.")
    var file: String

    @Option(help: "The HTTP status of the answer.")
    var http: Int

    @Option(help: "The request that it has to answer.")
    var request: String?

    @Option(help: "Whose numbering of VAT rates the request has: ferma, native.")
    var dialect = DialectArgument.ferma

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let expecting = try self.request.map { path in
            let request = try Terminal.input("--request") { try JSON(parsing: Terminal.read(path)) }
            guard request.members != nil else { throw Terminal.fail("--request: pattern (a JSON object)") }
            return SentRequest(reading: request, dialect: self.dialect.dialect)
        }
        let body = try Terminal.input(self.file) { try Terminal.read(self.file) }
        let answer = FermaAnswer(status: self.http, body: body, expecting: expecting)
        Terminal.print(self.json ? answer.json.text : answer.line)
        switch answer.retry {
        case .none: return
        case .never, .fixThenNewId: throw ExitCode(1)
        case .waitSameId, .laterSameId, .sameId, .unknownStateSameIdOnly: throw ExitCode(3)
        }
    }
}

extension FermaAnswer {
    fileprivate var outcomeWord: String {
        switch self.outcome {
        case .fiscalised: "fiscalised"
        case .deviceError: "deviceError"
        case .serviceError: "serviceError"
        case .unknown: "unknown"
        }
    }

    fileprivate var json: JSON {
        [
            "outcome": .string(self.outcomeWord),
            "receiptNumber": self.document?.number.map { .integer($0) } ?? .null,
            "totalKopecks": (self.document?.total).map { .integer($0.minorUnits) } ?? .null,
            "code": self.code.map { .integer($0) } ?? .null,
            "message": .optional(self.message),
            "retry": .string(self.retry.rawValue),
            "inconsistencies": .array(self.inconsistencies.map { .string($0.text) }),
            "fatal": self.isFatal.map { .bool($0) } ?? .null,
            "meaning": .optional(self.meaning),
            "leniencies": .array(self.leniencies.map { .string($0) }),
        ]
    }

    /// The wording of the source document for the code.
    private var meaning: String? {
        switch self.outcome {
        case .deviceError(let error): error.text
        case .serviceError(let error): error.text
        case .fiscalised, .unknown: nil
        }
    }

    fileprivate var line: String {
        let number = self.document?.number.map { "receipt \($0)" }
        let code = self.code.map { "code \($0)" }
        let parts = [self.outcomeWord, number, code, self.message ?? self.meaning, "retry \(self.retry.rawValue)"]
        return (parts.compactMap { $0 } + self.inconsistencies.map(\.text)).joined(separator: "; ")
    }
}
