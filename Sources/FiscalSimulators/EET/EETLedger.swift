public import FiscalCore

/// What tells one sale from another at the authority: taxpayer, premises, till, receipt number and instant.
public struct EETSaleIdentity: Sendable, Hashable, Codable {
    public var taxpayer: String
    public var premises: String
    public var till: String
    public var number: String
    public var instant: FiscalInstant

    public init(taxpayer: String, premises: String, till: String, number: String, instant: FiscalInstant) {
        self.taxpayer = taxpayer
        self.premises = premises
        self.till = till
        self.number = number
        self.instant = instant
    }
}

/// One message as the authority saw it, whatever became of it.
public struct EETReceivedMessage: Sendable, Hashable, Codable {
    /// What the authority decided.
    public enum Outcome: Sendable, Hashable, Codable {
        /// Recorded, under this FIK or POK.
        case confirmed(code: String)
        /// Found good in verification mode, not recorded.
        case verified
        /// Refused with this error.
        case refused(code: Int)
        /// Answered below the application: no POST, unknown path, no SOAP, a status that was asked for.
        case httpStatus(Int)
        /// Not even looked at.
        case ignored

        // The name of the unlabelled parameter in JSON.
        private enum HttpStatusCodingKeys: String, CodingKey { case _0 = "code" }
    }

    /// From 1, in the order of arrival.
    public var number: Int
    public var receivedAt: FiscalInstant
    /// In `X-Global-Transaction-Id` of the answer.
    public var transactionID: String
    public var outcome: Outcome
    /// Codes of the warnings given.
    public var warnings: [Int]
    /// Why it was refused, in words; for people, not for decisions.
    public var reason: String?
    /// Attributes of `Hlavicka` and `Data` as they came, when they could be read.
    public var header: [String: String]?
    public var data: [String: String]?
    /// Which sale it speaks of, when the schema allowed it.
    public var identity: EETSaleIdentity?
    public var uuid: String?
    public var isFirst: Bool?
    public var isVerification: Bool?
    /// The fault that was shown with it.
    public var fault: EETFault?
    /// The message itself, Base64.
    public var request: String
    /// The message itself, byte for byte.
    public var body: [UInt8] { Base64.decode(self.request) ?? [] }
}

/// What the authority has recorded and seen.
public struct EETLedger: Sendable, Hashable, Codable {
    /// One sale, however often it was sent.
    public struct Sale: Sendable, Hashable, Codable {
        public var identity: EETSaleIdentity
        /// The message with which it was recorded.
        public var first: Confirmation
        /// Later messages with the same identity, in order; each got a code of its own.
        public var repeats: [Confirmation]
        /// Every message that was confirmed for it, the first one first.
        public var confirmations: [Confirmation] { [self.first] + self.repeats }
        /// The repeats whose data are not those of the first message.
        public var conflicts: [Confirmation] { self.repeats.filter { $0.data != self.first.data } }
    }

    /// One acceptance of a sale.
    public struct Confirmation: Sendable, Hashable, Codable {
        /// FIK or POK.
        public var code: String
        public var uuid: String
        /// The number of the message in ``EETLedger/messages``.
        public var message: Int
        /// Whether the message said to be the first attempt.
        public var isFirst: Bool
        /// `celk_trzba` as it came.
        public var total: String
        /// All attributes of `Data`.
        public var data: [String: String]
    }

    /// Everything received, in order.
    public private(set) var messages: [EETReceivedMessage] = []
    /// Every recorded sale, in the order of the first acceptance.
    public private(set) var sales: [Sale] = []
    private var places: [EETSaleIdentity: Int] = [:]

    public init() {}

    /// Rebuilds a ledger from the messages of another, in their order.
    public init(replaying messages: some Sequence<EETReceivedMessage>) {
        for message in messages { self.record(message) }
    }

    /// The sale of that identity, when it is recorded.
    public func sale(_ identity: EETSaleIdentity) -> Sale? {
        self.places[identity].map { self.sales[$0] }
    }

    /// The recorded sales of one taxpayer.
    public func sales(of taxpayer: String) -> [Sale] { self.sales.filter { $0.identity.taxpayer == taxpayer } }

    /// Sales that were recorded with data that do not agree.
    public var conflictingSales: [Sale] { self.sales.filter { !$0.conflicts.isEmpty } }

    /// How many sales were confirmed more than once.
    public var repeatedSales: Int { self.sales.count { !$0.repeats.isEmpty } }

    /// Takes a message in, and records its sale when it was confirmed.
    mutating func record(_ message: EETReceivedMessage) {
        self.messages.append(message)
        guard case .confirmed(let code) = message.outcome, let identity = message.identity, let data = message.data
        else { return }
        let confirmation = Confirmation(
            code: code, uuid: message.uuid ?? "", message: message.number, isFirst: message.isFirst ?? false,
            total: data["celk_trzba"] ?? "", data: data)
        if let place = self.places[identity] {
            self.sales[place].repeats.append(confirmation)
        } else {
            self.places[identity] = self.sales.count
            self.sales.append(Sale(identity: identity, first: confirmation, repeats: []))
        }
    }
}

extension EETLedger {
    private enum CodingKeys: String, CodingKey { case messages }

    /// Reads a snapshot: the messages, from which the sales follow.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(replaying: try container.decode([EETReceivedMessage].self, forKey: .messages))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(self.messages, forKey: .messages)
    }
}
