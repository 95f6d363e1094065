import ArgumentParser
import FiscalCore
import ProgramSupport
import TSEOffline

struct CreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Opens a document, at its first item (createDocument).",
        discussion: "Exit status: 0 started, 3 the TSE is down (the sale goes on all the same) or no answer.")

    @OptionGroup var arguments: RegisterArguments
    @Option(help: "Your own identifier of the document, never used twice; one is made without it.")
    var document: String?

    func run() async throws {
        try await self.arguments.withSession { session in
            try DocumentOutcome.show(try await session.till.create(self.document), json: self.arguments.json)
        }
    }
}

struct StoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Finishes and signs a document (storeDocument).",
        discussion: """
            F holds one line of process data (Beleg^…), or a JSON object with processData and, for what is no receipt, \
            processType. Exit status: 0 signed, 1 refused, 3 finished unsigned in an outage, or no answer.
            """)

    @OptionGroup var arguments: RegisterArguments
    @Option(help: "The document; without it the only one that is not finished.")
    var document: String?
    @Argument(help: "The data; - is the standard input.") var file: String

    func run() async throws {
        let file = try DocumentFile(self.file)
        try await self.arguments.withSession { session in
            let id = try await session.document(self.document)
            try DocumentOutcome.show(
                try await session.till.store(
                    id, processType: ProcessType(rawValue: file.processType), processData: file.processData),
                step: .store, json: self.arguments.json)
        }
    }
}

struct CancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Finishes a document whose sale did not come about (cancelDocument).",
        discussion: "Exit status: 0 signed, 1 refused, 3 finished unsigned in an outage, or no answer.")

    @OptionGroup var arguments: RegisterArguments
    @Option(help: "The document; without it the only one that is not finished.")
    var document: String?

    func run() async throws {
        try await self.arguments.withSession { session in
            let id = try await session.document(self.document)
            try DocumentOutcome.show(
                try await session.till.cancel(id), step: .cancel, json: self.arguments.json)
        }
    }
}
