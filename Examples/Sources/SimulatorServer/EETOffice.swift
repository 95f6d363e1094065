public import EETProtocol
import FiscalCore
public import FiscalSimulators
import Foundation
import HTTPTypes
import Synchronization

/// One environment of the simulated tax office, both editions behind one door, with its keys and ledgers on disk.
public final class EETOffice: Sendable {
    public let environment: EETEnvironment
    let identity: EETAuthorityIdentity
    private let authorities: Mutex<[Edition: EETAuthority]>
    private let files: [Edition: LedgerFile]

    init(_ environment: EETEnvironment, state: StateFolder, now: FiscalInstant, random: some RandomSource) throws {
        self.environment = environment
        let identity = try state.value("eet-\(environment.rawValue).json") {
            try EETAuthorityIdentity(environment: environment, at: now, random: random)
        }
        var authorities: [Edition: EETAuthority] = [:]
        var files: [Edition: LedgerFile] = [:]
        for edition in Edition.allCases {
            let file = try LedgerFile(state.path("eet-\(environment.rawValue)-\(edition.rawValue).jsonl"))
            files[edition] = file
            authorities[edition] = EETAuthority(
                edition: edition, environment: environment, identity: identity, ledger: try file.read(),
                random: random)
        }
        self.identity = identity
        self.authorities = Mutex(authorities)
        self.files = files
    }

    /// The authority of an edition as it stands.
    public func authority(_ edition: Edition) -> EETAuthority? { self.authorities.withLock { $0[edition] } }

    /// Changes an authority: its faults, its rules.
    public func withAuthority<Value: Sendable>(
        _ edition: Edition, _ body: (inout EETAuthority) throws -> Value
    ) rethrows -> Value? {
        try self.authorities.withLock { authorities in
            guard var authority = authorities[edition] else { return nil }
            defer { authorities[edition] = authority }
            return try body(&authority)
        }
    }

    /// Handles one request; what was received is on disk before the reply is known.
    func receive(_ request: HTTPExchangeRequest, at now: FiscalInstant) throws -> SimulatedReply {
        let edition = Edition.allCases.first { EETAuthority.path($0) == request.head.path } ?? .v3
        return try self.withAuthority(edition) { authority in
            let before = authority.messages.count
            let reply = authority.receive(request, at: now)
            try self.files[edition]?.append(authority.messages.dropFirst(before))
            return reply
        } ?? .lost
    }
}
