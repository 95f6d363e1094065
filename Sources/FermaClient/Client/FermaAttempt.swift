public import FiscalCore

/// What came of a request that was sent: one record, also for several in a row that ended alike.
public struct FermaAttempt: Sendable, Hashable, Codable {
    public enum Ending: Sendable, Hashable, Codable {
        case answer(StoredAnswer)
        /// The request may have arrived; the reason is the transport's word.
        case noAnswer(String)
        /// No byte of it has left; the reason is the transport's word.
        case notDelivered(String)
        /// The process ended while the request was under way.
        case interrupted
    }

    /// The number of the first and of the last attempt that ended so; the first of all is 1.
    public var first: Int
    public var last: Int
    /// When the first and the last of them ended.
    public var firstEndedAt: FiscalInstant
    public var lastEndedAt: FiscalInstant
    public var ending: Ending

    init(_ number: Int, _ ending: Ending, at now: FiscalInstant) {
        self.first = number
        self.last = number
        self.firstEndedAt = now
        self.lastEndedAt = now
        self.ending = ending
    }
}
