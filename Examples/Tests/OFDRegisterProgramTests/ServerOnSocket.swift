import FiscalSimulators
import Foundation
import OFDKazProtocol
import ProgramTestSupport
import SimulatorServer

/// The simulated OFD server on a real port, in this process, so that a test sees its books.
final class ServerOnSocket: Sendable {
    private let state: TestFolder
    private let authorities: SimulatedAuthorities

    private init(state: TestFolder, authorities: SimulatedAuthorities) {
        self.state = state
        self.authorities = authorities
    }

    static func start() async throws -> ServerOnSocket {
        let state = try TestFolder()
        return ServerOnSocket(state: state, authorities: try await SimulatedAuthorities.start(state: state.path))
    }

    func stop() async { await self.authorities.stop() }

    var ready: ReadyFile.Kaz { self.authorities.ready.kaz }

    /// The books of a register.
    func account(_ id: UInt32) -> OFDAccount? { self.authorities.ofd.authority[id] }

    /// Changes the server: its faults, a block.
    func change<Value: Sendable>(_ body: (inout OFDAuthority) -> Value) -> Value {
        self.authorities.ofd.withAuthority(body)
    }

    /// Another register that nobody has used.
    func newRegister(_ id: UInt32) -> OFDAccount {
        self.authorities.ofd.withAuthority { $0.testRegister(id: id, token: 0x0A0B_0C0D) }
    }
}
