public import FiscalCore
import Synchronization

/// A clock that stands still until a test moves it.
public final class ManualClock: FiscalClock {
    private struct Times: Sendable {
        var wall: FiscalInstant
        var elapsed = Duration.zero
    }

    private let times: Mutex<Times>

    public init(_ start: FiscalInstant) {
        self.times = Mutex(Times(wall: start))
    }

    public func now() -> FiscalInstant {
        self.times.withLock { $0.wall }
    }

    public func elapsed() -> Duration {
        self.times.withLock { $0.elapsed }
    }

    /// Lets time pass: both the wall clock and the monotonic time go forward. A negative duration is no time passing,
    /// it only puts the wall clock back.
    public func advance(by duration: Duration) {
        self.times.withLock { times in
            times.wall = times.wall + duration
            times.elapsed += max(.zero, duration)
        }
    }

    /// Somebody sets the wall clock; no time passes.
    public func set(_ instant: FiscalInstant) {
        self.times.withLock { $0.wall = instant }
    }

    /// Jumps to the instant instead of waiting.
    public func sleep(until instant: FiscalInstant) async throws {
        try Task.checkCancellation()
        self.times.withLock { times in
            guard instant > times.wall else { return }
            times.elapsed += instant - times.wall
            times.wall = instant
        }
    }

    /// Jumps on by the duration instead of waiting.
    public func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        self.advance(by: max(.zero, duration))
    }
}
