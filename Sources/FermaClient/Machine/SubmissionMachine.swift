public import FiscalCore

/// The life of one sale between the till and the cash register in the cloud: what may be sent, and what an answer means.
///
/// Events come in, actions go out; the host stores the machine before it carries an action out. All transitions stand
/// in this file. The rules are decisions F1 and F3–F6: a sale has one request identifier and one body, which are
/// repeated unchanged; once an attempt may have reached the device, only a document or a definite refusal under that
/// identifier settles it; a second identifier exists only by a person's word, after a definite refusal.
public struct SubmissionMachine: Sendable, Hashable, Codable {
    public enum State: Sendable, Hashable, Codable {
        /// Stored; nothing was sent yet.
        case kept
        /// A request is under way; after a crash it counts as sent with unknown outcome. `wasHeld` is set when a person
        /// had it sent, and is what it goes back to when no readable answer comes.
        case sending(attempt: Int, wasHeld: HoldReason?)
        /// Goes out by itself at `due`.
        case waiting(due: FiscalInstant)
        /// Goes out by a person's word only.
        case held(HoldReason)
        /// Definitely refused: there is no document.
        case refused
        /// The document exists.
        case registered
        /// A person put a corrected receipt in its place: never sent again.
        case corrected(FermaDecision)
        /// A person decided that it is not to be sent.
        case closed(FermaDecision)
    }

    /// What is known about the fiscal document of this request.
    public enum Document: String, Sendable, Hashable, Codable, CaseIterable {
        /// No byte of the request has left, so there is none.
        case notSent
        /// The last answer proves that there is none.
        case refuted
        /// An attempt may have made it.
        case mayExist
        case exists
    }

    public private(set) var state: State
    public private(set) var document: Document
    /// How many requests were handed to the network; also the number of the last one.
    public private(set) var attempts: Int
    /// When the first request left of which a byte may have arrived; the end of the repeats is counted from it.
    public private(set) var firstSentAt: FiscalInstant?
    /// Attempts without a final answer in a row: sets the pause before the next.
    private var failures: Int

    public init() {
        self.state = .kept
        self.document = .notSent
        self.attempts = 0
        self.firstSentAt = nil
        self.failures = 0
    }

    // MARK: Sending

    public enum Requester: Sendable, Hashable, CaseIterable {
        /// The till submitted the sale, perhaps again.
        case till
        /// Something looked at what is due.
        case schedule
        /// A person asked for it.
        case person
    }

    public enum AttemptAction: Sendable, Hashable {
        /// Store, then send the stored body.
        case send(attempt: Int)
        /// Not now, or not without a person.
        case notDue
        /// The time of repeating is over: store, and ask a person.
        case ranOut
        /// It is settled: nothing is sent.
        case settled
        /// A person closed it.
        case closed
        /// A request is under way.
        case alreadySending
    }

    /// Somebody wants the request sent.
    public mutating func attemptRequested(
        by requester: Requester, now: FiscalInstant, policy: RepeatPolicy = RepeatPolicy()
    ) -> AttemptAction {
        let next = self.attempts + 1
        let action: AttemptAction
        (self.state, action) =
            switch (self.state, requester) {
            case (.kept, _): (.sending(attempt: next, wasHeld: nil), .send(attempt: next))
            case (.waiting(let due), .schedule) where due > now: (self.state, .notDue)
            case (.waiting, .till) where self.ranOut(at: now, policy),
                (.waiting, .schedule) where self.ranOut(at: now, policy):
                (.held(.repeatsRanOut), .ranOut)
            case (.waiting, .person) where self.ranOut(at: now, policy):
                (.sending(attempt: next, wasHeld: .repeatsRanOut), .send(attempt: next))
            case (.waiting, _): (.sending(attempt: next, wasHeld: nil), .send(attempt: next))
            case (.held(let reason), .person): (.sending(attempt: next, wasHeld: reason), .send(attempt: next))
            case (.refused, .person), (.closed, .person):
                (.sending(attempt: next, wasHeld: .personsAttemptFailed), .send(attempt: next))
            case (.held, _): (self.state, .notDue)
            case (.refused, _), (.registered, _), (.corrected, _): (self.state, .settled)
            case (.closed, .till): (self.state, .closed)
            case (.closed, .schedule): (self.state, .notDue)
            case (.sending, _): (self.state, .alreadySending)
            }
        if case .send(let attempt) = action {
            self.attempts = attempt
            self.firstSentAt = self.firstSentAt ?? now
            if requester == .person { self.failures = 0 }
        }
        return action
    }

    private func ranOut(at now: FiscalInstant, _ policy: RepeatPolicy) -> Bool {
        self.firstSentAt.map { now >= policy.end(firstSentAt: $0) } ?? false
    }

    // MARK: Ending of an attempt

    public enum EndingAction: Sendable, Hashable {
        /// The document exists: give out its data.
        case registered
        /// It was known before; the first answer stands.
        case alreadyRegistered
        case retry(at: FiscalInstant)
        case askPerson(HoldReason)
        case refuse
        /// A document exists although a definite answer had said otherwise and a correction took its place.
        case contradiction
        /// The sale went another way meanwhile; the ending is only kept.
        case none
    }

