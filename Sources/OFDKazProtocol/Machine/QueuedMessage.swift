public import FiscalCore

/// The kinds of message that are kept until the server has them (section 5.2); all others are forgotten.
public enum MessageKind: String, Sendable, Hashable, Codable, CaseIterable {
    case ticket, closeShift, report, moneyPlacement

    public var command: CommandType {
        switch self {
        case .ticket: .ticket
        case .closeShift: .closeShift
        case .report: .report
        case .moneyPlacement: .moneyPlacement
        }
    }

    /// Whether the server keeps it as a document (decision K6). A report is none: it brings no new token and starts no
    /// limit.
    public var isDocument: Bool { self != .report }
}

/// A message on its way to the server, as the machine sees it: everything but its body.
public struct QueuedMessage: Sendable, Hashable, Codable {
    /// Ascending in the order of issue, never used twice.
    public let number: Int64
    public let kind: MessageKind
    /// When the document was issued; the limit of 72 hours counts from the oldest.
    public let issuedAt: FiscalInstant
    /// Given when the first attempt starts and kept from then on (decision K2); nil before.
    public internal(set) var pair: RequestPair?
    /// An attempt under this pair has started and its end is not recorded.
    public internal(set) var attemptIsOpen = false
    /// An earlier attempt went out and was not answered, under this pair or one before it: the server may have the
    /// message (decision K4). Nothing but an acceptance takes that back.
    public internal(set) var wentUnanswered = false
    /// The receipt was handed out as an offline one, or is about to be.
    public internal(set) var isOffline: Bool
    /// The code that stopped the message at the head of the queue.
    public internal(set) var refusal: ResultCode?

    init(number: Int64, kind: MessageKind, issuedAt: FiscalInstant, isOffline: Bool) {
        self.number = number
        self.kind = kind
        self.issuedAt = issuedAt
        self.isOffline = isOffline
    }

    /// The server refused it, but may have accepted an earlier attempt: only a person can settle it.
    public var outcomeIsUnknown: Bool { self.refusal != nil && self.wentUnanswered }
}
