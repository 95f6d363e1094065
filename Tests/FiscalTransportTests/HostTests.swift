import FiscalCore
import FiscalTransport
import Foundation
import Testing

@Suite("The machine's clock and random source") struct HostTests {
    @Test("The clock shows the machine's time in milliseconds")
    func now() {
        let before = Date().timeIntervalSince1970 * 1000
        let now: FiscalInstant = (.system as SystemClock).now()
        let after = Date().timeIntervalSince1970 * 1000
        #expect(Double(now.millisecondsSinceEpoch) >= before.rounded(.down))
        #expect(Double(now.millisecondsSinceEpoch) <= after)
    }

    @Test("Sleeping ends at the instant or after it, and at once when that has passed")
    func sleep() async throws {
        let clock = SystemClock()
        let instant = clock.now() + .milliseconds(20)
        try await clock.sleep(until: instant)
        #expect(clock.now() >= instant)
        try await clock.sleep(until: instant)
        try await clock.sleep(until: FiscalInstant(millisecondsSinceEpoch: .min))
    }

    @Test("The monotonic time is the machine's, not the wall clock, and never goes back")
    func elapsed() {
        func machine() -> Duration {
            var time = timespec()
            clock_gettime(CLOCK_MONOTONIC, &time)
            return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
        }
        let clock = SystemClock()
        var last = machine()
        for _ in 0..<1000 {
            let elapsed = clock.elapsed()
            #expect(elapsed >= last)
            last = machine()
            #expect(elapsed <= last)
        }
    }

    @Test("Sleeping for a duration lasts as long by the monotonic time, and no time for zero and below")
    func sleepFor() async throws {
        let clock = SystemClock()
        let begin = clock.elapsed()
        try await clock.sleep(for: .milliseconds(20))
        #expect(clock.elapsed() - begin >= .milliseconds(20))
        try await clock.sleep(for: .zero)
        try await clock.sleep(for: .seconds(Int64.min))
    }

    @Test("A cancelled task does not sleep on")
    func cancelledSleep() async {
        let clock = SystemClock()
        let until = Task { try await clock.sleep(until: FiscalInstant(millisecondsSinceEpoch: .max)) }
        let whole = Task { try await clock.sleep(for: .seconds(Int64.max)) }
        until.cancel()
        whole.cancel()
        await #expect(throws: CancellationError.self) { try await until.value }
        await #expect(throws: CancellationError.self) { try await whole.value }
    }

    @Test("Random bytes come in the number asked for and differ", arguments: [0, 1, 7, 8, 9, 16, 1000])
    func random(_ count: Int) {
        let source = SystemRandomSource()
        let (first, second) = (source.bytes(count: count), source.bytes(count: count))
        #expect(first.count == count)
        if count >= 16 { #expect(first != second) }
    }

    @Test("Random bytes use all values, and random identifiers are UUIDs of version 4")
    func distribution() throws {
        let source: SystemRandomSource = .system
        // Each value is missing with probability (255/256)^20000, which is 1e-34.
        #expect(Set(source.bytes(count: 20_000)).count == 256)
        let uuid = try #require(UUID(uuidString: source.uuid()))
        #expect(uuid.uuid.6 >> 4 == 4 && uuid.uuid.8 >> 6 == 2)
    }
}
