public import FiscalCore

/// How the submission of a sale ended.
public typealias EETOutcome = Outcome<EETRegistered, EETPending, EETRefused, EETUnknown>

/// What every outcome knows about its sale.
public struct EETFacts: Sendable, Hashable {
    public var identity: SaleIdentity
    public var data: SaleData
    /// PKP and BKP (v3).
    public var codes: SecurityCodes?
    /// The last message about the sale, or nil when none was made yet. To be kept, never printed.
    public var uuid: String?
    /// By when the sale has to be reported; a later one is still sent.
    public var deadline: FiscalInstant
    /// Whether the deadline had passed.
    public var isOverdue: Bool
}

/// The authority has the sale.
public struct EETRegistered: Sendable, Hashable {
    public var facts: EETFacts
    public var registration: Registration
    /// Whether it was known already and nothing was sent now.
    public var isFromJournal: Bool
}

/// The sale is kept and the authority does not have it.
public struct EETPending: Sendable, Hashable {
    public enum Reason: Sendable, Hashable {
        /// Nothing was sent yet: simplified regime.
        case notSentYet
        /// It waits for its next attempt.
        case waiting(WaitingReason)
        /// It is sent again only by a person's word.
        case held(Chyba)
        /// A message is under way.
        case sending
        /// A person closed it: it is not sent.
        case closed(Decision)
    }
    public var facts: EETFacts
    public var reason: Reason
    /// The authority's or the module's code (row 6 of `eetout.txt`).
    public var code: EETResultCode?
    /// When the outbox sends it again; nil when a person has to say so.
    public var nextAttempt: FiscalInstant?
    /// What happened, in the authority's words where it spoke.
    public var text: String
}

/// The authority refused these data; out of the queue, in the journal until it is corrected or closed.
public struct EETRefused: Sendable, Hashable {
    public var facts: EETFacts
    public var code: Chyba
    public var text: String
    public var warnings: [Warning]
}

/// The authority may have the sale; the outbox sends it again with the same data and codes.
public struct EETUnknown: Sendable, Hashable {
    public var facts: EETFacts
    public var failure: AttemptFailure?
    /// The module's code (row 6 of `eetout.txt`).
    public var code: EETResultCode
    public var nextAttempt: FiscalInstant?
    public var text: String
}

/// How a verification ended. It never registers a sale.
public struct EETVerification: Sendable, Hashable {
    public enum Result: Sendable, Hashable {
        /// The authority found the data right (code 0).
        case passed
        /// The authority found a fault.
        case chyba(Chyba, text: String)
        /// No usable answer.
        case failed(AttemptFailure, detail: String)
    }
    public var result: Result
    public var warnings: [Warning]
    /// PKP and BKP of the data (v3).
    public var codes: SecurityCodes?
    public var uuid: String

    /// Row 6 of `eetout.txt`.
    public var code: EETResultCode {
        switch self.result {
        case .passed: .server(.verified)
        case .chyba(let chyba, _): .server(chyba)
        case .failed(let failure, _): .module(failure.moduleCode)
        }
    }
}

extension Outcome
where Registration == EETRegistered, Pending == EETPending, Refusal == EETRefused, Question == EETUnknown {
    /// What every outcome knows about its sale.
    public var facts: EETFacts {
        switch self.state {
        case .registered(let registered): registered.facts
        case .pending(let pending): pending.facts
        case .refused(let refused): refused.facts
        case .unknown(let unknown): unknown.facts
        }
    }

    /// Row 6 of `eetout.txt`: nil when the sale is registered or nothing was sent.
    public var code: EETResultCode? {
        switch self.state {
        case .registered: nil
        case .pending(let pending): pending.code
        case .refused(let refused): .server(refused.code)
        case .unknown(let unknown): unknown.code
        }
    }

    /// FIK or POK, when the authority has the sale.
    public var confirmationCode: String? {
        if case .registered(let registered) = self.state { return registered.registration.code }
        return nil
    }
}
