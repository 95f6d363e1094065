/// A count and a sum in tiyn.
struct Tally: Sendable, Hashable, Codable {
    var count: UInt32 = 0
    var sum: Int64 = 0

    /// Adds what one document brings.
    mutating func add(_ other: Tally, _ field: String) throws(CounterError) {
        try self.count.add(other.count, field + ".count")
        try self.sum.addStayingPositive(other.sum, field + ".sum")
    }
}

extension UInt32 {
    /// The largest count that may be sent (section 1).
    static let largestSent = UInt32(Int32.max)

    mutating func add(_ more: UInt32, _ field: String) throws(CounterError) {
        let (count, overflow) = self.addingReportingOverflow(more)
        guard !overflow, count <= Self.largestSent else { throw CounterError(.overflow, field) }
        self = count
    }
}

/// Sums in tiyn. Within one document they may go below zero for a while, since an item may be taken out before it is
/// put in; a counter may not.
extension Int64 {
    mutating func add(_ amount: Int64, _ field: String) throws(CounterError) {
        let (sum, overflow) = self.addingReportingOverflow(amount)
        guard !overflow else { throw CounterError(.overflow, field) }
        self = sum
    }

    mutating func addStayingPositive(_ amount: Int64, _ field: String) throws(CounterError) {
        try self.add(amount, field)
        guard self >= 0 else { throw CounterError(.belowZero, field) }
    }
}
