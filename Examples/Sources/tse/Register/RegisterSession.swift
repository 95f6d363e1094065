import FiscalCore
import FiscalSimulators
import FiscalStore
import FiscalTransport
import Foundation
import HTTPTypes
import ProgramSupport
import TSEOffline
import TSEServiceFolder

/// An open register: its till, and the way to the fiscal service.
struct RegisterSession: Sendable {
    let till: FiscalServiceClient
    /// The service in this process; nil when it is behind an address.
    let service: OpenedService?
    private let transport: any HTTPTransport
    private let sockets: AsyncHTTPTransport?
    private let address: URLComponents

    init(_ arguments: RegisterArguments) async throws {
        let folder = URL(fileURLWithPath: arguments.state, isDirectory: true)
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        // Nothing of the simulated service's address leaves the process.
        let endpoint = arguments.url ?? "http://localhost"
        guard let address = URLComponents(string: endpoint), address.host != nil else {
            throw InvalidField("--url", .pattern, limit: "an http or https URL")
        }
        self.address = address
        let transport: any HTTPTransport
        if arguments.sim {
            let opened = try await ServiceFolder(folder.appendingPathComponent("service").path).open()
            (self.service, self.sockets) = (opened, nil)
            transport = TSEOfficeTransport(opened.office)
        } else {
            let sockets = try AsyncHTTPTransport()
            (self.service, self.sockets) = (nil, sockets)
            transport = sockets
        }
        self.transport = transport
        self.till = try await Self.till(
            FiscalServiceClientConfiguration(endpoint: endpoint, register: arguments.register),
            try SQLiteStore(path: folder.appendingPathComponent("till.sqlite").path), transport)
    }

    private static func till(
        _ configuration: FiscalServiceClientConfiguration, _ store: SQLiteStore, _ transport: some HTTPTransport
    ) async throws -> FiscalServiceClient {
        try await FiscalServiceClient.open(
            configuration: configuration, store: store, transport: transport, clock: SystemClock.system,
            randomness: SystemRandomSource.system)
    }

    func close() async { try? await self.sockets?.shutdown() }

    /// The document that is meant: the one named, or the only one that is not finished.
    func document(_ named: String?) async throws -> String {
        if let named { return named }
        let unfinished = try await self.till.unfinishedDocuments().map(\.id)
        guard unfinished.count < 2 else {
            throw Terminal.fail("--document: required (not finished: \(unfinished.joined(separator: ", ")))")
        }
        guard let only = unfinished.first else { throw Terminal.fail("--document: required (no document is open)") }
        return only
    }

    /// What the service says about its TSE.
    func tse() async throws -> (status: Int, json: JSON) { try await self.get("tse") }

    /// The outages that the service has recorded.
    func outages() async throws -> JSON {
        let answer = try await self.get("tse/outages")
        guard answer.status == 200 else {
            throw FiscalServiceClientError(.serviceNotReached, "HTTP \(answer.status) for the outages")
        }
        return answer.json
    }

    private func get(_ path: String) async throws -> (status: Int, json: JSON) {
        let authority = (self.address.host ?? "") + (self.address.port.map { ":\($0)" } ?? "")
        let base = self.address.path.hasSuffix("/") ? String(self.address.path.dropLast()) : self.address.path
        let request = HTTPExchangeRequest(
            head: HTTPRequest(
                method: .get, scheme: self.address.scheme ?? "http", authority: authority,
                path: "\(base)/api/v1/management/germany/\(path)", headerFields: [.accept: "application/json"]),
            body: [], maximumAnswerBytes: 64 << 20)
        do throws(TransportError) {
            let response = try await self.transport.exchange(request, timeout: .seconds(15))
            return (response.head.status.code, (try? JSON(parsing: response.body)) ?? .null)
        } catch {
            throw FiscalServiceClientError(.serviceNotReached, "the fiscal service did not answer: \(error.detail)")
        }
    }
}
