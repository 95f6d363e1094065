import CRKProtocol
import FiscalCore
import HTTPTypes

extension CRKAuthority {
    /// The code of a confirmation that is malformed elsewhere than in its `commandId`; the document has none for it.
    static let malformedConfirmation = "120"

    /// The WebApi's door (section 2.3.1). Its order of checks: size, method, certificate, content.
    mutating func ruleWebApi(_ arrival: CRKArrival) -> CRKRuling {
        guard arrival.octets <= self.rules.webApiLimit else { return Self.failure(404, nil, "too large") }
        let name = CRKCommandText.kind(of: arrival)
        guard let name, [.get, .post].contains(arrival.method), !arrival.hasQuery,
            arrival.method == .get || name == "Confirmation"
        else { return Self.failure(404, nil, "no such method") }
        guard let unit = self.webApiUnit(arrival) else { return Self.failure(403, nil, "no fiscalised register") }
        guard arrival.isJSON(.accept) else { return Self.failure(404, nil, "Accept is not application/json") }
        switch name {
        case "Ping": return CRKRuling(204)
        case "Command":
            do {
                let orders = try self.serve(unit)
                guard !orders.isEmpty else { return CRKRuling(204) }
                let parsed = try orders.map { try JSON(parsing: $0) }
                return CRKRuling(200, .json(self.rules.ordersPerAnswer > 1 ? .array(parsed) : parsed[0]))
            } catch {
                return Self.failure(500, "500", "the order could not be made: \(error)")
            }
        case "Confirmation": return self.confirm(arrival, unit)
        default: return CRKRuling(200, .json(self.token(for: unit, arrival)))
        }
    }

    static func failure(_ status: Int, _ code: String?, _ reason: String) -> CRKRuling {
        var ruling = CRKRuling(status)
        ruling.code = code
        ruling.reason = reason
        return ruling
    }

    /// The register behind the certificate: one of CMD08, fiscalised (chapter 2).
    private func webApiUnit(_ arrival: CRKArrival) -> String? {
        guard self.isTrusted(arrival), let client = arrival.client, let unit = arrival.name?.unit,
            let register = self.registers[unit],
            [.fiscalised, .readOnly].contains(register.status),
            register.tlsCertificates.contains(Base64.encode(client.der))
        else { return nil }
        return unit
    }

    /// The confirmation of an order (section 2.3.1.5).
    private mutating func confirm(_ arrival: CRKArrival, _ unit: String) -> CRKRuling {
        guard arrival.isJSON(.contentType) else {
            return Self.failure(400, Self.malformedConfirmation, "Content-Type is not application/json")
        }
        guard let body = try? JSON(parsing: arrival.request.body), body.members != nil else {
            return Self.failure(400, Self.malformedConfirmation, "no JSON object")
        }
        guard let id = body["commandId"]?.string else { return Self.failure(400, "100", "no commandId") }
        let place = self.register(unit).orders.firstIndex { $0.commandID == id && $0.deliveries > 0 }
        guard place != nil || CRKCommandText(id) != nil else {
            return Self.failure(400, "100", "a malformed commandId")
        }
        guard let place else { return Self.failure(400, "110", "no such order was served") }
        guard let time = body["ExecTime"]?.string, FiscalInstant(utcMilliseconds: time) != nil,
            let code = body["Code"]?.string, ["0", "1"].contains(code)
        else { return Self.failure(400, Self.malformedConfirmation, "ExecTime or Code is missing or malformed") }
        var message: String?
        if let value = body["Message"] {
            guard let text = value.string, text.unicodeScalars.count <= 200 else {
                return Self.failure(400, Self.malformedConfirmation, "Message is no text of 200 characters")
            }
            message = text
        }
        guard code == "0" || message?.isEmpty == false else {
            return Self.failure(400, Self.malformedConfirmation, "Code 1 without Message")
        }
        let confirmation = CRKOrder.Confirmation(executedAt: time, code: code, message: message)
        let isOld = self.register(unit).orders[place].confirmation != nil
        self.withRegister(unit) { register in
            register.orders[place].confirmations.append(confirmation)
            if !isOld { register.orders[place].confirmation = confirmation }
        }
        guard !isOld || !self.rules.forgetsConfirmedOrders else { return Self.failure(400, "110", "confirmed before") }
        return CRKRuling(204)
    }
}
