import ArgumentParser
import ProgramSupport
import SimulatorServer
import UnixSignals

/// The simulated authorities on loopback, until SIGTERM or SIGINT.
@main
struct FiscalSim: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fiscal-sim", abstract: "Runs the simulated authorities on 127.0.0.1.")

    @Option(help: "Keys, certificates and ledgers are kept in this folder.")
    var state: String

    @Option(help: "The first of the ports; any free ports without it.")
    var portBase: Int?

    @Option(help: "Written once all ports listen: addresses, certificates and credentials as JSON.")
    var readyFile: String?

    static func main() async { await Self.runByContract() }

    func validate() throws {
        if let portBase, !(1...65_000).contains(portBase) {
            throw ValidationError("--port-base: range (1...65000)")
        }
    }

    func run() async throws {
        // Trapped before the ready file says that somebody may send one.
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        let authorities = try await SimulatedAuthorities.start(
            state: self.state, portBase: self.portBase, readyFile: self.readyFile)
        print("EET v3  \(authorities.ready.eet.v3)")
        print("EET v4  \(authorities.ready.eet.v4)")
        print("OFD     \(authorities.ready.kaz.address)")
        print("Ferma   \(authorities.ready.ferma.url)")
        print("TSE     \(authorities.ready.tse.url)")
        print("CRK     \(authorities.ready.crk.cpd) \(authorities.ready.crk.webapi)")
        print("control \(authorities.ready.control)")
        for await _ in signals { break }
        await authorities.stop()
    }
}
