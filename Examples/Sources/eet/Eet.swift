import ArgumentParser
import ProgramSupport

/// The file module of EET and its tools: the example of how to embed `EETProtocol`.
@main
struct Eet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eet",
        abstract: "Registers sales with the Czech tax office through files, and checks what goes to and fro.",
        discussion: """
            Exit status: 0 success or a positive verdict, 1 a refusal or a negative verdict, 2 bad input or usage, 3 \
            pending or unknown. A path of - reads the standard input.
            """,
        subcommands: [
            RunCommand.self, SyncCommand.self, LicenceCommand.self, SignCommand.self, VerifyCommand.self,
            CheckKeyFileCommand.self, CanonicalizeCommand.self,
        ])

    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        ProcessTitle.hidePasswords()
        await Self.runByContract(arguments)
    }
}
