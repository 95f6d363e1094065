import ArgumentParser
import FermaClient
import FiscalCore
import ProgramSupport

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Holds a request against all rules, before anything is sent.",
        discussion: "Exit status: 0 no issue, 1 issues, 2 no JSON object.")

    @Argument(help: "The request; - is the standard input.")
    var file: String

    @Option(help: "Whose numbering of VAT rates: \(DialectArgument.allCases.map(\.rawValue).joined(separator: ", ")).")
    var dialect = DialectArgument.ferma

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let request = try Terminal.input(self.file) { try JSON(parsing: Terminal.read(self.file)) }
        guard request.members != nil else { throw Terminal.fail("\(self.file): pattern (a JSON object)") }
        let report = RequestReport(checking: request, dialect: self.dialect.dialect)
        Terminal.print(self.json ? report.json.text : report.text)
        if !report.issues.isEmpty { throw ExitCode(1) }
    }
}

extension RequestReport {
    fileprivate var json: JSON {
        [
            "issues": .array(self.issues.map { .string($0.rawValue) }),
            "warnings": .array(self.warnings.map { .string($0.description) }),
            "totalKopecks": self.totalKopecks.map { .integer($0) } ?? .null,
        ]
    }

    fileprivate var text: String {
        let findings = self.findings.map { "\($0.issue.rawValue): \($0.invalidField)" }
        let warnings = self.warnings.map { "warning: \($0)" }
        let total = self.totalKopecks.map { "total: \(Money(minorUnits: $0, currency: .rub))" } ?? "total: unknown"
        return (findings + warnings + [total]).joined(separator: "\n")
    }
}
