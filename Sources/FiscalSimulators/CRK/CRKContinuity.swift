/// Which numbers of a register's documents have come: every one must, as a document or as an info, and once.
///
/// What an order asked for (CMD06) may come once more for each such order, and at any time.
public struct CRKContinuity: Sendable, Hashable, Codable {
    /// The numbers that came, as ranges without a gap, ascending.
    private var ranges: [ClosedRange<Int64>] = []
    /// How often numbers came that came more than once.
    private var repeated: [Int64: Int] = [:]
    /// Numbers that came more often than once and once for each order that asked for them.
    public private(set) var doubled: Set<Int64> = []
    /// Numbers that came after a higher one, though no order asked for them.
    public private(set) var outOfOrder: Set<Int64> = []
    /// How many documents had no number.
    public private(set) var unnumbered = 0

    init() {}

    /// The highest number that came; 0 for none.
    public var highest: Int64 { self.ranges.last?.upperBound ?? 0 }

    /// How many different numbers came.
    public var count: Int64 { self.ranges.reduce(0) { $0 + $1.upperBound - $1.lowerBound + 1 } }

    /// Numbers from 1 to the highest one that did not come, as ranges.
    public var missing: [ClosedRange<Int64>] {
        var next: Int64 = 1
        var missing: [ClosedRange<Int64>] = []
        for range in self.ranges {
            if next < range.lowerBound { missing.append(next...range.lowerBound - 1) }
            next = range.upperBound + 1
        }
        return missing
    }

    /// Whether every number from 1 to `last` came once and in order.
    public func isComplete(through last: Int64) -> Bool {
        self.highest == last && self.missing.isEmpty && self.doubled.isEmpty && self.outOfOrder.isEmpty
            && self.unnumbered == 0
    }

    public func contains(_ number: Int64) -> Bool { self.place(of: number).isKnown }

    mutating func take(_ number: Int64?, ordered: [ClosedRange<Int64>]) {
        guard let number, (1...999_999_999_999_999).contains(number) else {
            self.unnumbered += 1
            return
        }
        let orders = ordered.filter { $0.contains(number) }.count
        let (place, isKnown) = self.place(of: number)
        if isKnown {
            let count = self.repeated[number, default: 1] + 1
            self.repeated[number] = count
            if count > 1 + orders { self.doubled.insert(number) }
            return
        }
        if number < self.highest, orders == 0 { self.outOfOrder.insert(number) }
        self.insert(number, at: place)
    }

    /// The first range that does not end before the number, and whether it holds it.
    private func place(of number: Int64) -> (index: Int, isKnown: Bool) {
        var low = 0, high = self.ranges.count
        while low < high {
            let middle = (low + high) / 2
            if self.ranges[middle].upperBound < number { low = middle + 1 } else { high = middle }
        }
        return (low, low < self.ranges.count && self.ranges[low].lowerBound <= number)
    }

    private mutating func insert(_ number: Int64, at place: Int) {
        let touchesBefore = place > 0 && self.ranges[place - 1].upperBound == number - 1
        let touchesAfter = place < self.ranges.count && self.ranges[place].lowerBound == number + 1
        switch (touchesBefore, touchesAfter) {
        case (true, true):
            self.ranges[place - 1] = self.ranges[place - 1].lowerBound...self.ranges[place].upperBound
            self.ranges.remove(at: place)
        case (true, false): self.ranges[place - 1] = self.ranges[place - 1].lowerBound...number
        case (false, true): self.ranges[place] = number...self.ranges[place].upperBound
        case (false, false): self.ranges.insert(number...number, at: place)
        }
    }
}
