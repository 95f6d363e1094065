import FiscalCore

/// Pauses between repeats: from 4 s, doubled each time up to 5 minutes, and up to a quarter longer by chance, so that
/// registers that lost the same server do not come back at the same moment.
enum BackOff {
    /// After so many failures pauses grow no longer.
    static let steps = 8
    /// No pause is longer.
    static let longest = Duration.seconds(375)

    /// When a pause is over. A clock that was set back does not stretch it: one that seems longer than any pause can be is
    /// over.
    static func end(
        of pause: FiscalInstant, at now: FiscalInstant, longest: Duration = Self.longest
    ) -> FiscalInstant {
        pause - now > longest ? min(pause, now) : pause
    }

    static func pause(afterFailures failures: Int, jitter: UInt8) -> Duration {
        let seconds = min(300, 4 << Int64(min(max(failures, 1), self.steps) - 1))
        return .milliseconds(Int64(seconds) * 1000 + Int64(seconds) * 250 * Int64(jitter) / 255)
    }
}
