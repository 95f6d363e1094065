import CRKProtocol
import FiscalCore
import HTTPTypes
import Testing

@Suite("The WebApi: ping, orders, confirmations, token")
struct WebApiTests {
    private let base = CRKEnvironment.test.webApi

    private func reply<Call: WebApiCall>(
        _ call: Call, _ status: Int, _ body: String = "", _ mode: ReadingMode = .lenient
    ) -> WebApiReply<Call.Answer> {
        call.reply(
            HTTPExchangeResponse(head: HTTPResponse(status: .init(code: status)), body: Array(body.utf8)), mode)
    }

    private func isUnreadable<Answer>(_ reply: WebApiReply<Answer>) -> Bool {
        if case .unreadable = reply { true } else { false }
    }

    private func failure<Answer>(_ reply: WebApiReply<Answer>) -> WebApiFailure? {
        if case .failed(let failure) = reply { failure } else { nil }
    }

    @Test("Methods, paths and headers of the document; no query anywhere")
    func requests() throws {
        let time = try #require(FiscalInstant(utcMilliseconds: "2017-08-14T16:55:01.362Z"))
        let confirmation = ConfirmOrder(
            .init(commandID: "CCS.ZTE1701000901.2017-08-14T16:50:03.342Z", executedAt: time))
        let requests = try [
            Ping().request(to: self.base), FetchOrders().request(to: self.base),
            FetchEventHubToken().request(to: self.base), confirmation.request(to: self.base),
        ]
        #expect(
            requests.map { "\($0.head.method) \($0.head.path ?? "")" } == [
                "GET /api/Repository/Ping", "GET /api/Repository/Command", "GET /api/Repository/EventHubSasToken",
                "POST /api/Repository/Command",
            ])
        #expect(requests.allSatisfy { $0.head.authority == "test-e-kasy.mf.gov.pl:443" && $0.head.scheme == "https" })
        #expect(requests.allSatisfy { $0.head.headerFields[.accept] == "application/json" })
        #expect(requests.allSatisfy { $0.head.headerFields[.authorization] == nil })
        #expect(requests.map { $0.head.headerFields[.contentType] } == [nil, nil, nil, "application/json"])
        #expect(
            try JSON(parsing: requests[3].body)
                == JSON(
                    parsing: """
                        {"commandId":"CCS.ZTE1701000901.2017-08-14T16:50:03.342Z",
                        "ExecTime":"2017-08-14T16:55:01.362Z","Code":"0"}
                        """))
    }

    @Test("A confirmation of a fault has a text of 1 to 200 characters")
    func faults() throws {
        let time = FiscalInstant(secondsSinceEpoch: 0)
        for (fault, count) in [("", 5), ("x", 1), (String(repeating: "ż", count: 500), 200)] {
            let body = try #require(ConfirmOrder(.init(commandID: "A", executedAt: time, fault: fault)).body)
            #expect(body["Code"]?.string == "1")
            #expect(body["Message"]?.string?.count == count)
        }
    }

    @Test("What is larger than the server takes is not sent")
    func tooLarge() throws {
        let id = String(repeating: "A", count: 100_000)
        #expect(throws: InvalidField.self) {
            try ConfirmOrder(.init(commandID: id, executedAt: FiscalInstant(secondsSinceEpoch: 0)))
                .request(to: self.base)
        }
        #expect(throws: InvalidField.self) { try Ping().request(to: "http://test-e-kasy.mf.gov.pl") }
    }

    @Test("204 is a pong and a confirmation; no orders; nothing that a token is")
    func noContent() {
        #expect(self.reply(Ping(), 204) == .answered(.init(), []))
        #expect(self.reply(FetchOrders(), 204) == .answered([], []))
        let confirm = ConfirmOrder(.init(commandID: "A", executedAt: FiscalInstant(secondsSinceEpoch: 0)))
        #expect(self.reply(confirm, 204) == .answered(.init(), []))
        #expect(self.isUnreadable(self.reply(FetchEventHubToken(), 204)))
        #expect(self.isUnreadable(self.reply(Ping(), 200)))
        #expect(self.isUnreadable(self.reply(confirm, 200)))
    }

    @Test("Every failure by its status, with the server's details when it gives any, in any letter case")
    func failures() throws {
        let details = #"{"Message":"Błąd","Code":"100","requestId":"abc-1"}"#
        for (status, kind) in [
            (400, WebApiFailure.Kind.badRequest), (403, .forbidden), (404, .notFoundOrTooLarge), (500, .serverError),
            (503, .serverError), (429, .other),
        ] {
            let failure = try #require(self.failure(self.reply(FetchOrders(), status, details)))
            #expect(failure.kind == kind)
            #expect(failure.message == "Błąd" && failure.code == "100" && failure.requestID == "abc-1")
            #expect(self.failure(self.reply(Ping(), status, "<html>"))?.kind == kind)
        }
        let lower = try #require(self.failure(self.reply(Ping(), 400, #"{"message":"x","code":110,"RequestID":5}"#)))
        #expect(lower.isUnknownCommand && !lower.isBadCommandID && lower.requestID == "5")
    }

    @Test("One order, several orders, an order in plain, and what is no order")
    func orders() throws {
        let one = #"{"commandId":"CQC.ZTE1701000901.2017-08-14T16:50:03.342Z","encryptedCommand":"abc"}"#
        guard case .answered(let orders, let none) = self.reply(FetchOrders(), 200, one, .strict) else {
            Issue.record("no order")
            return
        }
        #expect(orders.map(\.encryptedCommand) == ["abc"] && none.isEmpty)
        guard case .answered(let several, let leniencies) = self.reply(FetchOrders(), 200, "[\(one),\(one)]") else {
            Issue.record("no orders")
            return
        }
        #expect(several.count == 2 && leniencies.count == 1)
        let plain = #"{"commandId":"A","command":{"attributes":{"qrCode":1}}}"#
        guard case .answered(let unsealed, _) = self.reply(FetchOrders(), 200, plain) else {
            Issue.record("no order")
            return
        }
        #expect(unsealed.map(\.encryptedCommand) == [nil])
        for body in [
            "", "{}", "5", "[5]", #"{"commandId":"A"}"#, #"{"encryptedCommand":"A"}"#,
            #"{"commandId":5,"encryptedCommand":"A"}"#,
        ] {
            #expect(self.isUnreadable(self.reply(FetchOrders(), 200, body)), "\(body)")
        }
    }

    private func token(_ url: Int = 200, _ value: Int = 750, _ seconds: String = "600") -> String {
        let url = "https://" + String(repeating: "a", count: url - 8)
        return
            #"{"urlToSend":"\#(url)","sasValue":"\#(String(repeating: "s", count: value))","timeoutInSec":\#(seconds)}"#
    }

    @Test("A token at its limits; beyond them strict reading refuses and lenient reading reports")
    func tokens() throws {
        guard case .answered(let token, let none) = self.reply(FetchEventHubToken(), 200, self.token(), .strict) else {
            Issue.record("no token")
            return
        }
        #expect(token.timeoutInSec == 600 && token.value.count == 750 && none.isEmpty)
        #expect(!"\(token)".contains("sss"))
        for body in [self.token(201), self.token(200, 751), self.token(200, 750, #""600""#)] {
            #expect(self.isUnreadable(self.reply(FetchEventHubToken(), 200, body, .strict)))
            guard case .answered(_, let leniencies) = self.reply(FetchEventHubToken(), 200, body) else {
                Issue.record("not read")
                continue
            }
            #expect(leniencies.count == 1)
        }
        for body in [
            "", "{}", self.token(200, 0), self.token(200, 750, "-1"), self.token(200, 750, "2147483648"),
            #"{"urlToSend":"http://a","sasValue":"s","timeoutInSec":1}"#,
            #"{"urlToSend":"https://a","sasValue":"s\r\nX: y","timeoutInSec":1}"#,
        ] {
            #expect(self.isUnreadable(self.reply(FetchEventHubToken(), 200, body)), "\(body)")
        }
    }

    @Test("A token lives from the start of its GET, or to the end that is signed into it, less the margin")
    func expiry() {
        let start = FiscalInstant(secondsSinceEpoch: 1_000_000)
        var token = EventHubToken(url: "https://a", value: "SharedAccessSignature sr=a&sig=b", timeoutInSec: 600)
        #expect(token.expiry(requestedAt: start) == start + .seconds(600))
        #expect(token.expiry(requestedAt: start, margin: .seconds(60)) == start + .seconds(540))
        token.value = "SharedAccessSignature sr=a&sig=b&se=1000300&skn=c"
        #expect(token.expiry(requestedAt: start) == start + .seconds(300))
        for end in ["1000900", "x", "-5", "99999999999999999999"] {
            token.value = "SharedAccessSignature sr=a&sig=b&se=\(end)&skn=c"
            #expect(token.expiry(requestedAt: start) == start + .seconds(600))
        }
    }
}
