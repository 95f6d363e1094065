public import FiscalCore

/// Why no usable answer came (decision E11). All are repeated alike; only the operator's hint differs.
public enum AttemptFailure: String, Sendable, Hashable, Codable, CaseIterable {
    /// No connection, or TLS not established: nothing was sent.
    case unreachable
    /// The time limit ran out before anything was sent.
    case deadlineBeforeSending
    /// The time limit ran out; the authority may have the message.
    case deadline
    /// Connected, but no usable answer; the authority may have the message.
    case noUsableAnswer

    /// The code of `eetout.txt`.
    public var moduleCode: ModuleCode {
        switch self {
        case .unreachable: .internetUnavailable
        case .deadlineBeforeSending, .deadline: .timeout
        case .noUsableAnswer: .noAnswer
        }
    }

    /// Whether the authority may have accepted the sale.
    public var mayHaveArrived: Bool {
        switch self {
        case .unreachable, .deadlineBeforeSending: false
        case .deadline, .noUsableAnswer: true
        }
    }
}

/// Why a sale waits in the outbox.
public enum WaitingReason: Sendable, Hashable, Codable {
    case failed(AttemptFailure)
    /// The authority answered −1 or 8.
    case answered(Chyba)
    /// The process ended while the message was under way.
    case interrupted
    /// A person released it.
    case released
}

/// What the authority confirmed.
public struct Registration: Sendable, Hashable, Codable {
    /// The authority's code: FIK (v3) or POK (v4), 39 characters.
    public var code: String
    public var edition: Edition
    /// The message that was confirmed. Kept, never printed.
    public var uuid: String
    /// When the authority received it (`dat_prij`), as on the wire.
    public var receivedAt: String
    /// From the playground: not an official record.
    public var isTest: Bool
    public var warnings: [Warning]

    public init(
        code: String, edition: Edition, uuid: String, receivedAt: String, isTest: Bool, warnings: [Warning] = []
    ) {
        self.code = code
        self.edition = edition
        self.uuid = uuid
        self.receivedAt = receivedAt
        self.isTest = isTest
        self.warnings = warnings
    }

    /// Whether the sale counts: recorded in production.
    public var isOfficiallyRecorded: Bool { !self.isTest }
}

/// A person's word about a sale, kept in the journal.
public struct Decision: Sendable, Hashable, Codable {
    public var by: String
    public var because: String
    public var at: FiscalInstant

    public init(by: String, because: String, at: FiscalInstant) {
        self.by = by
        self.because = because
        self.at = at
    }
}

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

/// By when a sale has to be reported, counted from `dat_trzby` (decision E16). Later ones are reported and still sent.
public struct ReportingDeadlines: Sendable, Hashable {
    /// Regular regime and v4: 48 hours.
    public var regular: Duration
    /// Simplified regime: 5 days.
    public var simplified: Duration

    public init(regular: Duration = .seconds(48 * 3600), simplified: Duration = .seconds(5 * 24 * 3600)) {
        self.regular = regular
        self.simplified = simplified
    }

    /// The last instant at which the sale is in time.
    public func deadline(for data: SaleData) -> FiscalInstant {
        data.instant + (data.isSimplified ? self.simplified : self.regular)
    }
}
