import ArgumentParser
import FermaClient
import FermaTillFolder
import FiscalCore
import ProgramSupport

/// What every command of a till takes.
struct TillArguments: ParsableArguments {
    @Option(name: .customLong("state"), help: "The folder of the till's journal.")
    var state: String

    @Option(help: "The address of the converter, instead of the operator's.")
    var url: String?

    @Option(help: "The account's working certificate with its key (PKCS#12).")
    var p12: String?

    @Option(help: "The password of the key file.")
    var password: String?

    @Option(
        name: .customLong("tls-ca"), help: "Who vouches for the server (PEM), instead of whom the system trusts.")
    var tlsAuthority: String?

    @Flag(help: "The certificate is one of the demonstration cabinet: nothing is fiscal.")
    var test = false

    @Flag(help: "Print one JSON object.")
    var json = false

    /// Opens the till for work that sends something.
    func withClient<Value>(
        group: String? = nil, clientID: String? = nil, _ body: (FermaClient) async throws -> Value
    ) async throws -> Value {
        try await self.open(try self.access(), group, clientID, body)
    }

    /// Opens the till for one sale. An answer that came and could not be kept is shown all the same: the sale counts as
    /// under way, and giving the command again is safe.
    func outcome(
        group: String?, clientID: String?, _ body: (FermaClient) async throws -> FermaOutcome
    ) async throws -> FermaOutcome {
        try await self.withClient(group: group, clientID: clientID) { client in
            do { return try await body(client) } catch let error as FermaResultNotStored {
                Terminal.say("\(error)")
                return error.outcome
            }
        }
    }

    /// Opens the till for work on its journal alone, for which no certificate is needed.
    func withJournal<Value>(
        group: String? = nil, clientID: String? = nil, _ body: (FermaClient) async throws -> Value
    ) async throws -> Value {
        try await self.open(nil, group, clientID, body)
    }

    private func open<Value>(
        _ access: TillAccess?, _ group: String?, _ clientID: String?, _ body: (FermaClient) async throws -> Value
    ) async throws -> Value {
        let configuration = FermaClientConfiguration(
            environment: self.test ? .test : .production, group: group, clientID: clientID)
        do { return try await TillFolder(self.state).withClient(access, configuration, body) } catch {
            // What was reached is said by the status alone; the rest is bad input or a broken store.
            if let code = error as? ExitCode { throw code }
            throw Terminal.fail("\(error)")
        }
    }

    private func access() throws -> TillAccess {
        guard let p12 else { throw Terminal.fail("--p12: required (the account's key file)") }
        guard let password else { throw Terminal.fail("--password: required (that of the key file)") }
        let bytes = try Terminal.input("--p12") { try Terminal.read(p12) }
        let identity: PKCS12
        do { identity = try PKCS12.read(bytes, password: password) } catch {
            throw Terminal.fail("\(error.code == .wrongPassword ? "--password" : "--p12"): \(error)")
        }
        let authority = try self.tlsAuthority.map { path in
            try Terminal.input("--tls-ca") { try Terminal.read(path) }
        }
        return TillAccess(url: self.url, identity: identity, tlsAuthority: authority)
    }
}

/// Which request a person decides about, who decides, and why.
struct DecisionArguments: ParsableArguments {
    @Argument(help: "Requestid of the receipt.")
    var requestID: String

    @Option(name: .customLong("client"), help: "Its Clientid, when it has one.")
    var clientID: String?

    @Option(help: "Its Group, when it has one.")
    var group: String?

    @Option(help: "Who decides.")
    var by: String

    @Option(help: "Why.")
    var why: String
}
