public import FiscalCore
import Synchronization

/// A clock that stands still until a test moves it.
public final class ManualClock: FiscalClock {
    private let instant: Mutex<FiscalInstant>

    public init(_ start: FiscalInstant) {
        self.instant = Mutex(start)
    }

    public func now() -> FiscalInstant {
        self.instant.withLock { $0 }
    }

    /// Moves the clock forward (or back, for a clock that was set wrongly).
    public func advance(by duration: Duration) {
        self.instant.withLock { $0 = $0 + duration }
    }

    public func set(_ instant: FiscalInstant) {
        self.instant.withLock { $0 = instant }
    }

    /// Jumps to the instant instead of waiting.
    public func sleep(until instant: FiscalInstant) async throws {
        try Task.checkCancellation()
        self.instant.withLock { $0 = max($0, instant) }
    }
}
