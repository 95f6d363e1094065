public import FiscalCore
import Synchronization

/// A clock that stands still until a test moves it, and on which sleepers really wait until it has been moved far enough.
///
/// ``ManualClock`` jumps instead, which is right where a sleep is the only thing that happens, and wrong where something
/// races it.
public final class PatientClock: FiscalClock {
    private struct Sleeper: Sendable {
        var duration: Duration
        var until: Duration
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct Watcher: Sendable {
        var count: Int
        var duration: Duration?
        var continuation: CheckedContinuation<Void, Never>
    }

    private struct Times: Sendable {
        var wall: FiscalInstant
        var elapsed = Duration.zero
        var lastNumber = 0
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
        /// Who waits until so many sleep.
        var watchers: [Watcher] = []

        func isAsleep(_ count: Int, for duration: Duration?) -> Bool {
            self.sleepers.values.count { duration == nil || $0.duration == duration } >= count
        }
    }

    private let times: Mutex<Times>

    public init(_ start: FiscalInstant) {
        self.times = Mutex(Times(wall: start))
    }

    public func now() -> FiscalInstant { self.times.withLock { $0.wall } }

    public func elapsed() -> Duration { self.times.withLock { $0.elapsed } }

    /// Lets time pass, and wakes whoever has slept long enough.
    public func advance(by duration: Duration) {
        let due = self.times.withLock { times in
            times.wall = times.wall + duration
            times.elapsed += max(.zero, duration)
            let due = times.sleepers.filter { $0.value.until <= times.elapsed }
            for number in due.keys { times.sleepers[number] = nil }
            return due.values.map(\.continuation)
        }
        for continuation in due { continuation.resume() }
    }

    /// Returns when `count` tasks or more sleep; of those that sleep for exactly `duration`, when it is given.
    public func untilAsleep(_ count: Int = 1, for duration: Duration? = nil) async {
        await withCheckedContinuation { continuation in
            let isThere = self.times.withLock { times in
                if times.isAsleep(count, for: duration) { return true }
                times.watchers.append(Watcher(count: count, duration: duration, continuation: continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    public func sleep(until instant: FiscalInstant) async throws {
        try await self.sleep(for: instant - self.now())
    }

    public func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        guard duration > .zero else { return }
        let number = self.times.withLock { times in
            times.lastNumber += 1
            return times.lastNumber
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                self.fallAsleep(number, duration, continuation)
            }
        } onCancel: {
            self.wake(number)
        }
    }

    private func fallAsleep(_ number: Int, _ duration: Duration, _ continuation: CheckedContinuation<Void, any Error>) {
        let (isCancelled, watchers) = self.times.withLock { times in
            guard times.cancelled.remove(number) == nil else {
                return (true, [CheckedContinuation<Void, Never>]())
            }
            times.sleepers[number] = Sleeper(
                duration: duration, until: times.elapsed + duration, continuation: continuation)
            let all = times.watchers
            let content = all.filter { times.isAsleep($0.count, for: $0.duration) }
            times.watchers = all.filter { !times.isAsleep($0.count, for: $0.duration) }
            return (false, content.map(\.continuation))
        }
        if isCancelled { continuation.resume(throwing: CancellationError()) }
        for watcher in watchers { watcher.resume() }
    }

    private func wake(_ number: Int) {
        let sleeper = self.times.withLock { times in
            let sleeper = times.sleepers.removeValue(forKey: number)
            // Cancelled before it slept.
            if sleeper == nil { times.cancelled.insert(number) }
            return sleeper
        }
        sleeper?.continuation.resume(throwing: CancellationError())
    }
}
