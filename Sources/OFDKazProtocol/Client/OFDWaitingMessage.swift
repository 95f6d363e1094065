public import FiscalCore

/// A message that waits in the queue, for a person who has to look into it (section 5.3).
public struct OFDWaitingMessage: Sendable, Hashable {
    /// The number of the document.
    public var number: Int64
    public var kind: MessageKind
    /// The host's own name for the document, when it gave one.
    public var reference: String?
    public var issuedAt: FiscalInstant
    /// The code that stopped it; nil when it waits for its turn.
    public var code: ResultCode?
    /// It was sent and not answered: the server may have it.
    public var mayHaveArrived: Bool
    /// The request as JSON in the document's names, without the offline period.
    public var request: String
}
