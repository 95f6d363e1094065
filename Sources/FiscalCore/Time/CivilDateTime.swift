/// A day and a time of day without a time zone: what a clock on the wall shows. Kazakhstan's OFD and the answers of
/// fiscal registers know only this.
public struct CivilDateTime: Sendable, Hashable {
    public let date: CivilDate
    /// 0 to 23.
    public let hour: Int
    /// 0 to 59.
    public let minute: Int
    /// 0 to 59; no system here knows leap seconds.
    public let second: Int
    /// 0 to 999,999,999. Which part of it is written depends on the spelling.
    public let nanosecond: Int

    /// The time, or nil when a part is out of its range (hour 24 and second 60 too).
    public init?(date: CivilDate, hour: Int, minute: Int, second: Int = 0, nanosecond: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second),
            (0...999_999_999).contains(nanosecond)
        else { return nil }
        self.date = date
        self.hour = hour
        self.minute = minute
        self.second = second
        self.nanosecond = nanosecond
    }

    /// The time of an instant on a clock set to `offset`, to the millisecond.
    ///
    /// Instants outside the years 1 to 9999 stop at the first or last millisecond of that range.
    public init(_ instant: FiscalInstant, offset: UTCOffset) {
        let range = Self.firstMillisecond...Self.lastMillisecond
        let (shifted, overflow) = instant.millisecondsSinceEpoch.addingReportingOverflow(
            Int64(offset.minutes) * 60_000)
        // Only instants far outside the range overflow, and those stop at its end anyway.
        let unbounded = overflow ? instant.millisecondsSinceEpoch : shifted
        let local = min(max(unbounded, range.lowerBound), range.upperBound)
        let day = local >= 0 ? local / Self.millisecondsPerDay : (local + 1) / Self.millisecondsPerDay - 1
        let rest = Int(local - day * Self.millisecondsPerDay)
        self.date = CivilDate(daysSinceEpoch: Int(day)) ?? (local < 0 ? .first : .last)
        self.hour = rest / 3_600_000
        self.minute = rest / 60_000 % 60
        self.second = rest / 1000 % 60
        self.nanosecond = rest % 1000 * 1_000_000
    }

    /// Milliseconds since 1970-01-01T00:00:00 on the same clock; parts of a millisecond are cut off.
    var millisecondsSinceEpoch: Int64 {
        let seconds = Int64(self.hour * 3600 + self.minute * 60 + self.second)
        return Int64(self.date.daysSinceEpoch) * Self.millisecondsPerDay + seconds * 1000
            + Int64(self.nanosecond / 1_000_000)
    }

    private static let millisecondsPerDay: Int64 = 86_400_000
    private static let firstMillisecond = Int64(CivilDate.first.daysSinceEpoch) * Self.millisecondsPerDay
    private static let lastMillisecond = Int64(CivilDate.last.daysSinceEpoch + 1) * Self.millisecondsPerDay - 1
}

extension CivilDateTime: Comparable {
    public static func < (left: Self, right: Self) -> Bool {
        (left.date, left.hour, left.minute, left.second, left.nanosecond)
            < (right.date, right.hour, right.minute, right.second, right.nanosecond)
    }
}
