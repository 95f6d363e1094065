import FiscalSimulators
import Foundation
import ProgramTestSupport
import SimulatorServer

/// The simulated Ferma behind real mutual TLS, in this process, so that a test sees its books.
final class FermaOnSocket: Sendable {
    private let state: TestFolder
    private let authorities: SimulatedAuthorities

    private init(state: TestFolder, authorities: SimulatedAuthorities) {
        self.state = state
        self.authorities = authorities
    }

    /// Keys take seconds to make, so they are made once; each test works on a copy.
    private static let keys = Task {
        let state = try TestFolder()
        try await SimulatedAuthorities.start(state: state.path).stop()
        return state
    }

    static func start() async throws -> FermaOnSocket {
        let (state, keys) = (try TestFolder(), try await Self.keys.value)
        for name in try FileManager.default.contentsOfDirectory(atPath: keys.path) {
            try FileManager.default.copyItem(at: keys.url(name), to: state.url(name))
        }
        return FermaOnSocket(state: state, authorities: try await SimulatedAuthorities.start(state: state.path))
    }

    func stop() async { await self.authorities.stop() }

    var ready: ReadyFile.Ferma { self.authorities.ready.ferma }

    /// The service as it stands: its books, its faults.
    var authority: FermaAuthority { self.authorities.ferma.authority }

    /// Changes the service: its faults, a register.
    func change<Value: Sendable>(_ body: (inout FermaAuthority) -> Value) -> Value {
        self.authorities.ferma.withAuthority(body)
    }

    /// Empty books, and a register with two taxation systems, money in the drawer and no faults.
    func openBooks() {
        var register = FermaRegister()
        register.taxModes = 3
        register.drawer = 100_000_000
        self.change { [register] in $0 = FermaAuthority(registers: [register], caller: nil) }
    }

    /// The next requests are treated so; nil for none of them.
    func plan(_ faults: [FermaFault?]) {
        self.change { $0.faults = .init(upcoming: faults) }
    }

    /// The options that lead a till here.
    func options(url: String? = nil) -> [String] {
        [
            "--url", url ?? self.ready.url, "--p12", self.ready.p12, "--password", self.ready.password, "--tls-ca",
            self.ready.tls_ca,
        ]
    }
}
