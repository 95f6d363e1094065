import FiscalCore
import FiscalTestSupport
import Testing

/// The clock that other tests rely on.
@Suite struct ManualClockTests {
    private let start = FiscalInstant(secondsSinceEpoch: 1_780_000_000)

    @Test("Time that passes moves the wall clock and the monotonic time alike")
    func advance() async throws {
        let clock = ManualClock(self.start)
        let begin = clock.elapsed()
        clock.advance(by: .seconds(3))
        try await clock.sleep(for: .milliseconds(500))
        try await clock.sleep(until: clock.now() + .seconds(2))
        #expect(clock.now() == self.start + .milliseconds(5500))
        #expect(clock.elapsed() - begin == .milliseconds(5500))
    }

    @Test("Setting the wall clock, forward or back, is no time passing")
    func set() {
        let clock = ManualClock(self.start)
        let begin = clock.elapsed()
        clock.set(self.start + .seconds(3600))
        #expect(clock.elapsed() == begin)
        clock.set(self.start - .seconds(3600))
        clock.advance(by: .seconds(-3600))
        #expect(clock.elapsed() == begin)
        #expect(clock.now() == self.start - .seconds(7200))
    }

    @Test("A moment that has passed and a duration below zero are slept through at once")
    func nothingToSleep() async throws {
        let clock = ManualClock(self.start)
        try await clock.sleep(until: self.start - .seconds(1))
        try await clock.sleep(for: .zero)
        try await clock.sleep(for: .seconds(-1))
        #expect(clock.now() == self.start)
        #expect(clock.elapsed() == .zero)
    }

    @Test("A cancelled task does not sleep")
    func cancelled() async {
        let clock = ManualClock(self.start)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await clock.sleep(for: .seconds(1))
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(clock.elapsed() == .zero)
    }
}
