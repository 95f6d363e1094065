import FiscalCore
import HTTPTypes

extension FermaAuthority {
    /// The answer to a ruling, spoiled as planned.
    func reply(to ruling: Ruling, _ reading: Reading, _ fault: FermaFault?) -> SimulatedReply {
        if case .ignore = ruling.decision {
            if case .lost = fault { return .lost }
            return .silence
        }
        let response = self.spoil(self.response(to: ruling, reading, fault), fault)
        switch fault {
        case .silence: return .silence
        case .lost: return .lost
        case .truncated: return .cut(response, bodyBytes: response.body.count / 2)
        case .delay(let milliseconds): return .late(response, after: ruling.delay + .milliseconds(max(0, milliseconds)))
        default: return ruling.delay > .zero ? .late(response, after: ruling.delay) : .answer(response)
        }
    }

    private func response(to ruling: Ruling, _ reading: Reading, _ fault: FermaFault?) -> HTTPExchangeResponse {
        var head = HTTPResponse(status: .ok)
        head.headerFields[.contentType] = "application/json; charset=utf-8"
        let members: [JSON.Member]
        switch ruling.decision {
        case .register(let answer):
            members = self.members(of: answer, reading)
        case .service(let code, let isFatal, let text):
            head.status = .internalServerError
            if let name = HTTPField.Name("X-Fce-Error") { head.headerFields[name] = String(code) }
            members = self.members(of: code, isFatal, text, reading)
        case .http(let status):
            head.status = HTTPResponse.Status(code: (100...999).contains(status) ? status : 500)
            return HTTPExchangeResponse(head: head, body: [])
        case .ignore:
            return HTTPExchangeResponse(head: head, body: [])
        }
        return HTTPExchangeResponse(head: head, body: self.text(JSON.object(self.change(members, fault))))
    }

    private func text(_ json: JSON) -> [UInt8] {
        // An ampersand stands nowhere in JSON but in a text.
        Array(self.rules.escapesAmpersand ? json.text.replacing("&", with: "\\u0026").utf8 : json.text.utf8)
    }

    /// What a fault does to the bytes.
    private func spoil(_ response: HTTPExchangeResponse, _ fault: FermaFault?) -> HTTPExchangeResponse {
        var response = response
        switch fault {
        case .status(let status, _):
            response.head.status = HTTPResponse.Status(code: (100...999).contains(status) ? status : 500)
            response.body = []
        case .page(let status, _):
            response.head.status = HTTPResponse.Status(code: (100...999).contains(status) ? status : 500)
            response.head.headerFields[.contentType] = "text/html"
            response.body = Array("<html><body><h1>\(status)</h1><p>Bad Gateway</p></body></html>".utf8)
        case .garbage: response.body = [0xFF, 0xFE, 0x00] + Array(repeating: 0x9C, count: 509)
        case .malformed: response.body = Array(response.body.dropLast(max(1, response.body.count / 4)))
        case .otherJSON: response.body = Array("{}".utf8)
        case .huge(let count): response.body += Array(repeating: 0x20, count: max(0, min(count, 1 << 28)))
        default: break
        }
        return response
    }
}
