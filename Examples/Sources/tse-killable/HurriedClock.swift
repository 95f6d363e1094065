import FiscalCore
import FiscalTransport
import Synchronization

/// The system's clock, put forward: a pause between two documents or two attempts takes no time.
final class HurriedClock: FiscalClock {
    private let system = SystemClock.system
    private let skipped: Mutex<Duration>

    /// - Parameter ahead: how far it is ahead from the beginning; a process that is started again must not go back.
    init(ahead: Duration) {
        self.skipped = Mutex(ahead)
    }

    func skip(_ duration: Duration) {
        self.skipped.withLock { $0 += max(.zero, duration) }
    }

    func now() -> FiscalInstant { self.system.now() + self.skipped.withLock { $0 } }
    func elapsed() -> Duration { self.system.elapsed() + self.skipped.withLock { $0 } }
    func sleep(until instant: FiscalInstant) async throws { try await self.sleep(for: instant - self.now()) }
    func sleep(for duration: Duration) async throws { try await self.system.sleep(for: duration) }
}
