public import FiscalCore

/// How the submission of a receipt ended.
public typealias FermaOutcome = Outcome<FermaRegistered, FermaPending, FermaRefused, FermaUnknown>

/// What every outcome knows about its sale.
public struct FermaFacts: Sendable, Hashable {
    public var identity: RequestIdentity
    /// What the lines of the request come to.
    public var total: Money?
    /// From the test environment: nothing of it is fiscal.
    public var isTest: Bool
    /// How many requests were handed to the network.
    public var attempts: Int
    /// When repeating by itself ends; nil when nothing has left yet.
    public var repeatsEnd: FiscalInstant?
    /// The refused request that this one corrects.
    public var corrects: RequestIdentity?
    /// The request that took the place of this one.
    public var correctedBy: RequestIdentity?
}

/// The document exists.
public struct FermaRegistered: Sendable, Hashable {
    public var facts: FermaFacts
    public var document: FiscalDocument
    /// What in the answer does not fit the rest of it or the request (decision F8). It undoes nothing.
    public var inconsistencies: [Inconsistency]
    /// Whether it was known already and nothing was sent now.
    public var isFromJournal: Bool
}

/// Why a sale is not settled.
public enum FermaWaiting: Sendable, Hashable {
    /// Nothing was sent yet: new sales are held back (``FermaStop``).
    case kept
    /// A request is under way.
    case sending
    /// It goes out by itself at this instant.
    case until(FiscalInstant)
    /// It goes out by a person's word only.
    case held(HoldReason)
    /// A person closed it: it is not sent.
    case closed(FermaDecision)
}

/// The sale is kept, and no document exists. Nothing is handed out yet.
public struct FermaPending: Sendable, Hashable {
    public var facts: FermaFacts
    public var waiting: FermaWaiting
    /// The last answer with a code; nil when none came.
    public var answer: FermaAnswer?
    /// Whether the last attempt got no answer at all.
    public var isUnanswered: Bool
    /// What happened last, for the operator: the service's words where it spoke.
    public var text: String
}

/// The service or the device refused it, and no document exists. Nothing goes out by itself; a person may correct it.
public struct FermaRefused: Sendable, Hashable {
    public var facts: FermaFacts
    /// The refusal.
    public var answer: FermaAnswer
    public var text: String
}

/// The document may exist. Only the same request may be repeated, and a second one is refused; nothing is handed out.
public struct FermaUnknown: Sendable, Hashable {
    public var facts: FermaFacts
    public var waiting: FermaWaiting
    /// The last answer with a code; nil when none came.
    public var answer: FermaAnswer?
    /// Whether the last attempt got no answer at all.
    public var isUnanswered: Bool
    /// What happened last, for the operator: the service's words where it spoke.
    public var text: String
}

extension Outcome
where
    Registration == FermaRegistered, Pending == FermaPending, Refusal == FermaRefused, Question == FermaUnknown
{
    /// What every outcome knows about its sale.
    public var facts: FermaFacts {
        switch self.state {
        case .registered(let registered): registered.facts
        case .pending(let pending): pending.facts
        case .refused(let refused): refused.facts
        case .unknown(let unknown): unknown.facts
        }
    }

    /// The fiscal document, when it exists.
    public var document: FiscalDocument? {
        if case .registered(let registered) = self.state { return registered.document }
        return nil
    }

    /// What it waits for; nil when it is settled.
    public var waiting: FermaWaiting? {
        switch self.state {
        case .pending(let pending): pending.waiting
        case .unknown(let unknown): unknown.waiting
        case .registered, .refused: nil
        }
    }

    /// Whether only a person's word sends it again.
    public var needsPerson: Bool {
        switch self.state {
        case .refused(let refused): refused.facts.correctedBy == nil
        case .pending, .unknown: if case .held = self.waiting { true } else { false }
        case .registered: false
        }
    }
}
