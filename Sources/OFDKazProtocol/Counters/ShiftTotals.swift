import FiscalCore

/// What is counted from the begin of a shift to its end. All sums are in tiyn.
struct ShiftTotals: Sendable, Hashable, Codable {
    var number: UInt32
    var openedAt: StoredDateTime
    /// The sums that are never set to zero, as they were when the shift was opened.
    var startNonNullable: PerOperation<Int64>
    /// Ascending by code, as bytes.
    var sections: [SectionTotals] = []
    var operations = PerOperation(repeating: Tally())
    var discounts = PerOperation(repeating: Tally())
    var markups = PerOperation(repeating: Tally())
    var results = PerOperation(repeating: Tally())
    /// Ascending by percentage.
    var taxes: [TaxTotals] = []
    var tickets = PerOperation(repeating: TicketTotals())
    var placements = PerPlacement(repeating: PlacementTotals())
    /// Sales and returned purchases bring in, purchases and returned sales take out (ambiguity F16); may be negative.
    var revenue: Int64 = 0

    init(number: UInt32, openedAt: DateTime, startNonNullable: PerOperation<Int64>) {
        self.number = number
        self.openedAt = StoredDateTime(dateTime: openedAt)
        self.startNonNullable = startNonNullable
    }
}

struct SectionTotals: Sendable, Hashable, Codable {
    var code: String
    var operations = PerOperation(repeating: Tally())
}

struct TaxTotals: Sendable, Hashable, Codable {
    var type: UInt32
    var percent: UInt32
    var operations = PerOperation(repeating: Sums())

    /// All three are kept, because a server's need not add up.
    struct Sums: Sendable, Hashable, Codable {
        var turnover: Int64 = 0
        var turnoverWithoutTax: Int64 = 0
        var tax: Int64 = 0
    }
}

struct TicketTotals: Sendable, Hashable, Codable {
    var count: UInt32 = 0
    var sum: Int64 = 0
    var payments = PerPayment(repeating: Tally())
    var offlineCount: UInt32 = 0
    var discount: Int64 = 0
    var markup: Int64 = 0
    var change: Int64 = 0
}

struct PlacementTotals: Sendable, Hashable, Codable {
    var count: UInt32 = 0
    var sum: Int64 = 0
    var offlineCount: UInt32 = 0
}

/// A time of the register's calendar, stored as its text.
struct StoredDateTime: Sendable, Hashable, Codable {
    var dateTime: DateTime

    init(dateTime: DateTime) { self.dateTime = dateTime }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        if let civil = CivilDateTime(compactSeconds: text) {
            self.dateTime = DateTime(civil)
        } else if let civil = CivilDateTime(compactMinutes: text),
            let dateTime = DateTime(date: civil.date, hour: civil.hour, minute: civil.minute)
        {
            self.dateTime = dateTime
        } else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no time")
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(self.dateTime.description)
    }
}
