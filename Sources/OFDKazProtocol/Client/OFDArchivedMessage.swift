public import FiscalCore

/// A message that a person took out of the queue (section 5.3; decision K27). The server does not get it from us.
public struct OFDArchivedMessage: Sendable, Hashable, Codable {
    /// The number of the document.
    public var number: Int64
    public var kind: MessageKind
    /// The host's own name for the document, when it gave one.
    public var reference: String?
    public var issuedAt: FiscalInstant
    /// The code that stopped it.
    public var code: ResultCode?
    /// The server may have accepted it all the same (decision K4).
    public var mayHaveArrived: Bool
    public var decision: OFDDecision
    /// The request, without the offline period.
    package var body: [UInt8]
}
