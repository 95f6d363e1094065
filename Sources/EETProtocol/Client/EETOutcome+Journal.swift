import FiscalCore

extension Outcome
where Registration == EETRegistered, Pending == EETPending, Refusal == EETRefused, Question == EETUnknown {
    /// What a journal entry means to the host.
    /// - Parameter text: what the last answer said, for the operator.
    init(
        _ entry: JournalEntry, _ data: SaleData, text: String, warnings: [Warning], isFromJournal: Bool,
        configuration: EETClientConfiguration, now: FiscalInstant
    ) {
        let deadline = configuration.deadlines.deadline(for: data)
        let facts = EETFacts(
            identity: data.identity, data: data, codes: entry.codes, uuid: entry.lastUUID, deadline: deadline,
            isOverdue: deadline < now)
        func pending(_ reason: EETPending.Reason, _ code: EETResultCode?, _ next: FiscalInstant?) -> State {
            .pending(EETPending(facts: facts, reason: reason, code: code, nextAttempt: next, text: text))
        }
        let state: State
        var registration: EETProtocol.Registration?
        switch entry.machine.state {
        case .kept: state = pending(.notSentYet, nil, nil)
        case .sending: state = pending(.sending, nil, nil)
        case .waiting(.failed(let failure), let due) where failure.mayHaveArrived:
            state = .unknown(
                EETUnknown(
                    facts: facts, failure: failure, code: .module(failure.moduleCode), nextAttempt: due, text: text))
        case .waiting(.interrupted, let due):
            state = .unknown(
                EETUnknown(facts: facts, failure: nil, code: .module(.unhandled), nextAttempt: due, text: text))
        case .waiting(let reason, let due): state = pending(.waiting(reason), reason.code, due)
        case .held(let chyba): state = pending(.held(chyba), .server(chyba), nil)
        case .refused(let chyba):
            state = .refused(EETRefused(facts: facts, code: chyba, text: text, warnings: warnings))
        case .registered(let first):
            registration = first
            var facts = facts
            facts.uuid = first.uuid
            state = .registered(
                EETRegistered(facts: facts, registration: first, isFromJournal: isFromJournal))
        case .closed(let decision): state = pending(.closed(decision), nil, nil)
        }
        self.init(
            state: state,
            paper: Paper(
                data, codes: entry.codes, registration: registration, isTest: configuration.environment.isTest,
                options: configuration.receipt))
    }

    /// Whether the attempt ended because nothing gets through at present.
    var linkIsDown: Bool {
        switch self.state {
        case .pending(let pending):
            switch pending.reason {
            case .waiting(.failed), .waiting(.answered(.temporaryFault)): true
            default: false
            }
        case .unknown: true
        case .registered, .refused: false
        }
    }
}

extension WaitingReason {
    /// Row 6 of `eetout.txt`.
    var code: EETResultCode? {
        switch self {
        case .failed(let failure): .module(failure.moduleCode)
        case .answered(let chyba): .server(chyba)
        case .interrupted: .module(.unhandled)
        case .released: nil
        }
    }
}

extension SaleMachine {
    /// Whether the outbox may send it now.
    func isDue(at now: FiscalInstant, ignoringPauses: Bool) -> Bool {
        guard let due = self.due(now: now) else { return false }
        return ignoringPauses || due <= now
    }

    /// When the outbox sends it; nil when it does not.
    func due(now: FiscalInstant) -> FiscalInstant? {
        switch self.state {
        case .kept, .sending: now
        case .waiting(_, let due): due
        case .held, .refused, .registered, .closed: nil
        }
    }
}

extension EETExchange.Reply {
    /// The event for the machine.
    var ending: SaleMachine.Ending {
        switch self {
        case .confirmed(let registration): .confirmed(registration)
        case .chyba(let chyba, _, _): .chyba(chyba)
        case .failed(let failure, _): .failed(failure)
        }
    }

    /// The record for the journal.
    var record: JournalAttempt.Ending {
        switch self {
        case .confirmed(let registration): .confirmed(registration)
        case .chyba(let chyba, let text, let warnings): .chyba(chyba, text: text, warnings: warnings)
        case .failed(let failure, let detail): .failed(failure, detail: detail)
        }
    }

    /// What it said, for the operator.
    var text: String {
        switch self {
        case .confirmed: ""
        case .chyba(_, let text, _): text
        case .failed(_, let detail): detail
        }
    }

    var warnings: [Warning] {
        switch self {
        case .confirmed(let registration): registration.warnings
        case .chyba(_, _, let warnings): warnings
        case .failed: []
        }
    }

    /// One word for the log.
    var summary: String {
        switch self {
        case .confirmed: "confirmed"
        case .chyba(let chyba, _, _): "error \(chyba.rawValue)"
        case .failed(let failure, _): "no answer: \(failure)"
        }
    }
}
