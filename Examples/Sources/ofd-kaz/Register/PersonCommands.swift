import ArgumentParser
import OFDKazProtocol
import ProgramSupport

struct UnblockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unblock",
        abstract: "Ends a block: takes the first message out of the queue and keeps it apart, or sends it again.")

    @OptionGroup var arguments: RegisterArguments
    @Option(help: "Why.") var why: String
    @Option(help: "Who decides.") var by: String
    @Flag(help: "Send the message again instead of archiving it.") var retry = false
    @Flag(name: .customLong("even-unknown"), help: "Also when the server may have the message already.")
    var evenUnknown = false

    func run() async throws {
        let register = try await self.arguments.open()
        do {
            try await register.unblock(
                self.retry ? .sendAgain : .archive, evenUnknown: self.evenUnknown, by: self.by, because: self.why)
        } catch let error as OFDError {
            // The state of the register does not allow it: a refusal, not bad usage.
            Terminal.say("\(error)")
            throw ExitCode(1)
        } catch { throw Terminal.fail("\(error)") }
        try await StatusCommand.show(register, json: self.arguments.json)
    }
}

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Types in a token that the operator has issued anew.")

    @OptionGroup var arguments: RegisterArguments
    @Option(help: "Who types it in.") var by = "operator"
    @Argument(help: "The token.") var token: UInt32

    func run() async throws {
        let register = try await self.arguments.open()
        do { try await register.enter(newToken: self.token, by: self.by) } catch { throw Terminal.fail("\(error)") }
        try await StatusCommand.show(register, json: self.arguments.json)
    }
}
