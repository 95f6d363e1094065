import EETProtocol
import FiscalCore
import FiscalSimulators
import Foundation
import ProgramTestSupport
import SimulatorServer

/// The simulated tax office behind real TLS, in this process, so that a test sees its ledger.
final class OfficeOnSockets: Sendable {
    private let state: TestFolder
    let authorities: SimulatedAuthorities

    private init(state: TestFolder, authorities: SimulatedAuthorities) {
        self.state = state
        self.authorities = authorities
    }

    /// Starts an office with keys of its own.
    static func start() async throws -> OfficeOnSockets {
        let state = try TestFolder()
        return OfficeOnSockets(state: state, authorities: try await SimulatedAuthorities.start(state: state.path))
    }

    func stop() async { await self.authorities.stop() }

    func ready(_ environment: EETEnvironment) -> ReadyFile.EET {
        environment.isTest ? self.authorities.ready.eet : self.authorities.ready.eet_production
    }

    /// The next messages are treated so; nothing for none of them.
    func plan(_ faults: [EETFault?], _ edition: Edition) {
        _ = self.authorities.eet(.playground)?.withAuthority(edition) { $0.faults = FaultPlan(upcoming: faults) }
    }

    /// Recorded sales under a receipt number.
    func sales(_ number: String, _ edition: Edition, _ environment: EETEnvironment = .playground) -> [EETLedger.Sale] {
        self.authorities.eet(environment)?.authority(edition)?.sales.filter { $0.identity.number == number } ?? []
    }

    /// Every message about a receipt number that could be read.
    func messages(_ number: String, _ edition: Edition) -> [EETReceivedMessage] {
        self.authorities.eet(.playground)?.authority(edition)?.messages.filter { $0.identity?.number == number } ?? []
    }
}

/// A folder that `eet run` works in, and the options that lead it to the office.
struct ProgramDesk {
    let folder: TestFolder
    let edition: Edition
    let ready: ReadyFile.EET
    let number: String

    init(
        _ office: OfficeOnSockets, _ edition: Edition, number: String, environment: EETEnvironment = .playground,
        timeout: Int = 20_000
    ) throws {
        self.folder = try TestFolder()
        self.edition = edition
        self.ready = office.ready(environment)
        self.number = number
        let keyFile = edition == .v3 ? self.ready.p12 : self.ready.p12_v4
        try self.folder.write(
            "eet.txt", "\(environment.isTest)\r\n\(timeout)\r\n\(keyFile)\r\n\(self.ready.password)\r\n")
        try self.folder.write("eetin.txt", SampleTaxpayer.input([3: self.ready.dic, 7: number]))
    }

    var address: String { self.edition == .v3 ? self.ready.v3 : self.ready.v4 }

    /// Options for `run` and `sync`.
    func options(address: String? = nil) -> [String] {
        [
            self.folder.path, "--edition", self.edition.rawValue, "--endpoint", address ?? self.address, "--tls-ca",
            self.ready.tls_ca, "--seal-ca", self.ready.seal_ca,
        ]
    }

    /// The six rows of `eetout.txt`; nil when there is none, or it is not whole.
    var output: [String]? {
        guard let bytes = try? self.folder.bytes("eetout.txt") else { return nil }
        let rows = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
        return rows.count == 7 && rows[6].isEmpty ? Array(rows.dropLast()) : nil
    }
}
