/// The host's clock. The libraries read no clock of their own.
public protocol FiscalClock: Sendable {
    /// The present instant (wall-clock time: deadlines of hours and days outlive a restart).
    func now() -> FiscalInstant

    /// Returns at or after `instant`, at once when that has passed.
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    func sleep(until instant: FiscalInstant) async throws
}
