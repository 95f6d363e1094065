/// A point in time: milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
///
/// Deadlines and limits are kept in it, because a limit of hours must survive a restart. The clock of the machine is
/// read by the host (``FiscalClock``), never by this library.
public struct FiscalInstant: Sendable, Hashable, Comparable, Codable {
    /// Milliseconds since the Unix epoch; negative before 1970.
    public var millisecondsSinceEpoch: Int64

    public init(millisecondsSinceEpoch: Int64) {
        self.millisecondsSinceEpoch = millisecondsSinceEpoch
    }

    /// An instant on a whole second. Seconds too large for milliseconds stop at the largest instant.
    public init(secondsSinceEpoch: Int64) {
        let (milliseconds, overflow) = secondsSinceEpoch.multipliedReportingOverflow(by: 1000)
        self.millisecondsSinceEpoch = overflow ? (secondsSinceEpoch < 0 ? .min : .max) : milliseconds
    }

    /// Whole seconds since the epoch, rounded towards the past.
    public var secondsSinceEpoch: Int64 {
        self.millisecondsSinceEpoch >= 0
            ? self.millisecondsSinceEpoch / 1000 : -((-(self.millisecondsSinceEpoch + 1)) / 1000) - 1
    }

    public static func < (left: Self, right: Self) -> Bool {
        left.millisecondsSinceEpoch < right.millisecondsSinceEpoch
    }

    /// The instant `duration` later, to the millisecond; stops at the largest or smallest instant instead of wrapping.
    public static func + (instant: Self, duration: Duration) -> Self {
        let (sum, overflow) = instant.millisecondsSinceEpoch.addingReportingOverflow(duration.wholeMilliseconds)
        return Self(millisecondsSinceEpoch: overflow ? (duration < .zero ? .min : .max) : sum)
    }

    public static func - (instant: Self, duration: Duration) -> Self {
        instant + (.zero - duration)
    }

    /// The time from `right` to `left`.
    public static func - (left: Self, right: Self) -> Duration {
        let (difference, overflow) = left.millisecondsSinceEpoch.subtractingReportingOverflow(
            right.millisecondsSinceEpoch)
        return .milliseconds(overflow ? (left < right ? Int64.min : .max) : difference)
    }
}

extension Duration {
    /// Milliseconds, rounded towards zero; stops at the limits of `Int64`.
    package var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = self.components
        let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        let (sum, sumOverflow) = milliseconds.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        return sumOverflow ? (seconds < 0 ? .min : .max) : sum
    }
}
