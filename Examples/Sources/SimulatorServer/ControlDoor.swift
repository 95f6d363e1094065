import EETProtocol
import FiscalSimulators
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// A door for tests and demonstrations, on a port of its own without TLS: what was received, and what shall go wrong.
///
/// Paths are `/eet/<playground|production>/<v3|v4>/<ledger|faults>`: `GET ledger` shows messages and sales; `POST faults`
/// takes a `FaultPlan` as JSON (`{"upcoming":[{"silence":{"recorded":true}}]}`), `DELETE faults` clears it.
struct ControlDoor: HTTPResponder {
    typealias Context = ConnectionContext

    let offices: [EETOffice]

    func respond(to request: Request, context: ConnectionContext) async throws -> Response {
        let parts = request.uri.path.split(separator: "/").map(String.init)
        guard parts.count == 4, parts[0] == "eet", let edition = Edition(rawValue: parts[2]),
            let office = self.offices.first(where: { $0.environment.rawValue == parts[1] }),
            let authority = office.authority(edition)
        else { return Response(status: .notFound) }
        switch (request.method, parts[3]) {
        case (.get, "ledger"): return try Self.json(Ledger(authority))
        case (.get, "faults"): return try Self.json(authority.faults)
        case (.post, "faults"):
            let body = try await request.body.collect(upTo: 1 << 20)
            guard let plan = try? JSONDecoder().decode(FaultPlan<EETFault>.self, from: Data(body.readableBytesView))
            else {
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

    /// What `GET ledger` shows.
    private struct Ledger: Encodable {
        var messages: [EETReceivedMessage]
        var sales: [EETLedger.Sale]

        init(_ authority: EETAuthority) {
            self.messages = authority.messages
            self.sales = authority.sales
        }
    }

    private static func json(_ value: some Encodable) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(value))))
    }
}
