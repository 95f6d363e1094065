public import FiscalCore

/// One of the two schedules of a register: when its next time comes (section 2.2.4).
///
/// Times lie on a grid that begins when the schedule is set, so that nothing drifts, however late each one is carried out.
/// Times that passed while the register was off are made up for by one.
public struct ScheduleTimer: Sendable, Hashable, Codable {
    /// The time between two slots.
    public private(set) var interval: Duration
    /// The next slot.
    public private(set) var next: FiscalInstant

    /// - Parameters:
    ///   - interval: 60 to 2678400 seconds.
    ///   - start: when the schedule was set.
    ///   - firstAtOnce: whether the first slot is the start itself, or one interval later.
    public init(every interval: Duration, from start: FiscalInstant, firstAtOnce: Bool) {
        self.interval = max(interval, .seconds(1))
        self.next = firstAtOnce ? start : start + self.interval
    }

    /// Whether a slot has come. A clock that was set back by more than an interval does not hold a register up: the slot
    /// counts as come.
    public func isDue(at now: FiscalInstant) -> Bool { now >= self.next || self.next - now > self.interval }

    /// When the next slot comes, as the clock stands now.
    public func nextDue(at now: FiscalInstant) -> FiscalInstant {
        self.isDue(at: now) ? min(now, self.next) : self.next
    }

    /// The slot was carried out; the next one lies on the grid and behind `now`.
    public mutating func fired(at now: FiscalInstant) {
        guard self.isDue(at: now) else { return }
        guard now >= self.next else {
            // The clock went back: the grid begins anew.
            self.next = now + self.interval
            return
        }
        let step = self.interval.wholeMilliseconds
        let missed = (now - self.next).wholeMilliseconds / max(step, 1)
        let (ahead, overflow) = (missed + 1).multipliedReportingOverflow(by: step)
        self.next = overflow ? now + self.interval : self.next + .milliseconds(ahead)
    }
}
