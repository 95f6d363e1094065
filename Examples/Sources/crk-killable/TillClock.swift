import FiscalCore
import FiscalTransport
import Synchronization

/// The system's clock, in which nobody waits: who would sleep puts it forward instead.
final class TillClock: FiscalClock {
    private let system = SystemClock.system
    private let skipped = Mutex(Duration.zero)

    func now() -> FiscalInstant { self.system.now() + self.skipped.withLock { $0 } }
    func elapsed() -> Duration { self.system.elapsed() + self.skipped.withLock { $0 } }

    func sleep(until instant: FiscalInstant) async throws { try await self.sleep(for: instant - self.now()) }

    func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        if duration > .zero { self.skipped.withLock { $0 += duration } }
    }
}
