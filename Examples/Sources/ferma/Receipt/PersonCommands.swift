import ArgumentParser
import FermaClient
import FiscalCore
import ProgramSupport

struct RepeatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repeat", abstract: "Sends a receipt once more, unchanged, by a person's word.",
        discussion: "For what is held, refused or closed. Look into the operator's cabinet first.")

    @OptionGroup var decision: DecisionArguments
    @OptionGroup var arguments: TillArguments

    func run() async throws {
        let decision = self.decision
        let outcome = try await self.arguments.outcome(group: decision.group, clientID: decision.clientID) {
            try await $0.repeatSame(
                try $0.identity(decision.requestID), by: decision.by, because: decision.why)
        }
        try SaleOutcome.show(outcome, json: self.arguments.json)
    }
}

struct CorrectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "correct", abstract: "Puts a corrected receipt in the place of a refused one, by a person's word.",
        discussion: """
            The corrected receipt has a Requestid of its own. As long as a document of the first one may exist, it is \
            not taken (status 2).
            """)

    @OptionGroup var decision: DecisionArguments
    @Argument(help: "The corrected request; - is the standard input.") var file: String
    @OptionGroup var arguments: TillArguments

    func run() async throws {
        let (decision, file) = (self.decision, try ReceiptFile.read(self.file))
        guard file.clientID == decision.clientID, file.group == decision.group else {
            throw Terminal.fail("Clientid: consistency (Group and Clientid of the receipt that is corrected)")
        }
        let outcome = try await self.arguments.outcome(group: decision.group, clientID: decision.clientID) {
            try await $0.correct(
                try $0.identity(decision.requestID), with: file.receipt, requestID: file.requestID, by: decision.by,
                because: decision.why)
        }
        try SaleOutcome.show(outcome, json: self.arguments.json)
    }
}

struct CloseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Takes a receipt out of the queue for good, by a person's word.",
        discussion: "It stays in the journal with the decision. Exit status: 0 closed, 2 not.")

    @OptionGroup var decision: DecisionArguments
    @OptionGroup var arguments: TillArguments

    func run() async throws {
        let decision = self.decision
        let outcome = try await self.arguments.withJournal(group: decision.group, clientID: decision.clientID) {
            try await $0.close(try $0.identity(decision.requestID), by: decision.by, because: decision.why)
            return try await $0.outcome(requestID: decision.requestID)
        }
        let line = "\(decision.requestID) is closed"
        Terminal.print(self.arguments.json ? outcome.map { SaleOutcome.json(of: $0).text } ?? "{}" : line)
    }
}

struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Lets new receipts go out again after the register said that it can make none.",
        discussion: "`status` shows under stop whether they are held back.")

    @Option(help: "Who decides.") var by: String
    @Option(help: "Why.") var why: String
    @OptionGroup var arguments: TillArguments

    func run() async throws {
        try await self.arguments.withJournal { try await $0.resume(by: self.by, because: self.why) }
        Terminal.print(self.arguments.json ? #"{"stop":null}"# : "new receipts go out")
    }
}
