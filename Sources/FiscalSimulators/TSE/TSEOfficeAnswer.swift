import FiscalCore
import HTTPTypes
import TSEOffline

/// What the fiscal service answers, before and after a fault has dressed it.
struct TSEOfficeAnswer: Sendable {
    var status: HTTPResponse.Status
    /// Nil for an empty body.
    var json: JSON?
    /// What goes out in place of JSON.
    var bytes: [UInt8]?

    static func error(_ status: HTTPResponse.Status, _ code: String, _ detail: String) -> Self {
        Self(status: status, json: ["Error": .string(code), "Detail": .string(detail)])
    }

    private var response: HTTPExchangeResponse {
        var head = HTTPResponse(status: self.status)
        let body = self.bytes ?? self.json?.bytes ?? []
        if self.json != nil { head.headerFields[.contentType] = "application/json; charset=utf-8" }
        return HTTPExchangeResponse(head: head, body: body)
    }

    /// The answer on its way back.
    func reply(_ fault: TSEOfficeFault?) -> SimulatedReply {
        switch fault {
        case .lost: .lost
        case .silence: .silence
        case .delay(let milliseconds): .late(self.response, after: .milliseconds(max(0, milliseconds)))
        case .truncated: .cut(self.response, bodyBytes: self.response.body.count / 2)
        default: .answer(self.response)
        }
    }

    /// The answer as the fault wants it.
    func dressed(_ fault: TSEOfficeFault?) -> Self {
        var answer = self
        switch fault {
        case .status(let code, _):
            answer.status = Self.status(code)
            answer.json = nil
        case .answerWithStatus(let code): answer.status = Self.status(code)
        case .emptyBody: answer.json = nil
        case .garbage:
            answer.json = nil
            answer.bytes = [0xFF, 0xFE, 0x00, 0x7B]
        case .proxyPage:
            answer.json = nil
            answer.bytes = Array("<html><body>Please log in.</body></html>".utf8)
        case .otherJSON: answer.json = ["status": "ok"]
        case .smallLetters: answer.json = self.json.map { $0.mappingNames(Self.small) }
        case .numbersAsTexts: answer.json = self.json.map(\.numbersAsTexts)
        case .otherWords: answer.json = self.json?.mappingTexts(Self.otherWords)
        case .unknownMembers: answer.json = self.json?.withStrangers
        case .member(let name, let text):
            if let value = try? JSON(parsing: text) { answer.json = self.json?.replacing(name, with: value) }
        default: break
        }
        return answer
    }

    private static func status(_ code: Int) -> HTTPResponse.Status {
        HTTPResponse.Status(code: (100...999).contains(code) ? code : 500)
    }

    private static func small(_ name: String) -> String { name.prefix(1).lowercased() + name.dropFirst() }

    /// Other texts for people; nothing that is data.
    private static let otherWords = [
        "ErrorDescription": "TSE nicht erreichbar", "Signature": "keine Verbindung", "UserMessage": "Bitte TSE prüfen",
        "PrintMessage": "Sicherheitseinrichtung ausgefallen", "TseCertificate": "keine Verbindung",
    ]
}

extension JSON {
    /// Names of all objects but those inside arrays.
    fileprivate func mappingNames(_ change: (String) -> String) -> JSON {
        guard let members = self.members else { return self }
        return .object(members.map { Member(change($0.name), $0.value.mappingNames(change)) })
    }

    fileprivate var numbersAsTexts: JSON {
        switch self {
        case .number(let number): .string(number.text)
        case .object(let members): .object(members.map { Member($0.name, $0.value.numbersAsTexts) })
        default: self
        }
    }

    /// Texts that are not empty, by the names of their members.
    fileprivate func mappingTexts(_ texts: [String: String]) -> JSON {
        guard let members = self.members else { return self }
        return .object(
            members.map { member in
                if case .string(let text) = member.value, !text.isEmpty, let other = texts[member.name] {
                    return Member(member.name, .string(other))
                }
                return Member(member.name, member.value.mappingTexts(texts))
            })
    }

    fileprivate var withStrangers: JSON {
        guard let members = self.members else { return self }
        return .object(
            members.map { Member($0.name, $0.value.withStrangers) }
                + [Member("Zusatz", ["Stufe": 1]), Member("zusatz2", .null)])
    }

    fileprivate func replacing(_ name: String, with value: JSON) -> JSON {
        guard let members = self.members else { return self }
        return .object(
            members.map {
                $0.name == name ? Member(name, value) : Member($0.name, $0.value.replacing(name, with: value))
            })
    }
}

extension SimulatedReply {
    /// The answer that goes out, whole or in part; nil when none does.
    var response: HTTPExchangeResponse? {
        switch self {
        case .answer(let response), .late(let response, _), .cut(let response, _): response
        case .lost, .silence: nil
        }
    }
}
