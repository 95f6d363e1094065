public import FiscalCore

/// What an authority does with one HTTP request: how it answers, or how it fails to.
public enum SimulatedReply: Sendable, Hashable {
    /// A whole answer at once.
    case answer(HTTPExchangeResponse)
    /// A whole answer, but only after this time.
    case late(HTTPExchangeResponse, after: Duration)
    /// The connection is closed without a byte of an answer.
    case lost
    /// No answer ever; the connection stays open until the client goes.
    case silence
    /// The head and so many bytes of the body, then the connection is closed.
    case cut(HTTPExchangeResponse, bodyBytes: Int)
}

extension SimulatedReply {
    /// What a transport makes of it that reads so many bytes and waits so long.
    func result(limit: Int, timeout: Duration) -> Result<HTTPExchangeResponse, TransportError> {
        switch self {
        case .answer(let response):
            guard response.body.count <= limit else {
                return .failure(
                    TransportError(.outcomeUnknown, reason: .answerTooLarge, detail: "more than \(limit) bytes"))
            }
            return .success(response)
        case .late(let response, let delay):
            guard delay < timeout else {
                return .failure(TransportError(.outcomeUnknown, reason: .deadline, detail: "the answer came too late"))
            }
            return Self.answer(response).result(limit: limit, timeout: timeout)
        case .silence:
            return .failure(TransportError(.outcomeUnknown, reason: .deadline, detail: "no answer came"))
        case .lost:
            return .failure(TransportError(.outcomeUnknown, reason: .closed, detail: "closed without an answer"))
        case .cut:
            return .failure(TransportError(.outcomeUnknown, reason: .closed, detail: "closed within the answer"))
        }
    }
}

/// An authority that speaks HTTP, as a value: request and time in, reply out, and everything it saw kept in it.
public protocol SimulatedHTTPAuthority: Sendable {
    /// Handles one request that arrived at `now`.
    mutating func receive(_ request: HTTPExchangeRequest, at now: FiscalInstant) -> SimulatedReply
}
