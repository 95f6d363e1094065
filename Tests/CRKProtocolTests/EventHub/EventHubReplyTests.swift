import CRKProtocol
import FiscalCore
import HTTPTypes
import Testing

@Suite("An answer of the Event Hub")
struct EventHubReplyTests {
    private func reply(_ status: Int, retryAfter: String? = nil, body: String = "") -> EventHubReply {
        var head = HTTPResponse(status: .init(code: status))
        if let retryAfter { head.headerFields[.retryAfter] = retryAfter }
        return EventHubReply(HTTPExchangeResponse(head: head, body: Array(body.utf8)))
    }

    @Test("is told by its status alone, every one from 100 to 599")
    func statuses() {
        for status in 100...599 {
            let expected: EventHubReply =
                switch status {
                case 201: .accepted
                case 401: .unauthorised
                case 413: .tooLarge
                case 500: .serverError(retryAfter: nil)
                case 408, 429: .busy(retryAfter: nil)
                default: status > 500 ? .busy(retryAfter: nil) : .refused(httpStatus: status)
                }
            #expect(self.reply(status) == expected, "\(status)")
        }
    }

    @Test(
        "may have any body or none",
        arguments: [
            "", "<Error><Code>413</Code><Detail>TrackingId:1</Detail></Error>", #"{"Code":"201","Message":"Created"}"#,
            #"<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"/>"#, "\u{0}", "{",
        ])
    func bodies(_ body: String) {
        #expect(self.reply(500, body: body) == .serverError(retryAfter: nil))
        #expect(self.reply(201, body: body) == .accepted)
        #expect(self.reply(401, body: body) == .unauthorised)
    }

    @Test("may name a pause in seconds, which is a day at the most")
    func pauses() {
        for status in [408, 429, 503] {
            #expect(self.reply(status, retryAfter: "30") == .busy(retryAfter: .seconds(30)))
        }
        #expect(self.reply(500, retryAfter: "0") == .serverError(retryAfter: .seconds(0)))
        #expect(self.reply(503, retryAfter: "9223372036854775807") == .busy(retryAfter: .seconds(86_400)))
        for text in ["-1", "9223372036854775808", "4.5", "soon", "Wed, 21 Oct 2026 07:28:00 GMT"] {
            #expect(self.reply(503, retryAfter: text) == .busy(retryAfter: nil), "\(text)")
        }
    }
}
