public import FiscalCore
import OFDKazProtocol

/// One register as the operator's server knows it. What a test wants to be different is set here.
public struct OFDAccount: Sendable, Hashable, Codable {
    /// When the server hands out another token (section 2.2). Never with SYSTEM, REPORT and AUTH.
    public enum TokenPolicy: String, Sendable, Hashable, Codable, CaseIterable {
        /// With every accepted document, and with COMMAND_RESERVED.
        case documents
        /// Also with every answered INFO and NOMENCLATURE, about which the document is silent.
        case documentsAndInformation
        /// Never: every answer repeats the token.
        case never
    }

    /// Why the server refuses a register with code 15.
    public enum Block: String, Sendable, Hashable, Codable, CaseIterable {
        case blocked
        /// Struck off the register; code 18 since 2.0.4.
        case deregistered
        /// Disconnected by the operator; code 19 since 2.0.4.
        case disconnected
    }

    /// What the last accepted document was sent as, and what it got.
    struct LastDocument: Sendable, Hashable, Codable {
        var token: UInt32
        var reqnum: UInt16
        var command: UInt32
        /// The payload of its answer.
        var answer: [UInt8]
    }

    public let id: UInt32
    /// The token that the next document must carry. Setting it is what the operator's desk calls a reset of the token.
    public var token: UInt32
    public var tokenPolicy = TokenPolicy.documents
    public var registration: OFDRegistrationData
    public var block: Block?
    /// What stands in `result_text` while the register is blocked, besides the code's own text.
    public var blockText: String?
    /// Texts to print or show, one of each type.
    public var notices: [OFDNotice] = []
    public var taxation: OFDTaxation?
    public var goods: OFDGoods?
    public var cashiers: [OFDCashier] = []
    /// Documents of operators that are not among ``cashiers`` are taken too (section 3.11).
    public var trustsUnknownOperators = true
    /// Pairs in `service.auxiliary` of the answers to INFO.
    public var auxiliary = [OFDPair("validation_policy", "65535")]

    /// What was counted. Presetting it makes the server's counters differ from the register's.
    public var books = OFDBooks()
    /// When the running shift is held to have begun, by the server's clock.
    public var shiftOpenedAt: FiscalInstant?
    /// Accepted documents, in order.
    public internal(set) var documents: [OFDDocument] = []
    /// The counts of unsent records that SYSTEM has told, in order (section 5.4.1).
    public internal(set) var announcedCounts: [UInt64] = []
    /// The last Z, as it was sent.
    var lastZ: [UInt8]?
    var last: LastDocument?
    /// Whether the register has been told that it is blocked since it was.
    var knowsOfBlock = false

    public init(id: UInt32, token: UInt32, registration: OFDRegistrationData) {
        self.id = id
        self.token = token
        self.registration = registration
    }

    /// Whether a shift is open.
    public var isShiftOpen: Bool { self.books.shift != nil }

    /// The accepted tickets, in order.
    public var tickets: [OFDDocument] { self.documents.filter { $0.command == .ticket } }

    /// Makes the running shift older, as if so much time had passed.
    public mutating func ageShift(by duration: Duration) {
        if let openedAt = self.shiftOpenedAt { self.shiftOpenedAt = openedAt - duration }
    }
}

extension OFDAccount: CustomStringConvertible {
    /// Without the token.
    public var description: String { "register \(self.id)" }
}
