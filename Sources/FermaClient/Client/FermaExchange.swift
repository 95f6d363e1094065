import FiscalCore
import HTTPTypes

/// One body out, one reply in.
struct FermaExchange: Sendable {
    var transport: any HTTPTransport
    var endpoint: FermaEndpoint
    var timeout: Duration

    enum Reply: Sendable, Hashable {
        /// Something came back, of whatever status and content.
        case answer(StoredAnswer)
        /// The request may have arrived.
        case noAnswer(String)
        /// No byte of it has left.
        case notDelivered(String)
    }

    func send(_ body: [UInt8]) async -> Reply {
        do {
            let response = try await self.transport.exchange(self.request(body), timeout: self.timeout)
            return .answer(StoredAnswer(status: response.head.status.code, body: response.body))
        } catch {
            return error.code == .notDelivered ? .notDelivered("\(error.reason)") : .noAnswer("\(error.reason)")
        }
    }

    private func request(_ body: [UInt8]) -> HTTPExchangeRequest {
        var head = HTTPRequest(
            method: .post, scheme: "https", authority: self.endpoint.authority, path: self.endpoint.path)
        head.headerFields[.contentType] = "application/json; charset=utf-8"
        head.headerFields[.accept] = "application/json"
        return HTTPExchangeRequest(head: head, body: body)
    }
}
