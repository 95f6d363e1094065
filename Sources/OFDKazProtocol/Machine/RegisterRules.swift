public import FiscalCore

/// The configurable numbers of the register (sections 5 and 5.2, decisions K20 to K23).
public struct RegisterRules: Sendable, Hashable {
    public let edition: Edition
    /// One budget for all attempts of one request while ONLINE, at least 5 s.
    public let transactionTime: Duration
    /// Between attempts while OFFLINE or SERVER-BLOCKED, at least 60 s.
    public let reconnectInterval: Duration
    /// Between attempts within the transaction time.
    public let retryPause: Duration
    /// How long after its first document a shift may take new ones; nil for no limit.
    public let shiftLimit: Duration?
    /// How old the oldest unsent document may be for new ones to be issued; nil for no limit.
    public let offlineLimit: Duration?
    /// How many messages may wait; a full queue refuses new ones and never drops one.
    public let queueLimit: Int

    /// - Throws: `InvalidField` when a number is below its floor, or the edition is none that a register sends.
    public init(
        edition: Edition = .v203, transactionTime: Duration = .seconds(5), reconnectInterval: Duration = .seconds(60),
        retryPause: Duration = .milliseconds(500), shiftLimit: Duration? = .seconds(24 * 3600),
        offlineLimit: Duration? = .seconds(72 * 3600), queueLimit: Int = 100_000
    ) throws(InvalidField) {
        guard Edition.sendable.contains(edition) else {
            throw InvalidField("edition", .oneOf, limit: "202, 203, 204")
        }
        guard transactionTime >= .seconds(5) else {
            throw InvalidField("transactionTime", .range, limit: "at least 5 s")
        }
        guard reconnectInterval >= .seconds(60) else {
            throw InvalidField("reconnectInterval", .range, limit: "at least 60 s")
        }
        guard retryPause >= .zero else { throw InvalidField("retryPause", .range, limit: "not negative") }
        guard shiftLimit.map({ $0 > .zero }) ?? true else {
            throw InvalidField("shiftLimit", .range, limit: "positive")
        }
        guard offlineLimit.map({ $0 > .zero }) ?? true else {
            throw InvalidField("offlineLimit", .range, limit: "positive")
        }
        guard queueLimit > 0 else { throw InvalidField("queueLimit", .range, limit: "positive") }
        self.edition = edition
        self.transactionTime = transactionTime
        self.reconnectInterval = reconnectInterval
        self.retryPause = retryPause
        self.shiftLimit = shiftLimit
        self.offlineLimit = offlineLimit
        self.queueLimit = queueLimit
    }
}
