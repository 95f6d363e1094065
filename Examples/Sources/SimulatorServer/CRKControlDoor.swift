import CRKProtocol
import FiscalCore
import FiscalSimulators
import Foundation
import HTTPTypes
import Hummingbird

/// What tests and demonstrations read and change at the Polish repository.
///
/// `GET /crk/ledger` shows everything received; `GET /crk/<unit>` a register's record, its orders included.
/// `POST /crk/<unit>/orders` queues an order, `{"qrCode":{"amount":1000}}`, and shows its code. `/crk/faults/<place>` takes
/// a plan of faults (`POST`), shows (`GET`) or forgets it (`DELETE`); a place is `cpd`, `webApi`, `eventHub`, the letters of
/// a command such as `MFP`, or `Command`, `Confirmation`, `EventHubSasToken`. `/crk/rules` shows and takes the rules.
struct CRKControlDoor {
    let office: CRKOffice

    func respond(to request: Request, _ parts: [String]) async throws -> Response {
        switch (request.method, parts.count, parts.first) {
        case (.get, 1, "ledger"): return try ControlDoor.json(self.office.authority.ledger)
        case (.get, 1, "rules"): return try ControlDoor.json(self.office.authority.rules)
        case (.post, 1, "rules"):
            guard let rules = try await ControlDoor.value(of: CRKRules.self, in: request) else {
                return Response(status: .badRequest)
            }
            self.office.withAuthority { $0.rules = rules }
            return Response(status: .noContent)
        case (_, 2, "faults"): return try await self.faults(request, at: parts[1])
        case (.get, 1, let unit?):
            guard let unit = try? UniqueNumber(unit) else { return Response(status: .notFound) }
            return try ControlDoor.json(self.office.authority[unit])
        case (.post, 2, let unit?) where parts[1] == "orders":
            guard let unit = try? UniqueNumber(unit) else { return Response(status: .notFound) }
            guard let content = try await ControlDoor.value(of: CRKOrderContent.self, in: request) else {
                return Response(status: .badRequest)
            }
            let now = FiscalInstant(secondsSinceEpoch: Int64(Date().timeIntervalSince1970))
            return try ControlDoor.json([
                "commandId": self.office.withAuthority { $0.order(content, for: unit, at: now) }
            ])
        default: return Response(status: .notFound)
        }
    }

    private func faults(_ request: Request, at place: String) async throws -> Response {
        let channel = CRKChannel.allCases.first { $0.rawValue.lowercased() == place.lowercased() }
        func change(_ plan: FaultPlan<CRKFault>) {
            self.office.withAuthority { authority in
                if let channel { authority.faults[channel] = plan } else { authority.faults.kinds[place] = plan }
            }
        }
        switch request.method {
        case .get:
            let faults = self.office.authority.faults
            return try ControlDoor.json(channel.map { faults[$0] } ?? faults.kinds[place] ?? FaultPlan())
        case .post:
            guard let plan = try await ControlDoor.value(of: FaultPlan<CRKFault>.self, in: request) else {
                return Response(status: .badRequest)
            }
            change(plan)
        case .delete: change(FaultPlan())
        default: return Response(status: .methodNotAllowed)
        }
        return Response(status: .noContent)
    }
}
