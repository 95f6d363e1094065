public import FiscalCore

/// What the machine remembers besides its queue. Stored with every commit; a register opened again continues from it.
public struct RegisterState: Sendable, Hashable, Codable {
    public internal(set) var mode = RegisterMode.online
    /// The key that the server issued last.
    public internal(set) var token: UInt32
    /// The number of the last request; the next one carries the following.
    public internal(set) var reqnum: UInt16 = 0
    /// The number of the last message that was ever issued.
    public internal(set) var lastNumber: Int64 = 0
    /// Begin of the offline period: the first failed attempt. Nil while work is online (decision K24).
    public internal(set) var offlineSince: FiscalInstant?
    /// No attempt before this instant.
    public internal(set) var nextAttempt: FiscalInstant?
    /// When the attempt that is under way started.
    public internal(set) var attemptStarted: FiscalInstant?
    /// An INFO is owed: at start, and after the queue was sent.
    public internal(set) var infoIsDue = true
    /// A SYSTEM comes before the queue: after a break while idle, or after a server block.
    public internal(set) var greeting: Greeting?
    /// An INFO is owed for a person who must decide about the head of the queue (decision K5).
    public internal(set) var comparisonIsDue = false
    /// A token was typed in since the head of the queue was last refused (decision K5).
    public internal(set) var tokenWasTyped = false
    /// The server answered 11: only the close of the shift may be issued.
    public internal(set) var shiftMustClose = false
    /// The service request whose pair is repeated within the transaction time.
    public internal(set) var openService: OpenService?

    public enum Greeting: Sendable, Hashable, Codable { case restoring, announcing }

    public struct OpenService: Sendable, Hashable, Codable {
        public var kind: ServiceKind
        public var pair: RequestPair
    }

    /// A register that has never sent anything.
    public init(token: UInt32) { self.token = token }
}
