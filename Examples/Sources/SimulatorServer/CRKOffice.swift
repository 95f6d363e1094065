import CRKProtocol
import FiscalCore
public import FiscalSimulators
import Foundation
import HTTPTypes
import Synchronization

/// The simulated Polish repository with its state on disk: keys, registers, orders, ledger. Three doors.
///
/// The CPD server and the WebApi let in who shows a certificate of the producer; the Event Hub asks for one and wants
/// none, so that the books tell whether one was shown.
public final class CRKOffice: Sendable {
    private struct State {
        var authority: CRKAuthority
        var hubOctets: [Int] = []
        var keepsState = true
    }

    private let state: Mutex<State>
    private let folder: StateFolder
    private static let file = "crk.json"

    init(state folder: StateFolder, now: FiscalInstant, random: some RandomSource) throws {
        self.folder = folder
        let authority = try folder.value(Self.file) {
            CRKAuthority(identity: try CRKAuthorityIdentity(at: now, random: random))
        }
        self.state = Mutex(State(authority: authority))
    }

    /// The authority as it stands.
    public var authority: CRKAuthority { self.state.withLock { $0.authority } }

    /// The octets of every request at the Event Hub as it came out of TLS, in order: request line, headers, body.
    public var hubOctets: [Int] { self.state.withLock { $0.hubOctets } }

    /// Whether what a request changed is on disk before its reply is known. Everything is written each time, so campaigns
    /// in which the authority is never killed switch it off.
    public var keepsState: Bool {
        get { self.state.withLock { $0.keepsState } }
        set { self.state.withLock { $0.keepsState = newValue } }
    }

    /// Changes the authority: its faults, its rules, an order.
    public func withAuthority<Value: Sendable>(_ body: (inout CRKAuthority) throws -> Value) rethrows -> Value {
        try self.state.withLock { try body(&$0.authority) }
    }

    /// Empty books under the same keys and addresses.
    public func openBooks() {
        self.state.withLock { state in
            state.authority = CRKAuthority(identity: state.authority.identity, addresses: state.authority.addresses)
            state.hubOctets = []
        }
    }

    /// Handles one request at one of the doors.
    func receive(_ arrival: ReceivedRequest, at door: CRKChannel) throws -> SimulatedReply {
        try self.state.withLock { state in
            if door == .eventHub, let octets = arrival.octets {
                state.hubOctets.append(octets)
                // As they came, which the authority can only guess from the parsed request.
                guard octets <= state.authority.rules.packetLimit else {
                    return .answer(HTTPExchangeResponse(head: HTTPResponse(status: .contentTooLarge), body: []))
                }
            }
            let reply = state.authority.receive(arrival.exchange, at: door, from: arrival.client, at: arrival.at)
            if state.keepsState {
                try self.folder.write([UInt8](JSONEncoder().encode(state.authority)), to: Self.file)
            }
            return reply
        }
    }

    /// What a server of a door shows; clients are trusted below the producer's certificate.
    func listener(_ door: CRKChannel) throws -> (tls: ServerIdentity, clients: ClientCertificates) {
        let identity = self.authority.identity
        let (certificate, key) = try identity.serverPEM(door)
        let producer = identity.producerCertificate.pem
        return (
            ServerIdentity(certificatePEM: certificate, keyPEM: key),
            door == .eventHub ? .asked(authorityPEM: producer) : .demanded(authorityPEM: producer)
        )
    }

    /// Writes the credentials of the registers that the ready file names, and says where the doors are.
    func readyFile(ports: [Int], now: FiscalInstant, random: some RandomSource) throws -> ReadyFile.CRK {
        func url(_ place: Int) -> String { "https://127.0.0.1:\(ports.indices.contains(place) ? ports[place] : 0)" }
        let addresses = CRKAddresses(cpd: url(0), webApi: url(1), eventHub: url(2))
        self.withAuthority { $0.addresses = addresses }
        let anchors = self.authority.identity.anchors.map(\.pem).joined(separator: "\n")
        let device = try self.register("ZTE2601000001", nip: "3360002458", software: false, now, random)
        return ReadyFile.CRK(
            cpd: addresses.cpd, webapi: addresses.webApi, event_hub: addresses.eventHub,
            anchor: try self.folder.write(Array(anchors.utf8), to: "crk-anchor.pem"), tls_cert: device.tls_cert,
            tls_key: device.tls_key, json_cert: device.json_cert, json_key: device.json_key, unit: device.unit,
            nip: device.nip, serial: "SN 000001", technician: "KP1234",
            software: try self.register("WTE2601000001", nip: "3360002458", software: true, now, random))
    }

    private func register(
        _ unit: String, nip: String, software: Bool, _ now: FiscalInstant, _ random: some RandomSource
    ) throws -> ReadyFile.CRK.Register {
        func path(_ part: String) -> String { "crk-\(unit)-\(part).pem" }
        let register = ReadyFile.CRK.Register(
            unit: unit, nip: nip, tls_cert: self.folder.path(path("tls")), tls_key: self.folder.path(path("tls-key")),
            json_cert: self.folder.path(path("json")), json_key: self.folder.path(path("json-key")))
        // Written last.
        guard !FileManager.default.fileExists(atPath: register.json_key) else { return register }
        let credentials = try self.authority.identity.issueCredentials(
            try UniqueNumber(unit), taxpayer: software ? try NIP(nip, field: "nip") : nil, at: now, random: random)
        func write(_ text: String, _ part: String) throws { try self.folder.write(Array(text.utf8), to: path(part)) }
        try write(credentials.tlsCertificate.pem, "tls")
        try write(credentials.tlsKey.pkcs8PEM(), "tls-key")
        try write(credentials.encryptCertificate.pem, "json")
        try write(credentials.encryptKey.pkcs8PEM(), "json-key")
        return register
    }
}
