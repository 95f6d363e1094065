import CRKProtocol
import FiscalCore
import HTTPTypes

extension CRKAuthority {
    /// A call of the CPD server, read so far that it can be handled.
    struct Call {
        let id: CRKCommandText
        let parameters: [(name: String, value: String)]
        let body: JSON?
        let client: CRKRegisterName
        let now: FiscalInstant

        var attributes: JSON? { self.body?["command"]?["attributes"] }
    }

    /// The CPD server's door (section 2.4). Its order of checks, which the document does not give: connection, header,
    /// form of the code, kind of call, pool of numbers, certificate, content, time, state.
    mutating func ruleCPD(_ arrival: CRKArrival) -> CRKRuling {
        guard self.isTrusted(arrival) else { return CRKRuling(403) }
        var command = CRKCommandText.named(in: arrival)
        do {
            switch arrival.path {
            case "/api/SerwerCPD/SharedKey" where arrival.method == .get: return try self.sharedKeys(arrival)
            case "/api/SerwerCPD/Command" where [.get, .post].contains(arrival.method): break
            default: return CRKRuling(404)
            }
            let call = try Self.read(arrival)
            command = call.id.code
            var ruling = try self.carryOut(call, arrival)
            ruling.command = command
            return ruling
        } catch let refusal as CRKRefusal {
            return self.refusal(refusal, of: command)
        } catch {
            return self.refusal(CRKRefusal("E05", "\(error)"), of: command)
        }
    }

    func refusal(_ refusal: CRKRefusal, of command: String?) -> CRKRuling {
        let status = CPDErrorCode(rawValue: refusal.code).httpStatus ?? (refusal.code.hasPrefix("B") ? 406 : 500)
        var ruling = CRKRuling(status, command: command)
        let table = command.flatMap { CRKErrorTexts.codes(of: $0).isEmpty ? nil : $0 } ?? self.rules.unnamedCommand
        ruling.code = refusal.code
        ruling.message = CRKErrorTexts.message(refusal.code, of: table)
        ruling.reason = refusal.reason
        return ruling
    }

    private static func read(_ arrival: CRKArrival) throws(CRKRefusal) -> Call {
        var parameters: [(name: String, value: String)] = []
        var body: JSON?
        let text: String?
        if arrival.method == .get {
            guard let query = arrival.query else { throw CRKRefusal("E02", "a damaged query") }
            parameters = query
            text = query.first { $0.name == "commandId" }?.value
        } else {
            guard arrival.isJSON(.contentType) else { throw CRKRefusal("E01", "Content-Type is not JSON") }
            do { body = try JSON(parsing: arrival.request.body) } catch { throw CRKRefusal("E02", "\(error)") }
            guard body?.members != nil else { throw CRKRefusal("E02", "no JSON object") }
            text = body?["commandId"]?.string
        }
        guard let text else { throw CRKRefusal("E02", "no commandId") }
        guard let id = CRKCommandText(text) else { throw CRKRefusal("E01", "a malformed commandId") }
        guard let client = arrival.name else { throw CRKRefusal("E05", "no certificate") }
        return Call(id: id, parameters: parameters, body: body, client: client, now: arrival.now)
    }

    private mutating func carryOut(_ call: Call, _ arrival: CRKArrival) throws -> CRKRuling {
        let isGet = arrival.method == .get
        let calls = isGet ? ["KCS", "CNF", "TCS", "GIS"] : ["KFD", "MFP", "FPD", "EFL"]
        guard calls.contains(call.id.code) else { throw CRKRefusal("B01", "\(call.id.code) is no such call") }
        guard self.rules.pool.contains(where: { call.id.unit.hasPrefix($0) }) else {
            guard !(self.rules.refusesByStatus && call.id.code == "MFP") else {
                return self.fiscalisationRefusal(call, CRKStatusRefusal(2, "outside of the pool"))
            }
            throw CRKRefusal("B03", "outside of the pool")
        }
        // CMD07 and CMD11 do not compare them (sections 2.4.1, 2.4.5).
        guard ["KCS", "TCS"].contains(call.id.code) || call.client.unit == call.id.unit else {
            throw CRKRefusal("B10", "the certificate is of \(call.client.unit ?? "nobody")")
        }
        switch call.id.code {
        case "KCS": return try self.repositoryKeys(call)
        case "KFD": return try self.registerCertificates(call)
        case "MFP": return try self.fiscalise(call, arrival.fault)
        case "CNF": return try self.homologation(call)
        case "TCS": return CRKRuling(204)
        case "GIS": return try self.state(call)
        case "FPD": return try self.fiscalisationDone(call)
        default: return try self.endOfLife(call)
        }
    }

    /// Whether TLS would have accepted the client: a certificate of the producer, valid now.
    func isTrusted(_ arrival: CRKArrival) -> Bool {
        guard let client = arrival.client else { return false }
        let policy = ChainPolicy(anchors: [self.identity.producerCertificate])
        return (try? client.verifyChain(at: arrival.now, policy: policy)) != nil
    }
}
