import ArgumentParser
import EETFileModule
import FiscalCore
import ProgramSupport

struct CheckKeyFileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-p12", abstract: "Opens a key file and tells whose it is.",
        discussion: """
            Exit status 2 with a reason: wrongPassword, unsupportedEncryption, damaged. "chain" is the number of \
            certificates in the file beside the taxpayer's own.
            """)

    @OptionGroup var keyFile: KeyFileArguments

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let contents = try self.keyFile.open()
        let leaf = contents.leaf
        func time(_ instant: FiscalInstant) -> String {
            OffsetDateTime(instant, zone: FixedZone.utc).iso8601Seconds
        }
        Terminal.print(
            json: .object([
                "subject": .string("\(leaf.subject)"), "serial": .string(leaf.serialNumberHex),
                "notBefore": .string(time(leaf.notBefore)), "notAfter": .string(time(leaf.notAfter)),
                "chain": .int(contents.chain.count),
            ]), if: self.json,
            else: "\(leaf.subject), serial \(leaf.serialNumberHex), \(time(leaf.notBefore)) to \(time(leaf.notAfter)), "
                + "\(contents.chain.count) further certificates")
    }
}
