import ArgumentParser
import ProgramSupport

/// The tools of the Ferma service: the example of how to embed `FermaClient`.
@main
struct Ferma: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ferma",
        abstract: "Has receipts made by OFD.ru Ferma, and tools for its requests, answers and QR codes.",
        discussion: """
            Exit status: 0 success or a positive verdict, 1 a refusal or a negative verdict, 2 bad input or usage, 3 \
            pending or unknown. A path of - reads the standard input.
            """,
        subcommands: [
            ReceiptCommand.self, RepeatCommand.self, CorrectCommand.self, CloseCommand.self, ResumeCommand.self,
            SyncCommand.self, StatusCommand.self, CheckCommand.self, ResponseCommand.self, QRCommand.self,
        ])

    static func main() async { await Self.runByContract() }
}
