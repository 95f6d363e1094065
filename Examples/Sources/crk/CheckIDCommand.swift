import ArgumentParser
import CRKProtocol
import ProgramSupport

struct CheckIDCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-id",
        abstract: "Says which identifier a text is, and what is wrong with it.",
        discussion: "Exit status: 0 valid, 1 not.")

    @Argument(help: "A commandId, a unique number or a registration number.")
    var text: String

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        let check = IdentifierCheck(self.text)
        Terminal.print(
            json: .object([
                "valid": .bool(check.isValid), "kind": .string(check.kind.rawValue),
                "problems": .array(check.problems.map { .string($0) }),
            ]), if: self.json,
            else: "\(check.isValid ? "a valid" : "not a valid") \(check.kind.rawValue)"
                + check.problems.map { ": \($0)" }.joined())
        if !check.isValid { throw ExitCode(1) }
    }
}
