public import FiscalCore

/// What the machine remembers besides its queue. Stored with every commit; a register opened again continues from it.
public struct RegisterState: Sendable, Hashable, Codable {
    public internal(set) var mode = RegisterMode.online
    /// The key that the server issued last.
    public internal(set) var token: UInt32
    /// The number of the last request; the next one carries the following.
    public internal(set) var reqnum: UInt16 = 0
    /// REQNUM of the last document that the server accepted.
    public internal(set) var lastAccepted: UInt16?
    /// The number of the last message that was ever issued.
    public internal(set) var lastNumber: Int64 = 0
    /// Begin of the offline period: the first failed attempt. Nil while work is online (decision K24).
    public internal(set) var offlineSince: FiscalInstant?
    /// No attempt before this instant; while ONLINE no INFO, after one was refused.
    public internal(set) var nextAttempt: FiscalInstant?
    /// When the attempt that is under way started.
    public internal(set) var attemptStarted: FiscalInstant?
    /// An INFO is owed: at start, and after the queue was sent.
    public internal(set) var infoIsDue = true
    /// A SYSTEM comes before the queue: after a break while idle, or after a server block.
    public internal(set) var greeting: Greeting?
    /// An INFO is owed for a person who must decide about the head of the queue (decision K5).
    public internal(set) var comparisonIsDue = false
    /// The server answered 11: only the close of the shift may be issued.
    public internal(set) var shiftMustClose = false
    /// The service request that is not answered yet.
    public internal(set) var openService: OpenService?

    public enum Greeting: Sendable, Hashable, Codable { case restoring, announcing }

    public struct OpenService: Sendable, Hashable, Codable {
        public var kind: ServiceKind
        /// Given when the first attempt starts, and repeated within the transaction time; nil before.
        public var pair: RequestPair?
    }

    /// A register that has never sent anything.
    public init(token: UInt32) { self.token = token }
}

// The token shows in no description, and in no dump of a value that holds it.
extension RegisterState: CustomStringConvertible, CustomReflectable {
    public var description: String { "RegisterState(\(self.mode), token redacted, reqnum: \(self.reqnum))" }
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "mode": self.mode, "reqnum": self.reqnum, "lastAccepted": self.lastAccepted as Any,
                "lastNumber": self.lastNumber, "offlineSince": self.offlineSince as Any,
                "nextAttempt": self.nextAttempt as Any, "attemptStarted": self.attemptStarted as Any,
                "infoIsDue": self.infoIsDue, "greeting": self.greeting as Any,
                "comparisonIsDue": self.comparisonIsDue, "shiftMustClose": self.shiftMustClose,
                "openService": self.openService as Any,
            ])
    }
}
