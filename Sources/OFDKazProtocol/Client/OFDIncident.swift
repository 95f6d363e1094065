public import FiscalCore

/// Something that a person has to look into (section 5.2 and decisions K26, K27, K33); kept in the store.
public struct OFDIncident: Sendable, Hashable, Codable {
    /// What kind of incident. Open: later versions may add kinds.
    public struct Kind: RawRepresentable, Sendable, Hashable, Codable {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        /// The link is gone.
        public static let offline = Self(rawValue: "offline")
        /// No work until a person acts.
        public static let blocked = Self(rawValue: "blocked")
        /// The server blocks the register.
        public static let serverBlocked = Self(rawValue: "serverBlocked")
        /// A refused message may have been accepted before.
        public static let outcomeUnknown = Self(rawValue: "outcomeUnknown")
        /// A document would have been older than its predecessor and got its time.
        public static let clockWentBack = Self(rawValue: "clockWentBack")
        /// The server's counters are other than ours.
        public static let countersDiffer = Self(rawValue: "countersDiffer")
        /// A sum that may only grow fell.
        public static let sumFell = Self(rawValue: "sumFell")
        /// Our own counters could not take a document.
        public static let countersFailed = Self(rawValue: "countersFailed")
        /// A person ended a block, with or without a message.
        public static let unblocked = Self(rawValue: "unblocked")
        /// A person typed in a token.
        public static let tokenEntered = Self(rawValue: "tokenEntered")
    }

    /// Ascending, from 1.
    public var number: Int64
    public var kind: Kind
    public var at: FiscalInstant
    /// What happened, for the operator; never a secret.
    public var detail: String
    /// The document that it is about.
    public var document: Int64?
    /// Who acted, and why.
    public var decision: OFDDecision?
}
