import ArgumentParser
import FermaClient
import ProgramSupport

/// A receipt is made: the example of how to embed `FermaClient`.
struct ReceiptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt", abstract: "Has a receipt made, and never twice.",
        discussion: """
            F is a request as `check` reads it, under the payment's own Requestid. Give the command again with the same \
            F, also after a crash: it asks for the same receipt, and one that is known is answered from the journal. \
            Exit status: 0 registered, 1 refused, 2 bad input, 3 pending or unknown.
            """)

    @OptionGroup var arguments: TillArguments
    @Argument(help: "The request; - is the standard input.") var file: String

    func run() async throws {
        let file = try ReceiptFile.read(self.file)
        let outcome = try await self.arguments.outcome(group: file.group, clientID: file.clientID) { client in
            try await client.issue(file.receipt, requestID: file.requestID)
        }
        try SaleOutcome.show(outcome, json: self.arguments.json)
    }
}
