import FiscalCore
import FiscalTransport
import HTTPTypes
import Testing

/// A `POST` with a small body to a server of the tests.
func post(
    _ server: LoopbackServer, scheme: String = "http", host: String = "127.0.0.1", path: String = "/",
    body: String = "sale", maximumAnswerBytes: Int = 1 << 20
) -> HTTPExchangeRequest {
    post(scheme: scheme, authority: "\(host):\(server.port)", path: path, body: body, maximumAnswerBytes)
}

func post(
    scheme: String = "http", authority: String, path: String = "/", body: String = "sale",
    _ maximumAnswerBytes: Int = 1 << 20
) -> HTTPExchangeRequest {
    HTTPExchangeRequest(
        head: HTTPRequest(method: .post, scheme: scheme, authority: authority, path: path), body: Array(body.utf8),
        maximumAnswerBytes: maximumAnswerBytes)
}

/// The bytes of an answer with a body of known length.
func response(_ status: String = "200 OK", fields: [String] = [], body: String = "fine") -> [UInt8] {
    Array(
        (["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + fields + ["", body]).joined(separator: "\r\n")
            .utf8)
}

extension AsyncHTTPTransport {
    /// Long enough for a loaded machine; the tests of the limit itself use ``short``.
    static let ample = Duration.seconds(60)
    static let short = Duration.milliseconds(200)

    /// The exchange must fail; the error.
    func failure(
        _ request: HTTPExchangeRequest, timeout: Duration = AsyncHTTPTransport.ample,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> TransportError {
        try #require(
            await #expect(throws: TransportError.self, sourceLocation: sourceLocation) {
                try await self.exchange(request, timeout: timeout)
            }, sourceLocation: sourceLocation)
    }
}

/// What a caller decides on, in one comparable value.
struct Verdict: Equatable, CustomStringConvertible {
    var code: TransportError.Code
    var reason: TransportError.Reason

    init(_ code: TransportError.Code, _ reason: TransportError.Reason) {
        self.code = code
        self.reason = reason
    }

    init(_ error: TransportError) {
        self.init(error.code, error.reason)
    }

    var description: String { "\(self.code) (\(self.reason))" }
}
