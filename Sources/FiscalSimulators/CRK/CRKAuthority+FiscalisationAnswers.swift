import CRKProtocol
import FiscalCore

extension CRKAuthority {
    func grant(_ call: Call, _ number: String) -> CRKRuling {
        let timetable = self.rules.timetable
        return CRKRuling(
            200,
            .message(
                id: call.id.text,
                attributes: [
                    .init("cashRegisterNr", .string(number)), self.status(0),
                    .init("addressWebAPI", .string(self.addresses.webApi)),
                    .init("sendFreqEventHub", self.number(timetable.sendFreqEventHub)),
                    .init("checkFreqWebApi", self.number(timetable.checkFreqWebApi)),
                    .init(
                        Self.shipmentType(self.rules.doublesPInFiscalisation), .string(timetable.shipmentType)),
                ]))
    }

    func fiscalisationRefusal(_ call: Call, _ refusal: CRKStatusRefusal) -> CRKRuling {
        let first = [JSON.Member("cashRegisterNr", ""), self.status(refusal.status)]
        let rest = [
            JSON.Member("addressWebAPI", ""), .init("sendFreqEventHub", self.number(-2)),
            .init("checkFreqWebApi", self.number(-2)), .init(Self.shipmentType(self.rules.doublesPInRefusal), ""),
        ]
        var ruling = CRKRuling(
            200,
            self.rules.misplacesRefusal
                ? .message(id: call.id.text, attributes: first, beside: rest)
                : .message(id: call.id.text, attributes: first + rest))
        ruling.code = FiscalisationStatus(rawValue: refusal.status).code
        ruling.reason = refusal.reason
        return ruling
    }

    private func status(_ code: Int) -> JSON.Member {
        let status = FiscalisationStatus(rawValue: code)
        return .init(
            "statusFisc",
            [
                "code": .string(self.rules.writesShortStatus ? String(code) : status.code),
                "desc": .string(status.words ?? "odmowa fiskalizacji"),
            ])
    }

    static func shipmentType(_ doublesP: Bool) -> String { doublesP ? "shippmentType" : "shipmentType" }

    /// A whole number, or its text where the rules say so.
    func number(_ value: Int64) -> JSON {
        self.rules.writesNumbersAsText ? .string(String(value)) : .integer(value)
    }
}
