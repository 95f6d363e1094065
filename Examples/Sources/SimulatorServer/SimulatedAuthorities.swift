import CRKProtocol
public import EETProtocol
import FiscalCore
import FiscalSimulators
import FiscalTransport
import Foundation
import Synchronization
import TSEOffline

/// The simulated authorities behind real sockets on 127.0.0.1, with their keys and ledgers in a folder.
///
/// Started again with the same folder they are the same authorities: keys, certificates and ledgers stay.
public final class SimulatedAuthorities: Sendable {
    /// How clients reach them.
    public let ready: ReadyFile
    private let offices: [EETOffice]
    /// The OFD server of Kazakhstan.
    public let ofd: OFDOffice
    /// The service Ferma of Russia.
    public let ferma: FermaOffice
    /// The fiscal service of Germany.
    public let tse: TSEOffice
    /// The repository of Poland.
    public let crk: CRKOffice
    private let servers: Task<Void, any Error>

    /// The doors of the Polish repository, in the order of their ports.
    private static let doors: [CRKChannel] = [.cpd, .webApi, .eventHub]

    /// Starts all authorities and returns when all their ports listen.
    /// - Parameters:
    ///   - state: the folder; created where it is missing.
    ///   - portBase: the control door takes this port, the EET playground the next, EET production the one after,
    ///     then the OFD server, Ferma, the German fiscal service, and the three doors of the Polish repository; nil takes any free ports.
    ///   - readyFile: where ``ready`` is written as JSON, too.
    public static func start(
        state path: String, portBase: Int? = nil, readyFile: String? = nil
    ) async throws -> SimulatedAuthorities {
        let state = try StateFolder(path)
        let (clock, random) = (SystemClock.system, SystemRandomSource.system)
        let loopback = try state.value("tls.json") { try LoopbackTLS(at: clock.now(), random: random) }
        let tls = ServerIdentity(loopback)
        let offices = try [EETEnvironment.playground, .production].map {
            try EETOffice($0, state: state, now: clock.now(), random: random)
        }
        let ofd = try OFDOffice(state: state)
        let ferma = try FermaOffice(state: state, now: clock.now(), random: random)
        let tse = try await TSEOffice(state: state, clock: clock)
        let crk = try CRKOffice(state: state, now: clock.now(), random: random)
        let (ports, continuation) = AsyncThrowingStream<(Int, Int), any Error>.makeStream()
        let servers = Task {
            do {
                try await withThrowingTaskGroup { group in
                    group.addTask {
                        try await Listener(
                            responder: ControlDoor(offices: offices, ofd: ofd, ferma: ferma, tse: tse, crk: crk),
                            tls: nil, port: portBase ?? 0
                        ).run { continuation.yield((0, $0)) }
                    }
                    for (index, office) in offices.enumerated() {
                        let responder = ReplyResponder(clock: clock) { try office.receive($0.exchange, at: $0.at) }
                        let port = portBase.map { $0 + 1 + index } ?? 0
                        group.addTask {
                            try await Listener(responder: responder, tls: tls, port: port).run {
                                continuation.yield((1 + index, $0))
                            }
                        }
                    }
                    let last = 1 + offices.count
                    group.addTask {
                        try await StreamListener(
                            office: ofd, clock: clock, port: portBase.map { $0 + last } ?? 0
                        ).run { continuation.yield((last, $0)) }
                    }
                    group.addTask {
                        let responder = ReplyResponder(clock: clock) {
                            try ferma.receive($0.exchange, from: $0.client, at: $0.at)
                        }
                        try await Listener(
                            responder: responder, tls: tls,
                            clients: .demanded(authorityPEM: ferma.clients.certificatePEM),
                            port: portBase.map { $0 + last + 1 } ?? 0
                        ).run { continuation.yield((last + 1, $0)) }
                    }
                    group.addTask {
                        let responder = ReplyResponder(clock: clock) { await tse.receive($0.exchange) }
                        try await Listener(
                            responder: responder, tls: nil, port: portBase.map { $0 + last + 2 } ?? 0
                        ).run { continuation.yield((last + 2, $0)) }
                    }
                    group.addTask { try await tse.run() }
                    for (index, door) in Self.doors.enumerated() {
                        let place = last + 3 + index
                        group.addTask {
                            let (identity, clients) = try crk.listener(door)
                            let responder = ReplyResponder(clock: clock) { try crk.receive($0, at: door) }
                            try await Listener(
                                responder: responder, tls: identity, clients: clients, countsOctets: true,
                                port: portBase.map { $0 + place } ?? 0
                            ).run { continuation.yield((place, $0)) }
                        }
                    }
                    try await group.next()
                    group.cancelAll()
                }
                continuation.finish(throwing: CancellationError())
            } catch {
                continuation.finish(throwing: error)
                throw error
            }
        }
        var found: [Int: Int] = [:]
        for try await (index, port) in ports {
            found[index] = port
            if found.count == 4 + offices.count + Self.doors.count { break }
        }
        let tlsAuthority = try state.write(Array(loopback.authorityPEM.utf8), to: "tls-ca.pem")
        func eet(_ index: Int) throws -> ReadyFile.EET {
            try Self.readyFile(
                offices[index], port: found[1 + index] ?? 0, state: state, tlsAuthority: tlsAuthority,
                now: clock.now(), random: random)
        }
        let ready = ReadyFile(
            eet: try eet(0), eet_production: try eet(1),
            kaz: ReadyFile.Kaz(ofd.authority, port: found[1 + offices.count] ?? 0),
            ferma: try ferma.readyFile(
                port: found[2 + offices.count] ?? 0, tlsAuthority: tlsAuthority, now: clock.now(), random: random),
            tse: ReadyFile.TSE(
                url: "http://127.0.0.1:\(found[3 + offices.count] ?? 0)", serial: tse.service.configuration.tseSerial),
            crk: try crk.readyFile(
                ports: Self.doors.indices.map { found[4 + offices.count + $0] ?? 0 }, now: clock.now(), random: random),
            control: "http://127.0.0.1:\(found[0] ?? 0)")
        if let readyFile {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            try StateFolder.write([UInt8](encoder.encode(ready)), toFile: readyFile)
        }
        return SimulatedAuthorities(
            ready: ready, offices: offices, ofd: ofd, ferma: ferma, tse: tse, crk: crk, servers: servers)
    }

