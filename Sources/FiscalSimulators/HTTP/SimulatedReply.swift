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

/// An authority that speaks HTTP, as a value: request and time in, reply out, and everything it saw kept in it.
public protocol SimulatedHTTPAuthority: Sendable {
    /// Handles one request that arrived at `now`.
    mutating func receive(_ request: HTTPExchangeRequest, at now: FiscalInstant) -> SimulatedReply
}
