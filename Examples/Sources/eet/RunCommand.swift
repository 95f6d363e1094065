import ArgumentParser
import EETFileModule
import EETProtocol
import ProgramSupport

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Submits DIR/eetin.txt once and leaves DIR/eetout.txt.",
        discussion: "Exit status: 0 recorded or verified, 1 refused, 2 bad input, configuration or licence, 3 pending.")

    @OptionGroup var arguments: ModuleArguments

    func run() async throws {
        let report = await ModuleRun(
            folder: self.arguments.folder, options: self.arguments.options, host: .system(say: Terminal.say)
        ).run()
        // Without an output there is no verdict.
        if report.hasOutput { Terminal.print(json: report.json, if: self.arguments.json, else: report.line) }
        throw ExitCode(report.exitStatus)
    }
}

extension ModuleReport {
    fileprivate var json: JSONValue {
        let output = self.output
        func text(_ text: String) -> JSONValue { text.isEmpty ? .null : .string(text) }
        return .object([
            "number": .string(output.number), "pkp": text(output.pkp), "bkp": text(output.bkp),
            "fik": text(output.fik), "uuid": text(output.uuid),
            "code": output.code.map { .int($0.rawValue) } ?? .null, "text": .string(self.text),
            "warnings": .array(self.warnings.map(\.json)), "test": .bool(self.isTest),
            "registered": .bool(self.ending.isRegistered),
        ])
    }
}

extension Warning {
    /// `{"code","text"}`
    var json: JSONValue { .object(["code": .int(self.code.rawValue), "text": .string(self.text)]) }
}
