import FiscalCore
import FiscalTestSupport
import Foundation
import Testing

@testable import CRKProtocol

/// What a schedule should do: the grid, and the last slot that was carried out.
private struct Grid {
    var anchor: FiscalInstant
    var interval: Int64
    /// Number of the next slot; slot 0 is the anchor.
    var next: Int64

    init(anchor: FiscalInstant, seconds: Int64, firstAtOnce: Bool) {
        self.anchor = anchor
        self.interval = seconds * 1000
        self.next = firstAtOnce ? 0 : 1
    }

    func time(_ slot: Int64) -> FiscalInstant { self.anchor + .milliseconds(slot * self.interval) }

    func isDue(at now: FiscalInstant) -> Bool {
        // Only a clock that went back brings the next slot further away than one interval.
        now >= self.time(self.next) || self.time(self.next) - now > .milliseconds(self.interval)
    }

    /// Carries out the slot that is due; says whether the clock had gone back.
    mutating func fire(at now: FiscalInstant) -> Bool {
        guard now >= self.time(self.next) else {
            self.anchor = now
            self.next = 1
            return true
        }
        while self.time(self.next) <= now { self.next += 1 }
        return false
    }
}

@Suite("A year of both schedules, with changes, a clock that is set, and restarts")
struct ScheduleYearTests {
    private static let intervals: [Int64] = [60, 61, 600, 1_800, 7_200, 86_400, 2_678_400]

    @Test(
        "No schedule drifts, none fires twice for a slot, none misses the first slot behind the present",
        arguments: [1, 2, 3, 4] as [UInt64])
    func year(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let start = FiscalInstant(secondsSinceEpoch: 1_800_000_000)
        var now = start
        var state = RegisterState(unit: try UniqueNumber("ZTE1701000901"))
        var (send, check): (Int64, Int64) = (7_200, 1_800)
        state.apply(try ScheduleTimerTests.timetable(send, check), from: nil, at: now)
        var shipping: Grid? = Grid(anchor: now, seconds: send, firstAtOnce: false)
        var polling = Grid(anchor: now, seconds: check, firstAtOnce: true)
        var elapsed: Int64 = 0
        var fired = 0
        while elapsed < 365 * 86_400_000 {
            switch Int.random(in: 0..<1_000, using: &random) {
            case 0..<4:
                (send, check) = (random.pick([-1, 0] + Self.intervals), random.pick(Self.intervals))
                let before = state
                state.apply(try ScheduleTimerTests.timetable(send, check), from: "order", at: now)
                if before.settings.timetable?.sendFreqEventHub.number != Int32(send) {
                    shipping = send > 0 ? Grid(anchor: now, seconds: send, firstAtOnce: false) : nil
                }
                if before.settings.timetable?.checkFreqWebApi.seconds != Int32(check) {
                    polling = Grid(anchor: now, seconds: check, firstAtOnce: false)
                }
            case 4..<8: now = now - .milliseconds(Int64.random(in: 0...7_200_000, using: &random))
            case 8..<12: now = now + .milliseconds(Int64.random(in: 0...86_400_000, using: &random))
            case 12..<20:
                state = try JSONDecoder().decode(RegisterState.self, from: JSONEncoder().encode(state))
            default:
                // Sleeps until something is due, and wakes up late.
                let timers = [state.shipping, state.polling].compactMap { $0 }
                let due = try #require(timers.map { $0.nextDue(at: now) }.min())
                let late = Int64.random(in: 0...(random.chance(5) ? 200_000 : 900), using: &random)
                let next = max(due, now) + .milliseconds(late)
                elapsed += (next - now).wholeMilliseconds
                now = next
            }
            fired += Self.fire(&state.polling, &polling, at: now)
            if var grid = shipping {
                fired += Self.fire(&state.shipping, &grid, at: now)
                shipping = grid
            }
            #expect((state.shipping == nil) == (shipping == nil))
            // Carried out now, nothing is due again now.
            #expect(state.polling?.isDue(at: now) == false)
            #expect(state.shipping?.isDue(at: now) != true)
        }
        #expect(fired > 300)
    }

    private static func fire(_ timer: inout ScheduleTimer?, _ grid: inout Grid, at now: FiscalInstant) -> Int {
        let isDue = grid.isDue(at: now)
        #expect(timer?.isDue(at: now) == isDue)
        #expect(timer?.next == grid.time(grid.next), "off the grid")
        if let due = timer?.nextDue(at: now) { #expect((due <= now) == isDue) }
        guard isDue else { return 0 }
        timer?.fired(at: now)
        _ = grid.fire(at: now)
        #expect(timer?.next == grid.time(grid.next), "off the grid")
        return 1
    }
}
