import ArgumentParser
import ProgramSupport

/// The tools of the Polish Central Repository of Cash Registers: the example of how to embed `CRKProtocol`.
@main
struct CRK: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crk",
        abstract: "A Polish cash register, and tools for the repository's packets and identifiers.",
        discussion: """
            Exit status: 0 success or a positive verdict, 1 a refusal or a negative verdict, 2 bad input or usage, 3 \
            pending or unknown. A path of - reads the standard input.
            """,
        subcommands: [RegisterCommand.self, SealCommand.self, OpenCommand.self, CheckIDCommand.self])

    static func main() async { await Self.runByContract() }
}
