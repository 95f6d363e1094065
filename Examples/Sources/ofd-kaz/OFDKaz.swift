import ArgumentParser
import ProgramSupport

/// The tools of the Kazakh OFD protocol: the example of how to embed `OFDKazProtocol`.
@main
struct OFDKaz: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ofd-kaz",
        abstract: "A cash register of the Kazakh OFD protocol, and tools for its messages.",
        discussion: """
            Exit status: 0 success or a positive verdict, 1 a refusal or a negative verdict, 2 bad input or usage, 3 \
            pending or unknown. A path of - reads the standard input.
            """,
        subcommands: [DecodeCommand.self, EncodeCommand.self, CheckCommand.self, RegisterCommand.self])

    static func main() async { await Self.runByContract() }
}
