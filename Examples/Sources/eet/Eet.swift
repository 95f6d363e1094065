import ArgumentParser

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

    /// Like the parser's own `main`, but bad usage is status 2 and one line, as with all bad input.
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        ProcessTitle.hidePasswords()
        do {
            var command = try Self.parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let ended as ExitCode {
            Self.exit(withError: ended)
        } catch {
            // Help and version are no errors for the parser either.
            if Self.exitCode(for: error) == .success { Self.exit(withError: error) }
            let message = Self.message(for: error)
            Terminal.say("error: \(message.split(separator: "\n").first ?? "bad usage")")
            Self.exit(withError: ExitCode(2))
        }
    }
}
