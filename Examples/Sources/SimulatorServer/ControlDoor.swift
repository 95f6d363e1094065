import EETProtocol
import FiscalCore
import FiscalSimulators
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import TSEOffline

/// A door for tests and demonstrations, on a port of its own without TLS: what was received, and what shall go wrong.
///
/// Paths are `/eet/<playground|production>/<v3|v4>/<ledger|faults>`: `GET ledger` shows messages and sales; `POST faults`
/// takes a `FaultPlan` as JSON (`{"upcoming":[{"silence":{"recorded":true}}]}`), `DELETE faults` clears it. The same for
/// `/kaz/<ledger|faults>`; there `POST /kaz/<id>/block` blocks a register, `DELETE` ends that, and `POST /kaz/<id>/token`
/// issues another token and shows it. `/ferma/<ledger|faults>` are the same once more. `GET /tse/ledger` shows what the
/// TSE signed and the outages; `POST /tse/out` pulls the TSE out, `POST /tse/out/<create|store|cancel>` for the next such
/// call only, `DELETE /tse/out` puts it back. What stands below `/crk` says ``CRKControlDoor``.
struct ControlDoor: HTTPResponder {
    typealias Context = ConnectionContext

    let offices: [EETOffice]
    let ofd: OFDOffice
    let ferma: FermaOffice
    let tse: TSEOffice
    let crk: CRKOffice

    func respond(to request: Request, context: ConnectionContext) async throws -> Response {
        let parts = request.uri.path.split(separator: "/").map(String.init)
        if parts.first == "kaz" { return try await self.kazakhstan(request, Array(parts.dropFirst())) }
        if parts.first == "ferma" { return try await self.russia(request, Array(parts.dropFirst())) }
        if parts.first == "crk" {
            return try await CRKControlDoor(office: self.crk).respond(to: request, Array(parts.dropFirst()))
        }
        if parts.first == "tse" { return try await self.germany(request, Array(parts.dropFirst())) }
        guard parts.count == 4, parts[0] == "eet", let edition = Edition(rawValue: parts[2]),
            let office = self.offices.first(where: { $0.environment.rawValue == parts[1] }),
            let authority = office.authority(edition)
        else { return Response(status: .notFound) }
        switch (request.method, parts[3]) {
        case (.get, "ledger"): return try Self.json(Ledger(authority))
        case (.get, "faults"): return try Self.json(authority.faults)
        case (.post, "faults"):
            guard let plan = try await Self.plan(of: EETFault.self, in: request) else {
                return Response(status: .badRequest)
            }
            _ = office.withAuthority(edition) { $0.faults = plan }
            return Response(status: .noContent)
        case (.delete, "faults"):
            _ = office.withAuthority(edition) { $0.faults.clear() }
            return Response(status: .noContent)
        default: return Response(status: .methodNotAllowed)
        }
    }

    private func kazakhstan(_ request: Request, _ parts: [String]) async throws -> Response {
        switch (request.method, parts.first, parts.dropFirst().first) {
        case (.get, "ledger", nil): return try Self.json(self.ofd.authority)
        case (.get, "faults", nil): return try Self.json(self.ofd.authority.faults)
        case (.post, "faults", nil):
            guard let plan = try await Self.plan(of: OFDFault.self, in: request) else {
                return Response(status: .badRequest)
            }
            self.ofd.withAuthority { $0.faults = plan }
            return Response(status: .noContent)
        case (.delete, "faults", nil):
            self.ofd.withAuthority { $0.faults.clear() }
            return Response(status: .noContent)
        case (let method, let id?, let action?):
            guard let id = UInt32(id), self.ofd.authority[id] != nil else { return Response(status: .notFound) }
            switch (method, action) {
            case (.post, "block"): self.ofd.withAuthority { $0[id]?.block = .blocked }
            case (.delete, "block"): self.ofd.withAuthority { $0[id]?.block = nil }
            case (.post, "token"): return try Self.json(["token": self.ofd.withAuthority { $0.resetToken(of: id) }])
            default: return Response(status: .notFound)
            }
            return Response(status: .noContent)
        default: return Response(status: .notFound)
        }
    }

    private func russia(_ request: Request, _ parts: [String]) async throws -> Response {
        switch (request.method, parts) {
        case (.get, ["ledger"]): return try Self.json(self.ferma.authority.ledger)
        case (.get, ["faults"]): return try Self.json(self.ferma.authority.faults)
        case (.post, ["faults"]):
            guard let plan = try await Self.plan(of: FermaFault.self, in: request) else {
                return Response(status: .badRequest)
            }
            self.ferma.withAuthority { $0.faults = plan }
            return Response(status: .noContent)
        case (.delete, ["faults"]):
            self.ferma.withAuthority { $0.faults.clear() }
            return Response(status: .noContent)
        default: return Response(status: .notFound)
        }
    }

    private func germany(_ request: Request, _ parts: [String]) async throws -> Response {
        switch (request.method, parts) {
        case (.get, ["ledger"]):
            return Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: try await self.tse.report().bytes)))
        case (.post, ["out"]): try await self.tse.pullOut()
        case (.delete, ["out"]): try await self.tse.putBack()
        case (.post, _) where parts.count == 2 && parts[0] == "out":
            guard let step = FiscalStep(rawValue: parts[1]) else { return Response(status: .notFound) }
            try await self.tse.pullOut(at: step)
        default: return Response(status: .notFound)
        }
        return Response(status: .noContent)
    }

    private static func plan<Fault>(of fault: Fault.Type, in request: Request) async throws -> FaultPlan<Fault>? {
        try await Self.value(of: FaultPlan<Fault>.self, in: request)
    }

    /// A value out of the body; nil when it is something else.
    static func value<Value: Decodable>(of type: Value.Type, in request: Request) async throws -> Value? {
        let body = try await request.body.collect(upTo: 1 << 20)
        return try? JSONDecoder().decode(Value.self, from: Data(body.readableBytesView))
    }

    /// What `GET ledger` shows.
    private struct Ledger: Encodable {
        var messages: [EETReceivedMessage]
        var sales: [EETLedger.Sale]

        init(_ authority: EETAuthority) {
            self.messages = authority.messages
            self.sales = authority.sales
        }
    }

    static func json(_ value: some Encodable) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(value))))
    }
}
