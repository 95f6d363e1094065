public import FiscalCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The machine's clocks: the wall clock, and the monotonic one.
///
/// The wall clock follows when the machine's time is set: a deadline of hours is a matter of the calendar, not of the
/// processor. The monotonic one (`CLOCK_MONOTONIC`) does not.
public struct SystemClock: FiscalClock {
    public init() {}

    /// The machine's time, whole milliseconds, rounded down.
    public func now() -> FiscalInstant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return FiscalInstant(millisecondsSinceEpoch: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Returns at or after `instant` by the machine's clock, at once when that has passed.
    ///
    /// The clock is read again every half minute at least, so that setting it, or the machine's sleep, moves the end.
    public func sleep(until instant: FiscalInstant) async throws {
        try Task.checkCancellation()
        while true {
            let remaining = instant - self.now()
            guard remaining > .zero else { return }
            try await Task.sleep(for: min(remaining, .seconds(30)), tolerance: .zero)
        }
    }

    /// The time since the machine started, in nanoseconds.
    public func elapsed() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
    }

    public func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        let begin = self.elapsed()
        while true {
            // As a difference: a sum could leave what a Duration holds.
            let remaining = duration - (self.elapsed() - begin)
            guard remaining > .zero else { return }
            try await Task.sleep(for: min(remaining, .seconds(3600)), tolerance: .zero)
        }
    }
}

extension FiscalClock where Self == SystemClock {
    /// The machine's clocks.
    public static var system: SystemClock { SystemClock() }
}
