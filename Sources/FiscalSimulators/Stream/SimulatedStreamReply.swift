/// What an authority does after one request: which bytes it sends, when, and how it leaves the connection.
public struct SimulatedStreamReply: Sendable, Hashable {
    /// Bytes that arrive together.
    public struct Piece: Sendable, Hashable {
        public var bytes: [UInt8]
        /// The time since the piece before it, or since the request.
        public var delay: Duration

        public init(_ bytes: [UInt8], after delay: Duration = .zero) {
            self.bytes = bytes
            self.delay = delay
        }
    }

    /// How the connection is left after the last piece.
    public enum Ending: Sendable, Hashable {
        /// Open for the next request.
        case open
        /// Closed in good order: the client reads to the end.
        case closed
        /// Torn down (TCP reset).
        case reset
    }

    /// What is sent, in this order. An empty piece is not sent; its delay counts.
    public var pieces: [Piece]
    public var ending: Ending

    public init(_ pieces: [Piece] = [], ending: Ending = .open) {
        self.pieces = pieces
        self.ending = ending
    }

    /// A whole answer at once. Several frames in one go are glued by joining their bytes.
    public static func answer(_ bytes: [UInt8]) -> Self { Self([Piece(bytes)]) }

    /// An answer that arrives in these pieces, one after the other.
    public static func pieces(_ pieces: [[UInt8]]) -> Self { Self(pieces.map { Piece($0) }) }

    /// A whole answer, but only after this time.
    public static func late(_ bytes: [UInt8], after delay: Duration) -> Self { Self([Piece(bytes, after: delay)]) }

    /// No answer ever; the connection stays open until the client goes.
    public static var silence: Self { Self() }

    /// The connection is closed without a byte of an answer.
    public static var lost: Self { Self(ending: .closed) }

    /// The first bytes of the answer, then the connection is closed.
    public static func cut(_ bytes: [UInt8], after count: Int) -> Self {
        Self([Piece(Array(bytes.prefix(max(0, count))))], ending: .closed)
    }

    /// The connection is torn down without a byte of an answer.
    public static var reset: Self { Self(ending: .reset) }
}
