import FiscalCore

/// When an outage begins and when it ends.
///
/// A TSE that does not answer and one that answers no are two outages: the first ends with any answer, the second only
/// when the TSE has done again what it refused. A TSE that answers and falls silent again has had two outages.
struct OutageWatch: Sendable, Hashable, Codable {
    /// The outage that lasts.
    private(set) var current: Outage?
    private(set) var lastSequence: Int64 = 0
    private(set) var lastEnd: FiscalInstant?

    /// Whether the outage that lasts is one of silence: a call has to find out first whether the TSE is there.
    var isSilent: Bool { self.current.map { !Self.wasAnswered($0.reason) } ?? false }

    /// A call failed.
    /// - Returns: the outages that changed, an ended one first.
    mutating func failed(
        _ failure: TSEFailure, calledAt: FiscalInstant, now: FiscalInstant, tseSerial: String
    ) -> [Outage] {
        var changed: [Outage] = []
        if let current = self.current, Self.wasAnswered(current.reason) != Self.wasAnswered(failure.code) {
            changed += self.ended(at: now)
        }
        if var current = self.current {
            if current.failures < .max { current.failures += 1 }
            self.current = current
            return changed + [current]
        }
        self.lastSequence += 1
        // What was answered meanwhile lies before: two outages do not overlap.
        let begin = max(min(calledAt, now), self.lastEnd ?? calledAt)
        let outage = Outage(
            sequence: self.lastSequence, begin: begin, end: nil, reason: failure.code, detail: failure.detail,
            tseSerial: tseSerial, failures: 1)
        self.current = outage
        return changed + [outage]
    }

    /// The TSE answered a question.
    mutating func answered(at now: FiscalInstant) -> [Outage] {
        self.isSilent ? self.ended(at: now) : []
    }

    /// The TSE answered with its numbers: with room again for a transaction, its limit is no reason any more.
    mutating func answered(_ status: TSEStatus, at now: FiscalInstant) -> [Outage] {
        if let current = self.current, current.reason == .transactionLimit, let limit = status.maximumOpenTransactions,
            status.openTransactions < limit
        {
            return self.ended(at: now)
        }
        return self.answered(at: now)
    }

    /// The TSE started or finished a transaction.
    mutating func succeeded(at now: FiscalInstant) -> [Outage] { self.ended(at: now) }

    private mutating func ended(at now: FiscalInstant) -> [Outage] {
        guard var outage = self.current else { return [] }
        // A clock that was set back must not end an outage before it began.
        outage.end = max(now, outage.begin)
        self.current = nil
        self.lastEnd = outage.end
        return [outage]
    }

    private static func wasAnswered(_ code: TSEFailure.Code) -> Bool {
        TSEFailure(code).isRefusal || code == .badSignature
    }
}
