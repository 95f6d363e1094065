import FiscalCore

/// The numbers of offline tickets (section 5.2; decision K33): unique for the life of the register.
struct OfflineNumbers: Sendable, Hashable, Codable {
    private var last: UInt32 = 0
    /// The largest number was used up: the time is no guide any more, because its numbers were given away.
    private var isSecondRound = false

    private static let largest: UInt32 = 2_147_483_647

    init() {}

    /// The low four bytes of unixtime, or the number after the last one if that is larger.
    mutating func next(at now: FiscalInstant) -> UInt32 {
        let time = UInt32(truncatingIfNeeded: now.secondsSinceEpoch)
        if !self.isSecondRound, time <= Self.largest, time > self.last {
            self.last = time
        } else if self.last < Self.largest {
            self.last += 1
        } else {
            self.last = 1
            self.isSecondRound = true
        }
        return self.last
    }
}
