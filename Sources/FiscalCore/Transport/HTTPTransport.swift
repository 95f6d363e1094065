public import HTTPTypes

/// Carries one HTTP request to the authority and its answer back. The host supplies it; `FiscalTransport` has a
/// ready-made one.
///
/// The contract: whole messages in and out, no retry, no redirect followed, no cookie kept. `timeout` is one budget
/// for name resolution, connecting, TLS and the whole exchange. A cancelled task ends the exchange with
/// ``TransportError`` (reason `cancelled`).
public protocol HTTPTransport: Sendable {
    /// - Throws: ``TransportError``, whose code says whether the authority may have received the request.
    func exchange(_ request: HTTPExchangeRequest, timeout: Duration) async throws(TransportError)
        -> HTTPExchangeResponse
}

/// A whole request: head and body.
public struct HTTPExchangeRequest: Sendable, Hashable {
    /// Method, URL parts and fields. `Content-Length` is the transport's.
    public var head: HTTPRequest
    public var body: [UInt8]
    /// A longer answer is not read to its end: the exchange fails with reason `answerTooLarge`.
    public var maximumAnswerBytes: Int

    public init(head: HTTPRequest, body: [UInt8], maximumAnswerBytes: Int = 1 << 20) {
        self.head = head
        self.body = body
        self.maximumAnswerBytes = maximumAnswerBytes
    }
}

/// A whole answer, of any status.
public struct HTTPExchangeResponse: Sendable, Hashable {
    public var head: HTTPResponse
    public var body: [UInt8]

    public init(head: HTTPResponse, body: [UInt8]) {
        self.head = head
        self.body = body
    }
}

/// Why no answer came back, and what a fiscal caller must decide on: could the peer have accepted the request?
public struct TransportError: Error, Sendable {
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Base: Sendable { case notDelivered, outcomeUnknown }
        private let base: Base
        /// No byte of the request reached the peer.
        public static let notDelivered = Self(base: .notDelivered)
        /// The peer may have received and accepted the request.
        public static let outcomeUnknown = Self(base: .outcomeUnknown)
        public var description: String { "\(self.base)" }
    }

    /// What went wrong, for the operator's hint and the authority's own codes.
    public struct Reason: Sendable, Hashable, CustomStringConvertible {
        private enum Base: Sendable { case deadline, unreachable, tls, closed, answerTooLarge, cancelled, other }
        private let base: Base
        /// The time limit ran out, in whatever phase.
        public static let deadline = Self(base: .deadline)
        /// No connection: name not found, refused, no route.
        public static let unreachable = Self(base: .unreachable)
        /// TLS was not established: certificate, name or protocol version.
        public static let tls = Self(base: .tls)
        /// The connection ended before a whole answer was there.
        public static let closed = Self(base: .closed)
        /// The answer was longer than the request allowed.
        public static let answerTooLarge = Self(base: .answerTooLarge)
        /// The calling task was cancelled.
        public static let cancelled = Self(base: .cancelled)
        /// Anything else.
        public static let other = Self(base: .other)
        public var description: String { "\(self.base)" }
    }

    public var code: Code
    public var reason: Reason
    /// For the operator; never a body, never a secret.
    public var detail: String
    public var underlying: (any Error)?

    public init(_ code: Code, reason: Reason, detail: String, underlying: (any Error)? = nil) {
        self.code = code
        self.reason = reason
        self.detail = detail
        self.underlying = underlying
    }
}

extension TransportError: CustomStringConvertible {
    public var description: String { "\(self.code) (\(self.reason)): \(self.detail)" }
}
