import ArgumentParser
import Foundation
import OFDKazProtocol
import OFDRegisterFolder
import ProgramSupport

/// A register in a folder: the example of how to embed `OFDRegister`.
struct RegisterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register",
        abstract: "A cash register that reports to an OFD server and keeps everything in a folder.",
        discussion: """
            Exit status: 0 registered or done, 1 refused, 2 bad input, 3 pending or unknown. Sums are in tenge with two \
            decimals.
            """,
        subcommands: [
            InitCommand.self, SaleCommand.self, ReturnCommand.self, DepositCommand.self, WithdrawCommand.self,
            XReportCommand.self, ZReportCommand.self, CloseShiftCommand.self, NomenclatureCommand.self,
            AuthCommand.self, SyncCommand.self, StatusCommand.self, UnblockCommand.self, TokenCommand.self,
        ])

    @OptionGroup var arguments: RegisterArguments
}

/// What every command of a register takes.
struct RegisterArguments: ParsableArguments {
    @Option(name: .customLong("state"), help: "The folder of the register.")
    var state: String

    @Flag(help: "Print one JSON object.")
    var json = false

    var folder: RegisterFolder { RegisterFolder(self.state) }

    func open() async throws -> OFDRegister {
        do { return try await self.folder.open() } catch { throw Terminal.fail("\(error)") }
    }
}

/// What every command that issues a document takes.
struct DocumentArguments: ParsableArguments {
    @Option(
        help: "Your own name for the document: handed in again, also after a crash, it gets the outcome of the first.")
    var reference: String?

    @Option(name: .customLong("operator"), help: "Code of the cashier.")
    var operatorCode: UInt32 = 1

    @Option(name: .customLong("operator-name"), help: "Name of the cashier.")
    var operatorName: String?

    func cashier() -> Operator {
        Operator(code: self.operatorCode, name: self.operatorName)
    }
}
