/// The host's clock. The libraries read no clock of their own.
///
/// It shows two times. The wall clock (``now()``) is what documents carry and what limits of hours and days go by; it
/// jumps when somebody sets it. The monotonic time (``elapsed()``) is what a budget of seconds goes by; nothing sets it.
public protocol FiscalClock: Sendable {
    /// The present instant (wall-clock time: deadlines of hours and days outlive a restart).
    func now() -> FiscalInstant

    /// Returns at or after `instant` by the wall clock, at once when that has passed.
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    func sleep(until instant: FiscalInstant) async throws

    /// Time since a moment that stays the same as long as this process runs. It never goes back, and setting the wall
    /// clock does not move it; only differences mean something, and none outlives a restart.
    func elapsed() -> Duration

    /// Returns when ``elapsed()`` has grown by `duration` or more, at once for zero and below.
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    func sleep(for duration: Duration) async throws
}
