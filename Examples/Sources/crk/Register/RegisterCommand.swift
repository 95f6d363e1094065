import ArgumentParser
import ProgramSupport

/// A register in a folder: the example of how to embed `CRKRegister`.
struct RegisterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register",
        abstract: "A Polish cash register that keeps everything in a folder.",
        discussion: """
            What it is set up with is remembered in the folder, keys included, and need not be given again. Exit \
            status: 0 done or positive, 1 refused, 2 bad input, 3 pending or unknown.
            """,
        subcommands: [
            FiscaliseCommand.self, PollCommand.self, SendCommand.self, KeysCommand.self, TestCommand.self,
            StateCommand.self, SharedKeysCommand.self, EndOfLifeCommand.self, StatusCommand.self, SyncCommand.self,
            RunCommand.self, DecideCommand.self,
        ])

    @OptionGroup var arguments: RegisterArguments
}
