import ArgumentParser
import Dispatch
import Foundation
import SimulatorServer

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

    func validate() throws {
        if let portBase, !(1...65_000).contains(portBase) {
            throw ValidationError("--port-base: range (1...65000)")
        }
    }

    func run() async throws {
        let signals = Signals([SIGTERM, SIGINT])
        let authorities = try await SimulatedAuthorities.start(
            state: self.state, portBase: self.portBase, readyFile: self.readyFile)
        print("EET v3  \(authorities.ready.eet.v3)")
        print("EET v4  \(authorities.ready.eet.v4)")
        print("control \(authorities.ready.control)")
        await signals.next()
        await authorities.stop()
    }
}

/// The first of some signals, as a value to wait for.
private final class Signals: Sendable {
    private let stream: AsyncStream<Void>
    private let sources: [any DispatchSourceSignal & Sendable]

    init(_ numbers: [Int32]) {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        self.stream = stream
        self.sources = numbers.map { number in
            // The default action would end the process before the source hears of it.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield() }
            source.resume()
            return source
        }
    }

    func next() async {
        for await _ in self.stream { return }
    }
}
