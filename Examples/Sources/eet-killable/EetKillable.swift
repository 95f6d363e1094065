import ArgumentParser
import EETFileModule
import EETProtocol
import Foundation
import Killing

/// `eet run` in a process that kills itself: proves that no moment loses or doubles a sale.
@main
struct EetKillable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "eet-killable")

    @Option(
        help: "The moment at which to die, from 1: each commit, exchange and change of a file has one before and after."
    )
    var dieAt: Int

    @Argument(help: "The folder.")
    var folder: String

    @Option(help: "v3 or v4.")
    var edition = "v3"

    @Option(help: "The simulator's address.")
    var endpoint: String

    @Option(name: .customLong("tls-ca"), help: "Who vouches for it.")
    var tlsAuthority: String

    @Option(name: .customLong("seal-ca"), help: "Who seals its confirmations.")
    var sealAuthority: String

    func run() async throws {
        guard let edition = Edition(rawValue: self.edition) else { throw ValidationError("--edition: v3 or v4") }
        let plan = KillPlan(dieAt: self.dieAt)
        var host = ModuleHost.system { FileHandle.standardError.write(Data("\($0)\n".utf8)) }
        let system = host
        host.openStore = { KillableStore(base: try system.openStore($0), plan: plan) }
        host.openTransport = { KillableTransport(base: try system.openTransport($0), plan: plan) }
        host.fileObserver = { plan.pass("\($0.isDone ? "after" : "before") \($0.change) of \($0.file)") }
        let report = await ModuleRun(
            folder: self.folder,
            options: ModuleOptions(
                edition: edition, endpoint: self.endpoint, tlsAuthorities: [self.tlsAuthority],
                sealAuthorities: [self.sealAuthority]), host: host
        ).run()
        throw ExitCode(report.exitStatus)
    }
}
