import FiscalCore
import FiscalSimulators
import HTTPTypes
import Testing

/// A request body written by hand: members are texts of JSON, nothing of the library's encoder is in it.
struct HandmadeFermaRequest {
    /// In the order of the document's sample.
    var members: [(name: String, value: String)] = [
        ("Requestid", #""545+64""#), ("Device", #""auto""#), ("DocumentType", "0"), ("Lines", ""),
        ("NonCash", "[78850,0,0]"), ("PhoneOrEmail", #""79878985623""#),
    ]
    /// The members of each line.
    var lines: [[(name: String, value: String)]] = [Self.line]

    static let line: [(name: String, value: String)] = [
        ("Qty", "1000"), ("Price", "78850"), ("PayAttribute", "4"), ("Taxid", "4"),
        ("Description", #""Услуги по перевозке пассажиров и багажа""#),
    ]

    init(_ edit: (inout Self) -> Void = { _ in }) {
        edit(&self)
    }

    /// The JSON text of a member; nil takes it away.
    subscript(name: String) -> String? {
        get { self.members.first { $0.name == name }?.value }
        set { Self.set(&self.members, name, newValue) }
    }

    /// The JSON text of a member of a line.
    subscript(line: Int, name: String) -> String? {
        get { self.lines[line].first { $0.name == name }?.value }
        set { Self.set(&self.lines[line], name, newValue) }
    }

    private static func set(_ members: inout [(name: String, value: String)], _ name: String, _ value: String?) {
        let place = members.firstIndex { $0.name == name }
        switch (place, value) {
        case (let place?, let value?): members[place].value = value
        case (let place?, nil): members.remove(at: place)
        case (nil, let value?): members.append((name, value))
        case (nil, nil): break
        }
    }

    var text: String {
        let lines = self.lines.map(Self.object).joined(separator: ",")
        return Self.object(self.members.map { $0.name == "Lines" && $0.value.isEmpty ? ($0.name, "[\(lines)]") : $0 })
    }

    private static func object(_ members: [(name: String, value: String)]) -> String {
        "{" + members.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ",") + "}"
    }
}

extension FermaAuthority {
    /// 2026-11-20T12:00:00Z.
    static let noon = FiscalInstant(secondsSinceEpoch: 1_795_176_000)

    /// Posts a body as a till does, and returns what came back.
    mutating func post(
        _ text: String, path: String = FermaAuthority.path, method: HTTPRequest.Method = .post,
        length: Int? = nil, at now: FiscalInstant = Self.noon
    ) -> SimulatedReply {
        self.receive(Self.request(text, path: path, method: method, length: length), at: now)
    }

    mutating func post(_ request: HandmadeFermaRequest, at now: FiscalInstant = Self.noon) -> SimulatedReply {
        self.post(request.text, at: now)
    }

    static func request(
        _ text: String, path: String = Self.path, method: HTTPRequest.Method = .post, length: Int? = nil
    ) -> HTTPExchangeRequest {
        var head = HTTPRequest(method: method, scheme: "https", authority: "ferma-c.ofd.ru", path: path)
        head.headerFields[.contentType] = "application/json; charset=utf-8"
        if let length { head.headerFields[.contentLength] = String(length) }
        return HTTPExchangeRequest(head: head, body: Array(text.utf8))
    }

    /// The document that a good request becomes.
    mutating func form(_ edit: (inout HandmadeFermaRequest) -> Void = { _ in }) throws -> FermaDocument {
        let count = self.documents.count
        let reply = self.post(HandmadeFermaRequest(edit))
        #expect(try reply.device() == 0)
        #expect(self.documents.count == count + 1)
        return try #require(self.documents.last)
    }
}

extension SimulatedReply {
    /// The whole answer, when there is one at once.
    var response: HTTPExchangeResponse? {
        if case .answer(let response) = self { response } else { nil }
    }

    var status: Int? { self.response?.head.status.code }

    /// The body as JSON.
    func json() throws -> JSON {
        try JSON(parsing: try #require(self.response).body)
    }

    /// The code of the service, said in three places and with HTTP 500.
    func service() throws -> Int64? {
        let (json, head) = (try self.json(), try #require(self.response).head)
        guard head.status.code == 500 else { return nil }
        #expect(json["fceerror"] == json["FCEError"])
        #expect(
            head.headerFields[try #require(HTTPField.Name("X-Fce-Error"))] == json["FCEError"]?.integer.map(String.init)
        )
        #expect(json["Response"] == nil)
        return json["FCEError"]?.integer
    }

    /// The code of the register, said with HTTP 200 and no error of the service.
    func device() throws -> Int64? {
        guard self.status == 200 else { return nil }
        let json = try self.json()
        #expect(json["fceerror"]?.integer == 0 && json["FCEError"]?.integer == 0)
        return json["Response"]?["Error"]?.integer
    }
}
