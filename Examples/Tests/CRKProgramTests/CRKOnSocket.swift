import CRKProtocol
import CRKRegisterFolder
import FiscalCore
import FiscalSimulators
import Foundation
import ProgramTestSupport
import SimulatorServer
import Testing

/// The simulated repository behind three doors with real mutual TLS, in this process, so that a test sees its books.
final class CRKOnSocket: Sendable {
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

    static func start() async throws -> CRKOnSocket {
        let (state, keys) = (try TestFolder(), try await Self.keys.value)
        for name in try FileManager.default.contentsOfDirectory(atPath: keys.path) {
            try FileManager.default.copyItem(at: keys.url(name), to: state.url(name))
        }
        return CRKOnSocket(state: state, authorities: try await SimulatedAuthorities.start(state: state.path))
    }

    func stop() async { await self.authorities.stop() }

    /// The same repository out of its files, at other ports.
    func restarted() async throws -> CRKOnSocket {
        await self.stop()
        return CRKOnSocket(
            state: self.state, authorities: try await SimulatedAuthorities.start(state: self.state.path))
    }

    var ready: ReadyFile.CRK { self.authorities.ready.crk }
    var control: String { self.authorities.ready.control }
    var office: CRKOffice { self.authorities.crk }
    var authority: CRKAuthority { self.office.authority }

    /// The register that is a device, in the books.
    var unit: UniqueNumber { get throws { try UniqueNumber(self.ready.unit) } }
    var record: CRKRegisterRecord { get throws { self.authority[try self.unit] } }

    func change<Value: Sendable>(_ body: (inout CRKAuthority) throws -> Value) rethrows -> Value {
        try self.office.withAuthority(body)
    }

    /// Empty books, and schedules of a minute: so a till need not skip hours, which the repository's clock would notice.
    func openBooks() {
        self.office.keepsState = false
        self.office.openBooks()
        self.change {
            $0.rules.timetable = CRKTimetable(sendFreqEventHub: 60, checkFreqWebApi: 60, shipmentType: "ALL")
        }
    }

    /// The options that lead a register here.
    func options(software: Bool = false) -> [String] {
        let ready = self.ready
        let files =
            software
            ? [ready.software.tls_cert, ready.software.tls_key, ready.software.json_cert, ready.software.json_key]
            : [ready.tls_cert, ready.tls_key, ready.json_cert, ready.json_key]
        let names = ["--tls-cert", "--tls-key", "--json-cert", "--json-key"]
        let who =
            software
            ? [
                "--kind", "software", "--program-metadata", "till 1", "--program-checksum",
                String(repeating: "a", count: 64),
            ]
            : ["--serial", ready.serial, "--technician", ready.technician]
        return ["--cpd", ready.cpd, "--webapi", ready.webapi, "--anchor", ready.anchor, "--nip", ready.nip]
            + zip(names, files).flatMap { [$0, $1] } + who
    }
}

/// A till that kills itself, and its folder.
final class KillableTill: Sendable {
    let crk: CRKOnSocket
    let folder: TestFolder

    init(_ crk: CRKOnSocket) throws {
        self.crk = crk
        self.folder = try TestFolder()
    }

    struct Result: Decodable {
        var outcome: String
        var memoryPeak: Int
    }

    /// What the device holds.
    struct Device: Decodable {
        var steps: [Int: Int]
        var refused: Int
    }

    /// Starts it: it goes on where the last process stopped, and dies at that moment if it lives so long.
    /// - Returns: whether it was killed; else it came to its end.
    func run(_ work: String, dieAt moment: Int = .max) async throws -> Bool {
        let ending = try await Program("crk-killable").run(
            ["--die-at", "\(moment)", "--work", work, self.folder.path + "/till"] + self.crk.options())
        #expect(ending.wasKilled || ending.status == 0, "killed at \(moment): \(ending.errors)")
        return ending.wasKilled
    }

    var result: Result {
        get throws { try JSONDecoder().decode(Result.self, from: Data(self.folder.bytes("till/result.json"))) }
    }

    /// Nil when no step was ever carried out.
    var device: Device? {
        get throws {
            guard self.folder.exists("till/device.json") else { return nil }
            return try JSONDecoder().decode(Device.self, from: Data(self.folder.bytes("till/device.json")))
        }
    }

    /// The protected memory.
    var documents: DocumentFile { get throws { try CRKFolder(self.folder.path + "/till").documents() } }
}
