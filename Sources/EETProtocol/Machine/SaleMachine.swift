public import FiscalCore

/// The life of one sale between the till and the authority: what may be sent, and what an answer means for it.
///
/// Events come in, actions go out; the host stores the machine before it carries an action out. All transitions stand
/// in this file. The rules are decisions E9–E12 and E27: what the authority confirmed stays confirmed, what it may have
/// accepted is repeated with the same data and codes, what it refused waits for a correction.
public struct SaleMachine: Sendable, Hashable, Codable {
    public enum State: Sendable, Hashable, Codable {
        /// Codes exist, nothing was sent yet.
        case kept
        /// A message is under way; after a crash it counts as sent with unknown outcome.
        case sending(uuid: String)
        /// Goes out by itself at `due`.
        case waiting(WaitingReason, due: FiscalInstant)
        /// Goes out by a person's word only.
        case held(Chyba)
        /// The authority refused these data.
        case refused(Chyba)
        /// The authority has it.
        case registered(Registration)
        /// A person decided that it is not to be sent.
        case closed(Decision)
    }

    public private(set) var state: State
    /// How many messages were handed to the network (verifications do not count).
    public private(set) var attempts: Int
    /// Attempts without a final answer since the last success or release: sets the pause before the next.
    private var failures: Int
    /// How often the authority answered 8.
    private var notProcessed: Int

    public init() {
        self.state = .kept
        self.attempts = 0
        self.failures = 0
        self.notProcessed = 0
    }

    // MARK: Sending

    public enum Requester: Sendable, Hashable {
        /// The till submitted the sale, or a person asked for it.
        case host
        /// The outbox looked what is due.
        case schedule(now: FiscalInstant)
    }

    public enum AttemptAction: Sendable, Hashable {
        /// Store, then send; `isFirst` says whether no message went out before.
        case send(isFirst: Bool)
        /// It is registered already: nothing is sent.
        case answerFromJournal(Registration)
        /// A message is under way.
        case alreadySending
        /// Closed by a person.
        case closed
        /// Not now, not by the outbox.
        case notDue
    }

    /// Somebody wants the sale sent, under the message identifier `uuid`.
    public mutating func attemptRequested(by requester: Requester, uuid: String) -> AttemptAction {
        let action: AttemptAction
        (self.state, action) =
            switch (self.state, requester) {
            case (.kept, _), (.waiting, .host), (.held, .host), (.refused, .host):
                (.sending(uuid: uuid), .send(isFirst: self.attempts == 0))
            case (.waiting(_, let due), .schedule(let now)) where due <= now:
                (.sending(uuid: uuid), .send(isFirst: self.attempts == 0))
            case (.waiting, .schedule), (.held, .schedule), (.refused, .schedule):
                (self.state, .notDue)
            case (.sending, _): (self.state, .alreadySending)
            case (.registered(let registration), _): (self.state, .answerFromJournal(registration))
            case (.closed, .host): (self.state, .closed)
            case (.closed, .schedule): (self.state, .notDue)
            }
        if case .send = action { self.attempts += 1 }
        return action
    }

    // MARK: Ending of an attempt

    /// How an attempt ended.
    public enum Ending: Sendable, Hashable {
        /// A confirmation with a valid seal that belongs to the message.
        case confirmed(Registration)
        /// An error of the authority.
        case chyba(Chyba)
        /// No usable answer.
        case failed(AttemptFailure)
    }

    public enum EndingAction: Sendable, Hashable {
        case registered(Registration)
        /// It was registered before; the first code is the one to show.
        case alreadyRegistered(Registration)
        case retry(at: FiscalInstant)
        case hold
        case refuse
        /// The sale went another way meanwhile; the ending is only kept.
        case none
    }

    /// The attempt under way ended; `policy` sets the pause before the next and how often an 8 is repeated.
    public mutating func attemptEnded(
        _ ending: Ending, now: FiscalInstant, policy: ResendPolicy = ResendPolicy()
    ) -> EndingAction {
        let action: EndingAction
        (self.state, action) =
            switch (self.state, ending) {
            case (.registered(let first), _): (self.state, .alreadyRegistered(first))
            case (_, .confirmed(let registration)): (.registered(registration), .registered(registration))
            case (.sending, .chyba(let chyba)): self.answered(chyba, now: now, policy: policy)
            case (.sending, .failed(let failure)): self.wait(.failed(failure), now: now, policy: policy)
            case (.kept, _), (.waiting, _), (.held, _), (.refused, _), (.closed, _): (self.state, .none)
            }
        switch action {
        case .registered: self.failures = 0
        case .retry:
            self.failures += 1
            if case .waiting(.answered(.notProcessed), _) = self.state { self.notProcessed += 1 }
        case .alreadyRegistered, .hold, .refuse, .none: break
        }
        return action
    }

    private func answered(_ chyba: Chyba, now: FiscalInstant, policy: ResendPolicy) -> (State, EndingAction) {
        switch chyba.disposition {
        case .retry: self.wait(.answered(chyba), now: now, policy: policy)
        case .retryLimited where self.notProcessed < policy.repeatsAfterNotProcessed:
            self.wait(.answered(chyba), now: now, policy: policy)
        case .retryLimited, .hold: (.held(chyba), .hold)
        case .refuse: (.refused(chyba), .refuse)
        }
    }

    private func wait(_ reason: WaitingReason, now: FiscalInstant, policy: ResendPolicy) -> (State, EndingAction) {
        let due = now + policy.pause(afterFailures: self.failures + 1)
        return (.waiting(reason, due: due), .retry(at: due))
    }

    // MARK: Restart, and a person's word

    /// The process starts again: a message that was under way may have arrived.
    public mutating func restarted(now: FiscalInstant) {
        self.state =
            switch self.state {
            case .sending: .waiting(.interrupted, due: now)
            case .kept, .waiting, .held, .refused, .registered, .closed: self.state
            }
    }

    public enum DecisionAction: Sendable, Hashable {
        case done
        /// Registered: there is nothing to decide.
        case alreadyRegistered
        /// A message is under way: decide when it has ended.
        case alreadySending
    }

    /// A person wants it sent again by itself.
    public mutating func released(now: FiscalInstant) -> DecisionAction {
        let action: DecisionAction
        (self.state, action) =
            switch self.state {
            case .kept: (self.state, .done)
            case .waiting, .held, .refused, .closed: (.waiting(.released, due: now), .done)
            case .sending: (self.state, .alreadySending)
            case .registered: (self.state, .alreadyRegistered)
            }
        if action == .done {
            self.failures = 0
            self.notProcessed = 0
        }
        return action
    }

    /// A person decided that it is not to be sent.
    public mutating func closed(_ decision: Decision) -> DecisionAction {
        let action: DecisionAction
        (self.state, action) =
            switch self.state {
            case .kept, .waiting, .held, .refused, .closed: (.closed(decision), .done)
            case .sending: (self.state, .alreadySending)
            case .registered: (self.state, .alreadyRegistered)
            }
        return action
    }
}