    /// The attempt with this number ended.
    public mutating func attemptEnded(
        _ attempt: Int, _ ending: AttemptEnding, now: FiscalInstant, policy: RepeatPolicy = RepeatPolicy()
    ) -> EndingAction {
        let action: EndingAction
        (self.state, self.document, action) =
            switch (self.state, ending) {
            case (.registered, _): (.registered, .exists, .alreadyRegistered)
            case (.corrected, .fiscalised): (self.state, .exists, .contradiction)
            case (_, .fiscalised): (.registered, .exists, .registered)
            case (.sending(attempt, let wasHeld), .answered(let word, let repeats, let isFatal)):
                self.answered(word, repeats: repeats, isFatal: isFatal, wasHeld: wasHeld, now: now, policy)
            case (.sending(attempt, let wasHeld), .unreadable):
                self.unanswered(.mayExist, wasHeld: wasHeld, now: now, policy)
            case (.sending(attempt, let wasHeld), .notDelivered):
                self.unanswered(self.document, wasHeld: wasHeld, now: now, policy)
            case (.sending, _), (.kept, _), (.waiting, _), (.held, _), (.refused, _), (.corrected, _), (.closed, _):
                (self.state, self.document, .none)
            }
        switch action {
        case .retry: self.failures += 1
        case .registered, .refuse, .askPerson: self.failures = 0
        case .alreadyRegistered, .contradiction, .none: return action
        }
        // What never left was no first sending.
        if self.document == .notSent { self.firstSentAt = nil }
        return action
    }

    private typealias Next = (State, Document, EndingAction)

    private func answered(
        _ word: RetryWord, repeats: Bool, isFatal: Bool, wasHeld: HoldReason?, now: FiscalInstant,
        _ policy: RepeatPolicy
    ) -> Next {
        let isUnknown = self.document == .mayExist
        switch word {
        case .fixThenNewId: return (.refused, .refuted, .refuse)
        case .never where isUnknown:
            return (.held(.refusedWhileUnknown), .mayExist, .askPerson(.refusedWhileUnknown))
        case .never: return (.refused, .refuted, .refuse)
        case .laterSameId, .sameId:
            return self.repeated(isUnknown ? .mayExist : .refuted, repeats, isFatal, now: now, policy)
        case .waitSameId, .unknownStateSameIdOnly: return self.repeated(.mayExist, repeats, isFatal, now: now, policy)
        // A code that says "done" without a document is no answer.
        case .none: return self.unanswered(.mayExist, wasHeld: wasHeld, now: now, policy)
        }
    }

    private func repeated(
        _ document: Document, _ repeats: Bool, _ isFatal: Bool, now: FiscalInstant, _ policy: RepeatPolicy
    ) -> Next {
        guard repeats, !isFatal else {
            let reason: HoldReason = isFatal ? .fatal : .notSafe
            return (.held(reason), document, .askPerson(reason))
        }
        return self.wait(document, now: now, policy)
    }

    /// What a person had sent goes back to him; everything else is repeated.
    private func unanswered(
        _ document: Document, wasHeld: HoldReason?, now: FiscalInstant, _ policy: RepeatPolicy
    ) -> Next {
        if let wasHeld { return (.held(wasHeld), document, .askPerson(wasHeld)) }
        return self.wait(document, now: now, policy)
    }

    private func wait(_ document: Document, now: FiscalInstant, _ policy: RepeatPolicy) -> Next {
        let due = now + policy.pause(afterFailures: self.failures + 1)
        if document != .notSent, self.ranOut(at: due, policy) {
            return (.held(.repeatsRanOut), document, .askPerson(.repeatsRanOut))
        }
        return (.waiting(due: due), document, .retry(at: due))
    }

    // MARK: Restart, and a person's word

    /// The process starts again: a request that was under way may have arrived.
    public mutating func restarted(now: FiscalInstant, policy: RepeatPolicy = RepeatPolicy()) {
        guard case .sending(_, let wasHeld) = self.state else { return }
        self.document = .mayExist
        if let wasHeld {
            self.state = .held(wasHeld)
        } else {
            self.state = self.ranOut(at: now, policy) ? .held(.repeatsRanOut) : .waiting(due: now)
        }
    }

    public enum DecisionAction: Sendable, Hashable {
        case done
        /// The document exists: there is nothing to decide.
        case alreadyRegistered
        /// A request is under way: decide when it has ended.
        case alreadySending
        /// A corrected receipt has taken its place.
        case alreadyCorrected
        /// No answer proves that there is no document: a second receipt could be one too many.
        case documentMayExist
    }

    /// A person wants a corrected receipt in place of this one.
    public mutating func corrected(_ decision: FermaDecision) -> DecisionAction {
        let action: DecisionAction
        (self.state, action) =
            switch (self.state, self.document) {
            case (.registered, _): (self.state, .alreadyRegistered)
            case (.corrected, _): (self.state, .alreadyCorrected)
            case (.sending, _): (self.state, .alreadySending)
            case (.refused, .refuted), (.held, .refuted), (.waiting, .refuted), (.closed, .refuted):
                (.corrected(decision), .done)
            case (.kept, _), (.waiting, _), (.held, _), (.refused, _), (.closed, _): (self.state, .documentMayExist)
            }
        return action
    }

    /// A person decided that it is not to be sent. What is unknown stays unknown.
    public mutating func closed(_ decision: FermaDecision) -> DecisionAction {
        let action: DecisionAction
        (self.state, action) =
            switch self.state {
            case .kept, .waiting, .held, .refused, .closed: (.closed(decision), .done)
            case .sending: (self.state, .alreadySending)
            case .registered: (self.state, .alreadyRegistered)
            case .corrected: (self.state, .alreadyCorrected)
            }
        return action
    }
}

extension SubmissionMachine {
    /// When it goes out by itself; nil when it does not.
    func due(now: FiscalInstant) -> FiscalInstant? {
        switch self.state {
        case .kept, .sending: now
        case .waiting(let due): due
        case .held, .refused, .registered, .corrected, .closed: nil
        }
    }

    /// Whether nothing is left to do about it, by anybody.
    var isFinished: Bool {
        switch self.state {
        case .registered, .corrected, .closed: true
        case .kept, .sending, .waiting, .held, .refused: false
        }
    }
}
