import CRKProtocol
import FiscalCore
import HTTPTypes

extension CRKAuthority {
    /// The answer to a ruling, spoiled as planned.
    func reply(to ruling: CRKRuling?, _ arrival: CRKArrival) -> SimulatedReply {
        switch arrival.fault {
        case .silence: return .silence
        case .lost: return .lost
        case .error(let code, let text, _):
            var refusal = self.refusal(CRKRefusal(code, "told so"), of: CRKCommandText.named(in: arrival))
            if let text { refusal.message = "\(refusal.message ?? "") \(text)" }
            return .answer(self.response(to: refusal, arrival))
        case .status(let status, _, let retryAfter):
            var response = self.response(to: Self.failure(status, String(status), "told so"), arrival)
            if let retryAfter { response.head.headerFields[.retryAfter] = String(retryAfter) }
            return .answer(response)
        case .page(let status, _):
            var response = HTTPExchangeResponse(head: HTTPResponse(status: Self.status(status)), body: [])
            response.head.headerFields[.contentType] = "text/html"
            response.body = Array("<html><body><h1>\(status)</h1><p>Bad Gateway</p></body></html>".utf8)
            return .answer(response)
        case .xml(let status, _): return .answer(Self.xml(status, "told so", arrival))
        default: break
        }
        guard let ruling else { return .silence }
        var response = self.response(to: ruling, arrival)
        switch arrival.fault {
        case .empty: response.body = []
        case .garbage: response.body = [0xFF, 0xFE, 0x00] + Array(repeating: 0x9C, count: 509)
        case .malformed: response.body = Array(response.body.dropLast(max(1, response.body.count / 4)))
        case .truncated: return .cut(response, bodyBytes: response.body.count / 2)
        case .delay(let milliseconds): return .late(response, after: .milliseconds(max(0, milliseconds)))
        default: break
        }
        return .answer(response)
    }

    private func response(to ruling: CRKRuling, _ arrival: CRKArrival) -> HTTPExchangeResponse {
        if arrival.door == .eventHub, ruling.status != 201, ruling.status != 401 {
            return Self.xml(ruling.status, ruling.reason ?? "", arrival)
        }
        var response = HTTPExchangeResponse(head: HTTPResponse(status: Self.status(ruling.status)), body: [])
        guard let body = self.body(of: ruling, arrival) else { return response }
        response.head.headerFields[.contentType] = body.type
        response.body = body.bytes
        return response
    }

    private func body(of ruling: CRKRuling, _ arrival: CRKArrival) -> (type: String, bytes: [UInt8])? {
        func json(_ json: JSON) -> (String, [UInt8]) { ("application/json; charset=utf-8", json.bytes) }
        switch ruling.body {
        case .json(let value):
            var value = value
            if case .wrongCommandID = arrival.fault, let id = value["commandId"]?.string {
                value = Self.merge(value, [.init("commandId", .string(Self.another(id)))])
            }
            return json(Self.merge(value, Self.changes(arrival.fault)))
        case .message(var id, let attributes, let beside):
            if case .wrongCommandID = arrival.fault { id = Self.another(id) }
            let attributes = Self.merge(.object(attributes), Self.changes(arrival.fault))
            let members: [JSON.Member] = [
                .init("commandId", .string(id)), .init("command", ["attributes": attributes]),
            ]
            return json(.object(members + beside))
        case .none: break
        }
        switch arrival.door {
        case .cpd: return ruling.code.flatMap { self.errorBody($0, ruling.message ?? "") }
        case .webApi:
            // 403 and 404 come without data (section 2.3.1.3).
            guard [400, 500].contains(ruling.status) || ruling.status > 500 else { return nil }
            return json(Self.errorDetails(ruling, arrival))
        case .eventHub: return nil
        }
    }

    private func errorBody(_ code: String, _ message: String) -> (type: String, bytes: [UInt8])? {
        switch self.rules.errorBody {
        case .json:
            return (
                "application/json; charset=utf-8",
                JSON.object([
                    .init("Code", .string(code)), .init("Message", .string(message)),
                ]).bytes
            )
        case .nested:
            return (
                "application/json; charset=utf-8",
                JSON.object([.init("error", ["code": .string(code), "message": .string(message)])]).bytes
            )
        case .text: return ("text/plain; charset=utf-8", Array("\(code) \(message)".utf8))
        case .html:
            return ("text/html; charset=utf-8", Array("<html><body><p>\(code): \(message)</p></body></html>".utf8))
        case .empty: return nil
        }
    }

    /// `ErrorDetails` (section 2.3.1.2).
    private static func errorDetails(_ ruling: CRKRuling, _ arrival: CRKArrival) -> JSON {
        let texts = ["100": "Błędny format CommandId", "110": "Nie znaleziono komendy"]
        let code = ruling.code ?? String(ruling.status)
        return .object([
            .init("Message", .string(texts[code] ?? String((ruling.reason ?? "Błąd").prefix(200)))),
            .init("Code", .string(String(code.prefix(4)))), .init("requestId", .string("request-\(arrival.number)")),
        ])
    }

    /// As the Event Hub answers.
    private static func xml(_ status: Int, _ reason: String, _ arrival: CRKArrival) -> HTTPExchangeResponse {
        var response = HTTPExchangeResponse(head: HTTPResponse(status: Self.status(status)), body: [])
        response.head.headerFields[.contentType] = "application/xml; charset=utf-8"
        response.body = Array(
            "<Error><Code>\(status)</Code><Detail>\(reason). TrackingId:\(arrival.number)</Detail></Error>".utf8)
        return response
    }

    private static func status(_ code: Int) -> HTTPResponse.Status {
        HTTPResponse.Status(code: (100...999).contains(code) ? code : 500)
    }

    /// A code that looks as good and is another one: a minute's digit is changed.
    private static func another(_ id: String) -> String {
        var letters = Array(id.utf8)
        guard letters.count > 33 else { return id + "X" }
        letters[33] = letters[33] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
        return String(decoding: letters, as: UTF8.self)
    }

    private static func changes(_ fault: CRKFault?) -> [JSON.Member] {
        guard case .changed(let text) = fault else { return [] }
        return (try? JSON(parsing: text))?.members ?? []
    }

    /// Members take the place of those of the same name; null takes them away.
    private static func merge(_ json: JSON, _ changes: [JSON.Member]) -> JSON {
        guard !changes.isEmpty, var members = json.members else { return json }
        for change in changes {
            let place = members.firstIndex { $0.name == change.name }
            switch (place, change.value) {
            case (let place?, .null): members.remove(at: place)
            case (let place?, let value): members[place].value = value
            case (nil, .null): break
            case (nil, let value): members.append(.init(change.name, value))
            }
        }
        return .object(members)
    }
}
