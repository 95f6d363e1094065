public import FiscalCore

/// An authority that speaks frames over a byte stream, as a value: request and time in, reply out, and everything it
/// saw kept in it.
///
/// It knows no connection: what is asked over several is asked of the one value, in the order of arrival.
public protocol SimulatedStreamAuthority: Sendable {
    /// How many of these bytes make the first whole request; nil when more are needed.
    ///
    /// `bytes` is never empty and begins where a request begins. Bytes that cannot be a request are the authority's
    /// matter too: it says how many of them it takes, and judges them in ``receive(_:at:)``.
    static func requestLength(in bytes: [UInt8]) -> Int?

    /// Somebody wants to connect at `now`. By default everybody may, and hears nothing unasked.
    mutating func accept(at now: FiscalInstant) -> SimulatedStreamGreeting

    /// Handles one whole request that arrived at `now`.
    mutating func receive(_ request: [UInt8], at now: FiscalInstant) -> SimulatedStreamReply
}

extension SimulatedStreamAuthority {
    public mutating func accept(at now: FiscalInstant) -> SimulatedStreamGreeting { .accepted }
}

/// How an authority meets somebody who connects.
public enum SimulatedStreamGreeting: Sendable, Hashable {
    /// The connection is open, and the authority waits for a request.
    case accepted
    /// The connection is open, and these bytes come although nobody asked.
    case unasked([UInt8])
    /// The connection is refused.
    case refused
    /// Nothing listens to the attempt: it ends when the caller's time is over.
    case ignored
}
