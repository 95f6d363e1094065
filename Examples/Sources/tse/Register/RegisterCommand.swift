import ArgumentParser
import FiscalCore
import Foundation
import ProgramSupport
import TSEOffline

/// A till in a folder: the example of how to embed `FiscalServiceClient`, and with `--sim` the service behind it.
struct RegisterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register",
        abstract: "A German cash register that keeps everything in a folder.",
        discussion: """
            With --sim the fiscal service runs in this process, over a simulated TSE in the folder; with --url it is \
            somebody else's. Exit status: 0 started, signed or done, 1 refused, 2 bad input, 3 an outage of the TSE, or \
            no answer.
            """,
        subcommands: [
            CreateCommand.self, StoreCommand.self, CancelCommand.self, StatusCommand.self, ResignCommand.self,
            OutagesCommand.self, PullOutCommand.self, PutBackCommand.self,
        ])

    @OptionGroup var arguments: RegisterArguments
}

/// What every command of a register takes.
struct RegisterArguments: ParsableArguments {
    @Option(help: "The folder of the register.")
    var state: String

    @Flag(help: "Run the fiscal service here, with a simulated TSE.")
    var sim = false

    @Option(help: "The address of the fiscal service.")
    var url: String?

    @Option(help: "The serial number of the register.")
    var register = "1"

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard self.sim != (self.url != nil) else { throw ValidationError("--sim or --url: one of the two is wanted") }
    }

    /// Opens the register, carries out `body`, and ends the program with status 2 for what neither could do.
    func withSession(_ body: (RegisterSession) async throws -> Void) async throws {
        let session: RegisterSession
        do { session = try await RegisterSession(self) } catch { throw Terminal.fail("\(error)") }
        do { try await body(session) } catch {
            await session.close()
            switch error {
            case let code as ExitCode: throw code
            case let error as FiscalServiceClientError: throw self.ending(error)
            default: throw Terminal.fail("\(error)")
            }
        }
        await session.close()
    }

    /// The service said no, or was not reached: a result, and no bad input.
    private func ending(_ error: FiscalServiceClientError) -> ExitCode {
        Terminal.say("error: \(error)")
        let outcome: (word: String, status: Int32)? =
            switch error.code {
            case .refused: ("refused", 1)
            case .serviceNotReached: (error.fault?.kind == .notDelivered ? "pending" : "unknown", 3)
            default: nil
            }
        guard let outcome else { return ExitCode(2) }
        if self.json {
            Terminal.print(JSONValue.object(["outcome": .string(outcome.word), "reason": .string(error.detail)]).text)
        }
        return ExitCode(outcome.status)
    }
}
