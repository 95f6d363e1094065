/// The four modes of chapter 5.
public enum RegisterMode: Sendable, Hashable, Codable {
    /// ONLINE: messages go to the server at once.
    case online
    /// OFFLINE (5.2): documents are issued with a number of our own and wait in the queue.
    /// - awaitingTransport: after code 7 nothing is tried until the transport setting changes.
    case offline(awaitingTransport: Bool)
    /// BLOCKED (5.3): no work until a person has acted.
    case blocked(BlockCause)
    /// SERVER-BLOCKED (5.4): no work until the server answers a SYSTEM with OK.
    /// - awaitingToken: a SYSTEM was answered with code 2; nothing is tried until a token is typed in.
    case serverBlocked(awaitingToken: Bool)
}

/// Why the register is BLOCKED, and so what a person must do.
public enum BlockCause: Sendable, Hashable, Codable {
    /// Code 2: a correct token must be typed in.
    case token
    /// The message at the head of the queue was refused: it must be archived or sent again.
    case message(ResultCode)
    /// Codes 1, 3, 4, 5, 8, 9, with nothing left in the queue to blame: service must unlock the register.
    case service(ResultCode)
}
