public import FiscalCore

/// What the machine wants done now.
public enum Step: Sendable, Hashable {
    /// Commit the machine, then send this, then report with ``RegisterMachine/exchangeEnded(_:with:budgetIsLeft:at:)``.
    case send(Transmission)
    /// Nothing before this instant.
    case wait(until: FiscalInstant)
    /// Nothing until the host or a person does something.
    case rest
}

/// One attempt to send one request.
public struct Transmission: Sendable, Hashable {
    public enum Content: Sendable, Hashable {
        /// The message at the head of the queue.
        case message(QueuedMessage)
        case service(ServiceKind)
    }
    public var content: Content
    public var pair: RequestPair
    /// The first failed attempt of the break that is not over; nil for ordinary online work.
    public var offlineSince: FiscalInstant?
    /// `service.offline_period`, begin and end; both the moment of this attempt in ordinary online work (decision K24).
    public var offlinePeriod: ClosedRange<FiscalInstant>
}

/// The requests that are never stored: they repeat their pair within the transaction time and are then forgotten.
public enum ServiceKind: Sendable, Hashable, Codable {
    /// SYSTEM to see whether the server is there.
    case keepAlive
    /// SYSTEM with the offline period, when the link broke while nothing was under way (5.2).
    case restoring
    /// SYSTEM while the server blocks the register, always with reg_info (5.4).
    case polling
    /// SYSTEM that tells how many records wait, after a server block (5.4.1).
    case announcing(count: Int)
    /// INFO at start, and after the queue was sent.
    case info
    /// INFO beside a message whose outcome is unknown, for a person to compare; nothing is taken over (decision K5).
    case comparison
    case nomenclature
    case auth
    /// COMMAND_RESERVED, where a host has enabled it.
    case reserved

    public var command: CommandType {
        switch self {
        case .keepAlive, .restoring, .polling, .announcing: .system
        case .info, .comparison: .info
        case .nomenclature: .nomenclature
        case .auth: .auth
        case .reserved: .reserved
        }
    }

    /// Whether a host may ask for it; the others belong to the machine.
    var mayBeRequested: Bool {
        switch self {
        case .keepAlive, .info, .nomenclature, .auth, .reserved: true
        case .restoring, .polling, .announcing, .comparison: false
        }
    }

    /// Whether an accepted one may bring a new token (decision K1). The INFO for comparison is an INFO like any other:
    /// it is its figures that are not taken over (decision K5).
    var movesToken: Bool {
        switch self {
        case .info, .comparison, .nomenclature, .reserved: true
        case .keepAlive, .restoring, .polling, .announcing, .auth: false
        }
    }
}

/// How one attempt ended, as far as the machine must know.
public enum ExchangeResult: Sendable, Hashable {
    /// No connection was opened: the server cannot have it.
    case notDelivered
    /// Bytes left, or may have, and no answer to this request came.
    case unanswered
    /// An answer to this request, with the token of its header.
    case answered(ResultCode, token: UInt32)
}

extension ExchangeResult: CustomStringConvertible, CustomReflectable {
    public var description: String {
        switch self {
        case .notDelivered: "notDelivered"
        case .unanswered: "unanswered"
        case .answered(let code, _): "answered(\(code.rawValue), token redacted)"
        }
    }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// What the end of an attempt means.
public enum Resolution: Sendable, Hashable {
    /// The same request again after the pause, within the transaction time.
    case repeatAfterPause
    /// The server has the message; it has left the queue.
    case registered(QueuedMessage)
    /// The server said no and cannot have it; it has left the queue.
    case refused(QueuedMessage, ResultCode)
    /// The transaction time ran out: the message stays in the queue as an offline document.
    case pending(QueuedMessage)
    /// The server said no, but may have accepted an earlier attempt; it stays at the head of the queue (decision K4).
    case unknown(QueuedMessage, ResultCode)
    /// The server refused a message that was handed out; it stays at the head of the queue.
    case stopped(QueuedMessage, ResultCode)
    /// The server asked for another token; the message goes again at once under a new pair (decision K5).
    case renumbered(QueuedMessage)
    /// No answer while the queue was being sent: again after the reconnect interval.
    case waiting
    /// A service request was answered.
    case serviceAnswered(ServiceKind, ResultCode)
    /// A service request got no answer and is forgotten.
    case serviceUnanswered(ServiceKind)
    /// This attempt is not under way: it was reported before, or a person's decision has overtaken it. Nothing changed.
    case stale
}
