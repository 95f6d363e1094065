public import FiscalCore

/// What a TSE answers to the start of a transaction.
public struct StartedTransaction: Sendable, Hashable, Codable {
    /// The TSE's own number, from 1.
    public var number: UInt64
    /// The TSE's time at the start.
    public var logTime: FiscalInstant
    /// The TSE's signature counter for the start; starts are signed too.
    public var signatureCounter: UInt64

    public init(number: UInt64, logTime: FiscalInstant, signatureCounter: UInt64) {
        self.number = number
        self.logTime = logTime
        self.signatureCounter = signatureCounter
    }
}

/// A transaction that was started and not finished.
public struct OpenTransaction: Sendable, Hashable {
    public var number: UInt64
    public var client: String
    /// When it was started by the TSE's clock; nil when the TSE does not say.
    public var startTime: FiscalInstant?

    public init(number: UInt64, client: String, startTime: FiscalInstant? = nil) {
        self.number = number
        self.client = client
        self.startTime = startTime
    }
}

/// What became of a transaction, in the TSE's own memory (decision T10).
public enum TransactionRecord: Sendable, Hashable {
    /// It was started and not finished.
    case open
    /// It was finished; the signature as it was made then.
    case finished(TSESignature)
    /// It was finished, and the TSE cannot give the signature back.
    case finishedUnreadable
    /// This TSE never gave the number out to this client. A transaction whose record was exported and deleted is
    /// `finishedUnreadable`, never this.
    case unknown
}
