/// What is on its way to a client, in the order in which it was sent: no piece overtakes an earlier one.
struct SimulatedStreamInbox: Sendable {
    private enum Part: Sendable { case bytes([UInt8]), end, reset }

    /// What a look into the inbox finds.
    enum Finding {
        case bytes([UInt8])
        /// The peer has closed; this stays so.
        case end
        /// The connection was torn down.
        case reset
        /// Something comes at this time.
        case later(Duration)
        case nothing
    }

    private var parts: [(due: Duration, part: Part)] = []
    /// The peer has decided to close after the last piece: it reads no further request.
    private(set) var isEnding = false

    /// - Parameter now: the monotonic time of the request.
    mutating func add(_ reply: SimulatedStreamReply, at now: Duration) {
        var due = max(now, self.parts.last?.due ?? now)
        for piece in reply.pieces {
            due += piece.delay
            if !piece.bytes.isEmpty { self.parts.append((due, .bytes(piece.bytes))) }
        }
        switch reply.ending {
        case .open: return
        case .closed: self.parts.append((due, .end))
        case .reset: self.parts.append((due, .reset))
        }
        self.isEnding = true
    }

    /// Whether the peer has closed by now, and the client's side knows.
    func hasEnded(at now: Duration) -> Bool {
        guard self.isEnding, let last = self.parts.last else { return false }
        return last.due <= now
    }

    mutating func take(at now: Duration) -> Finding {
        guard let (due, part) = self.parts.first else { return .nothing }
        guard due <= now else { return .later(due) }
        switch part {
        case .end: return .end
        case .reset: return .reset
        case .bytes(let bytes):
            self.parts.removeFirst()
            return .bytes(bytes)
        }
    }
}
