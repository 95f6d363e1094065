/// What one sending of a request brought.
public enum AttemptEnding: Sendable, Hashable {
    /// The document exists; the answer has its data.
    case fiscalised
    /// An answer with a code.
    /// - Parameters:
    ///   - word: what the code means for the request (decision F3).
    ///   - repeatsByItself: whether decision F4 lets the client repeat without a person.
    ///   - isFatal: `Fatal` of the answer was true.
    case answered(RetryWord, repeatsByItself: Bool, isFatal: Bool)
    /// The request may have arrived, and nothing came that could be read as the answer to it.
    case unreadable
    /// No byte of the request has left.
    case notDelivered
}
