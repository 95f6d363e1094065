import FiscalCore
public import FiscalSimulators
import Foundation
import Synchronization

/// The simulated Ferma with its state on disk: the certificates it issues, registers, memory, ledger.
///
/// It lets in who shows a certificate of its own authority; whose enterprise a request is about, the certificate says.
public final class FermaOffice: Sendable {
    /// Issues the certificates of clients.
    let clients: FermaClientAuthority
    private let value: Mutex<FermaAuthority>
    private let state: StateFolder
    private static let file = "ferma.json"

    init(state: StateFolder, now: FiscalInstant, random: some RandomSource) throws {
        self.state = state
        self.clients = try state.value("ferma-clients.json") { try FermaClientAuthority(at: now, random: random) }
        // Nobody calls who has shown no certificate.
        self.value = Mutex(try state.value(Self.file) { FermaAuthority(caller: nil) })
    }

    /// The authority as it stands.
    public var authority: FermaAuthority { self.value.withLock { $0 } }

    /// Changes the authority: its faults, its rules, a register.
    public func withAuthority<Value: Sendable>(_ body: (inout FermaAuthority) throws -> Value) rethrows -> Value {
        try self.value.withLock { try body(&$0) }
    }

    /// Handles one request; what it changed is on disk before the reply is known.
    func receive(_ request: HTTPExchangeRequest, from client: Certificate?, at now: FiscalInstant) throws
        -> SimulatedReply
    {
        try self.withAuthority { authority in
            let reply = authority.receive(request, from: client.map { FermaCaller($0) }, at: now)
            try self.state.write([UInt8](JSONEncoder().encode(authority)), to: Self.file)
            return reply
        }
    }

    /// Writes the key file of the client that the ready file names, and says how Ferma is reached.
    func readyFile(
        port: Int, tlsAuthority: String, now: FiscalInstant, random: some RandomSource
    ) throws -> ReadyFile.Ferma {
        let password = "ferma"
        func keyFile(_ name: String, _ groups: [String]) throws -> String {
            let path = self.state.path(name)
            guard !FileManager.default.fileExists(atPath: path) else { return path }
            return try self.state.write(
                self.clients.issueCredentials(groups: groups, password: password, at: now, random: random).pkcs12,
                to: name)
        }
        return ReadyFile.Ferma(
            url: "https://127.0.0.1:\(port)\(FermaAuthority.path)", tls_ca: tlsAuthority,
            p12: try keyFile("ferma.p12", FermaCaller.demonstration.groups), password: password,
            p12_stranger: try keyFile("ferma-stranger.p12", ["2"]))
    }
}
