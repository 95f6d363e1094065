import ArgumentParser
import ProgramSupport

/// The tools of the Polish Central Repository of Cash Registers: the example of how to embed `CRKProtocol`.
@main
struct CRK: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crk",
        abstract: "Seals and opens packets of the Polish cash register repository, and checks its identifiers.",
        discussion: """
            Exit status: 0 success or a positive verdict, 1 a negative verdict, 2 bad input or usage. A path of - reads \
            the standard input.
            """,
        subcommands: [SealCommand.self, OpenCommand.self, CheckIDCommand.self])

    static func main() async { await Self.runByContract() }
}