    private init(
        ready: ReadyFile, offices: [EETOffice], ofd: OFDOffice, ferma: FermaOffice, tse: TSEOffice,
        crk: CRKOffice, servers: Task<Void, any Error>
    ) {
        self.ready = ready
        self.offices = offices
        self.ofd = ofd
        self.ferma = ferma
        self.tse = tse
        self.crk = crk
        self.servers = servers
    }

    /// The tax office of an environment.
    public func eet(_ environment: EETEnvironment) -> EETOffice? {
        self.offices.first { $0.environment == environment }
    }

    /// Closes all ports and waits for that.
    public func stop() async {
        self.servers.cancel()
        _ = await self.servers.result
    }

    /// Waits until the servers end by themselves, which they do when a port fails.
    public func wait() async throws {
        try await withTaskCancellationHandler {
            try await self.servers.value
        } onCancel: {
            self.servers.cancel()
        }
    }

    /// Writes the certificates and key files of one environment, and says where they are.
    private static func readyFile(
        _ office: EETOffice, port: Int, state: StateFolder, tlsAuthority: String, now: FiscalInstant,
        random: some RandomSource
    ) throws -> ReadyFile.EET {
        let name = "eet-\(office.environment.rawValue)"
        // The playground's number is the one that the file module demands there; production has another.
        let dic = office.environment.isTest ? "CZ1212121218" : "CZ683555118"
        func keyFile(_ edition: Edition) throws -> String {
            let file = "\(name)-\(edition.rawValue).p12"
            guard !FileManager.default.fileExists(atPath: state.path(file)) else { return state.path(file) }
            return try state.write(
                office.identity.issueCredentials(dic: dic, edition: edition, at: now, random: random).pkcs12, to: file)
        }
        let address = "https://127.0.0.1:\(port)"
        return ReadyFile.EET(
            v3: address + EETAuthority.path(.v3), v4: address + EETAuthority.path(.v4), tls_ca: tlsAuthority,
            seal_ca: try state.write(
                Array(office.identity.sealAuthorityCertificate.pem.utf8), to: "\(name)-seal-ca.pem"),
            p12: try keyFile(.v3), password: "eet", p12_v4: try keyFile(.v4), dic: dic)
    }
}
