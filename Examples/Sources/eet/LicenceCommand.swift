import ArgumentParser
import EETFileModule
import EETProtocol
import FiscalCore
import ProgramSupport

/// The module's own licence; it has nothing to do with the tax office.
struct LicenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "license", abstract: "Makes and checks eet-licence.txt.",
        subcommands: [IssueCommand.self, CheckCommand.self])

    struct IssueCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "issue", abstract: "Writes a complete eet-licence.txt, signed with the vendor's key.")

        @Option(name: .customLong("vendor-key"), help: "The vendor's private RSA key (PEM).")
        var vendorKey: String

        @Option(help: "Row 1: the licence.")
        var licence: String

        @Option(help: "Row 2: IČO of the company that bought it, 8 digits.")
        var ico: String

        @Option(help: "The file to write.")
        var out: String

        @Flag(help: "Print one JSON object.")
        var json = false

        func run() throws {
            let key = try Terminal.input("--vendor-key") {
                try PrivateKey(pem: String(decoding: Terminal.read(self.vendorKey), as: UTF8.self))
            }
            let file = try Terminal.input("--licence, --ico") {
                try EETLicenceFile(licence: self.licence, ico: self.ico)
            }
            let signature = try Terminal.input("--vendor-key") { try file.signature(by: key) }
            try Terminal.input("--out") {
                try DurableFile.write(file.bytes(signature: signature), to: self.out, mode: 0o600)
            }
            Terminal.print(
                json: .object(["signature": .string(signature)]), if: self.json, else: "written: \(self.out)")
        }
    }

    struct CheckCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Says whether an eet-licence.txt is valid, and else with which code it is not.")

        @Argument(help: "The eet-licence.txt.")
        var file: String

        @Option(name: .customLong("vendor-pub"), help: "The vendor's public key (PEM).")
        var vendorKey: String

        @Flag(help: "Print one JSON object.")
        var json = false

        func run() throws {
            let vendor = try Terminal.input("--vendor-pub") {
                try PublicKey(pem: String(decoding: Terminal.read(self.vendorKey), as: UTF8.self))
            }
            let verdict = LicenceVerdict(try Terminal.input(self.file) { try Terminal.read(self.file) }, vendor: vendor)
            if case .malformed(let error) = verdict { Terminal.say("\(error)") }
            Terminal.print(
                json: .object([
                    "valid": .bool(verdict.code == nil), "code": verdict.code.map { .int($0.rawValue) } ?? .null,
                ]), if: self.json, else: verdict.code.map { "\($0.rawValue) \($0.officialText)" } ?? "valid")
            if verdict.code != nil { throw ExitCode(1) }
        }
    }
}
