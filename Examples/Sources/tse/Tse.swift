import ArgumentParser
import ProgramSupport

/// The tools of the German fiscal service's answers: the example of how to embed `TSEOffline`.
@main
struct Tse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tse",
        abstract: "Checks German receipts, and reads what a fiscal service answers while its TSE is down.",
        discussion: """
            Exit status: 0 success or a positive verdict, 1 a refusal or a negative verdict, 2 bad input or usage, 3 \
            pending or unknown. A path of - reads the standard input.
            """,
        subcommands: [VerifyQRCommand.self, ClassifyCommand.self, ProcessDataCommand.self, RegisterCommand.self])

    static func main() async { await Self.runByContract() }
}
