import FiscalCore

/// How the client repeats by itself, always under the same request identifier (decisions F4, F5).
public struct RepeatPolicy: Sendable, Hashable {
    /// Pause after the first failure, in milliseconds; doubled after each further one.
    public var firstPauseMilliseconds: Int64
    /// The longest pause, in milliseconds.
    public var longestPauseMilliseconds: Int64
    /// How long after the first sending, in milliseconds. The server keeps its answer for 31 days at least; after that
    /// the same identifier could print a second receipt.
    public let lifeMilliseconds: Int64

    /// Thirty days: the longest ``lifeMilliseconds``.
    public static let longestLife = Duration.seconds(30 * 24 * 3600)

    /// - Parameter life: more than ``longestLife`` is cut to it.
    public init(
        firstPause: Duration = .seconds(5), longestPause: Duration = .seconds(15 * 60),
        life: Duration = Self.longestLife
    ) {
        self.firstPauseMilliseconds = max(0, firstPause.wholeMilliseconds)
        self.longestPauseMilliseconds = max(0, longestPause.wholeMilliseconds)
        self.lifeMilliseconds = min(max(0, life.wholeMilliseconds), Self.longestLife.wholeMilliseconds)
    }

    /// The pause after so many failures in a row (1 or more).
    func pause(afterFailures count: Int) -> Duration {
        let doublings = min(max(0, count - 1), 40)
        let (pause, overflow) = self.firstPauseMilliseconds.multipliedReportingOverflow(by: 1 << doublings)
        return .milliseconds(overflow ? self.longestPauseMilliseconds : min(pause, self.longestPauseMilliseconds))
    }

    /// From when on a person has to decide.
    func end(firstSentAt first: FiscalInstant) -> FiscalInstant {
        first + .milliseconds(self.lifeMilliseconds)
    }
}
