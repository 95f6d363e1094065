/// What the authority has counted for one register: the sums since registration, the running shift, and the cash.
/// Amounts are in tiyn. Lists by operation have four places: purchase, its return, sale, its return (section 4.6).
///
/// The arithmetic is the authority's own, by section 3.8 and the readings F12 to F18.
public struct OFDBooks: Sendable, Hashable, Codable {
    /// Cash in the drawer.
    public var cash: Int64 = 0
    /// The non-nullable sums.
    public var sumsEver: [Int64] = [0, 0, 0, 0]
    /// All tickets since registration.
    public var ticketsEver: [UInt32] = [0, 0, 0, 0]
    /// All deposits and all withdrawals since registration.
    public var placementsEver: [UInt32] = [0, 0]
    /// Number of the shift that is open, or else of the last one; 0 before the first.
    public var shiftNumber: UInt32 = 0
    /// The running shift, nil when none is open.
    public var shift: OFDShift?

    public init() {}
}

/// The counters of one shift.
public struct OFDShift: Sendable, Hashable, Codable {
    /// How many, and how much.
    public struct Tally: Sendable, Hashable, Codable {
        public var count: UInt32 = 0
        public var sum: Int64 = 0
    }

    /// Commodity lines of one department, before any markup and discount.
    public struct Section: Sendable, Hashable, Codable {
        public var code: String
        public var operations = OFDShift.four
    }

    /// What was taxed at one rate.
    public struct Tax: Sendable, Hashable, Codable {
        public var type: UInt32
        /// In thousandths of a percent.
        public var percent: UInt32
        public var turnover: [Int64] = [0, 0, 0, 0]
        public var sum: [Int64] = [0, 0, 0, 0]
    }

    /// The tickets of one operation.
    public struct Tickets: Sendable, Hashable, Codable {
        public var count: UInt32 = 0
        public var sum: Int64 = 0
        /// Cash, card, mobile.
        public var payments = [Tally(), Tally(), Tally()]
        public var offlineCount: UInt32 = 0
        public var discounts: Int64 = 0
        public var markups: Int64 = 0
        public var change: Int64 = 0
    }

    /// Deposits or withdrawals.
    public struct Placements: Sendable, Hashable, Codable {
        public var count: UInt32 = 0
        public var sum: Int64 = 0
        public var offlineCount: UInt32 = 0
    }

    /// The time of the first document, as the register wrote it.
    public var openedAt: OFDTime
    /// The non-nullable sums when it was opened.
    public var sumsAtOpening: [Int64]
    public var sections: [Section] = []
    public var operations = Self.four
    public var discounts = Self.four
    public var markups = Self.four
    public var results = Self.four
    public var taxes: [Tax] = []
    public var tickets = [Tickets(), Tickets(), Tickets(), Tickets()]
    /// Deposits, withdrawals.
    public var placements = [Placements(), Placements()]

    public init(openedAt: OFDTime, sumsAtOpening: [Int64]) {
        self.openedAt = openedAt
        self.sumsAtOpening = sumsAtOpening
    }

    static let four = [Tally(), Tally(), Tally(), Tally()]
}

extension OFDShift.Tally {
    mutating func book(_ amount: Int64, lines: UInt32) throws(AmountTooLarge) {
        self.count &+= lines
        try self.sum.book(amount)
    }
}
