import ArgumentParser
import EETProtocol
import FiscalCore
import ProgramSupport

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Reads an answer of the authority and says whether it proves a recorded sale.",
        discussion: "Exit status: 0 accepted, 1 not accepted, 2 unreadable.")

    @Option(help: "The answer, as received.")
    var response: String

    @Option(help: "The edition that it has to be of; else its own.")
    var edition: Edition?

    @Option(name: .customLong("ca"), help: "A certificate (PEM or DER) below which the seal counts.")
    var authorities: [String] = []

    @Option(help: "When the seal's certificate has to be valid; else dat_prij.")
    var at: String?

    @Option(help: "The uuid_zpravy that it has to repeat.")
    var expectUuid: String?

    @Option(help: "The BKP that it has to repeat.")
    var expectBkp: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let time = try self.at.map { text in
            guard let time = OffsetDateTime(iso8601Seconds: text) else {
                throw Terminal.fail("--at: pattern (yyyy-MM-ddTHH:mm:ss and Z or ±hh:mm)")
            }
            return time.instant
        }
        let anchors = try self.authorities.flatMap { path in
            try Terminal.input("--ca") { try Certificate.all(pemOrDER: Terminal.read(path)) }
        }
        let answer = try Terminal.input("--response") {
            try EETAnswer(
                bytes: Terminal.read(self.response), edition: self.edition,
                expecting: EETAnswer.Expected(uuid: self.expectUuid, bkp: self.expectBkp),
                trust: SealTrust(anchors: anchors), at: time)
        }
        Terminal.print(json: answer.json, if: self.json, else: answer.line)
        if !answer.accepted { throw ExitCode(1) }
    }
}

extension EETAnswer {
    fileprivate var json: JSONValue {
        var error = JSONValue.null
        if case .chyba(let chyba, let text, _) = self.content {
            error = .object(["code": .int(chyba.rawValue), "text": .string(text)])
        }
        return .object([
            "accepted": .bool(self.accepted), "fik": .optional(self.fik), "pok": .optional(self.pok),
            "test": .bool(self.isTest), "error": error,
            "warnings": .array(
                self.warnings.map { .object(["code": .int($0.code.rawValue), "text": .string($0.text)]) }),
            "signature": .string(self.signature.rawValue), "problems": .array(self.problems.map { .string($0) }),
        ])
    }

    fileprivate var line: String {
        if let code = self.code { return "accepted: \(code)\(self.isTest ? " (test environment)" : "")" }
        var parts = ["not accepted, signature \(self.signature.rawValue)"]
        if case .chyba(let chyba, let text, _) = self.content { parts.append("\(chyba.rawValue) \(text)") }
        return (parts + self.problems).joined(separator: "; ")
    }
}
