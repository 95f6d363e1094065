import FiscalCore

/// How the outbox repeats by itself.
public struct ResendPolicy: Sendable, Hashable {
    /// Pause after the first failure, in milliseconds; doubled after each further one.
    public var firstPauseMilliseconds: Int64
    /// The longest pause, in milliseconds.
    public var longestPauseMilliseconds: Int64
    /// How often a sale that was answered 8 is repeated by itself before it is held.
    public var repeatsAfterNotProcessed: Int

    public init(
        firstPause: Duration = .seconds(60), longestPause: Duration = .seconds(30 * 60),
        repeatsAfterNotProcessed: Int = 5
    ) {
        self.firstPauseMilliseconds = max(0, firstPause.wholeMilliseconds)
        self.longestPauseMilliseconds = max(0, longestPause.wholeMilliseconds)
        self.repeatsAfterNotProcessed = max(0, repeatsAfterNotProcessed)
    }

    /// The pause after so many failures in a row (1 or more).
    func pause(afterFailures count: Int) -> Duration {
        let doublings = min(max(0, count - 1), 40)
        let (pause, overflow) = self.firstPauseMilliseconds.multipliedReportingOverflow(by: 1 << doublings)
        return .milliseconds(overflow ? self.longestPauseMilliseconds : min(pause, self.longestPauseMilliseconds))
    }
}
