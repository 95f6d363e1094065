public import FiscalCore
public import OFDKazProtocol

/// One document that the authority has accepted.
public struct OFDDocument: Sendable, Hashable, Codable {
    /// TICKET, MONEY_PLACEMENT or CLOSE_SHIFT.
    public var command: CommandType
    public var receivedAt: FiscalInstant
    public var reqnum: UInt16
    /// The shift it was counted in.
    public var shiftNumber: UInt32
    /// Marked as issued offline: by a number of the register's own, or by `is_offline`.
    public var isOffline: Bool
    public var offlineTicketNumber: UInt32?
    /// The register's own number of the document.
    public var printedDocumentNumber: UInt64?
    /// The number given to a ticket.
    public var ticketNumber: String?
    /// The time it bears.
    public var time: OFDTime
    /// The whole payload, Base64.
    public var request: String
    /// The payload, byte for byte as it came.
    public var payload: [UInt8] { Base64.decode(self.request) ?? [] }
}

/// One frame as the authority saw it, whatever became of it.
public struct OFDReceivedMessage: Sendable, Hashable, Codable {
    /// What the authority decided.
    public enum Outcome: Sendable, Hashable, Codable {
        /// Answered with code 0.
        case accepted
        /// The stored answer to the last accepted document went out once more.
        case repeated
        /// Answered with this code.
        case refused(code: UInt32)
        /// No frame of this protocol: the connection was closed.
        case dropped
        /// Not even looked at, as planned.
        case ignored
    }

    /// From 1, in the order of arrival.
    public var number: Int
    public var receivedAt: FiscalInstant
    /// The header, when it could be read.
    public var id: UInt32?
    public var version: UInt16?
    public var token: UInt32?
    public var reqnum: UInt16?
    /// The command, when it could be read.
    public var command: CommandType?
    public var outcome: Outcome
    /// Why it was refused, in words; for people, not for decisions.
    public var reason: String?
    /// The fault that was shown with it.
    public var fault: OFDFault?
    /// All bytes of the message, Base64.
    public var request: String
    /// The message, byte for byte.
    public var frame: [UInt8] { Base64.decode(self.request) ?? [] }
    /// What stands behind the header.
    public var payload: [UInt8] { Array(self.frame.dropFirst(18)) }
}

extension OFDReceivedMessage: CustomStringConvertible {
    /// Without token and content.
    public var description: String {
        "message \(self.number) of \(self.id.map(String.init) ?? "nobody"): \(self.outcome)"
    }
}

/// Everything that the authority has received.
public struct OFDLedger: Sendable, Hashable, Codable {
    /// In the order of arrival; empty when the rules say so.
    public internal(set) var messages: [OFDReceivedMessage] = []
    /// How many there were.
    public internal(set) var count = 0
    /// Connections taken.
    public internal(set) var connections = 0

    public init() {}

    /// The messages of one register.
    public func messages(of id: UInt32) -> [OFDReceivedMessage] { self.messages.filter { $0.id == id } }
}
