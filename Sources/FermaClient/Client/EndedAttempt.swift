import FiscalCore

/// How one sending ended, in every form in which somebody wants it.
struct EndedAttempt: Sendable {
    let number: Int
    let reply: FermaExchange.Reply
    /// What came back, read as the answer to this request; nil when nothing came.
    let answer: FermaAnswer?
    let at: FiscalInstant

    init(number: Int, reply: FermaExchange.Reply, sent: SentRequest, at: FiscalInstant) {
        self.number = number
        self.reply = reply
        self.at = at
        if case .answer(let stored) = reply { self.answer = FermaAnswer(stored, to: sent) } else { self.answer = nil }
    }

    /// The event for the machine.
    var ending: AttemptEnding {
        switch self.reply {
        case .answer: self.answer?.ending ?? .unreadable
        case .noAnswer: .unreadable
        case .notDelivered: .notDelivered
        }
    }

    /// The record for the journal.
    var record: FermaAttempt.Ending {
        switch self.reply {
        case .answer(let stored): .answer(self.isFiscalised ? stored : stored.shortened)
        case .noAnswer(let reason): .noAnswer(reason)
        case .notDelivered(let reason): .notDelivered(reason)
        }
    }

    var isFiscalised: Bool { self.ending == .fiscalised }

    /// Whether nothing gets through at present.
    var linkIsDown: Bool {
        switch self.reply {
        case .answer: false
        case .noAnswer, .notDelivered: true
        }
    }

    /// What went wrong, for the operator; nil for success.
    var errorText: String? {
        switch self.reply {
        case .answer: self.isFiscalised ? nil : self.answer?.operatorText
        case .noAnswer(let reason): "no answer: \(reason)"
        case .notDelivered(let reason): "not delivered: \(reason)"
        }
    }

    /// For the log: no word of the peer.
    var logText: String {
        switch self.reply {
        case .answer: self.answer?.logText ?? ""
        case .noAnswer(let reason): "no answer: \(reason)"
        case .notDelivered(let reason): "not delivered: \(reason)"
        }
    }
}

extension FermaSubmission {
    /// Takes the ending of an attempt in.
    mutating func settle(_ ended: EndedAttempt, policy: RepeatPolicy) -> SubmissionMachine.EndingAction {
        let action = self.machine.attemptEnded(ended.number, ended.ending, now: ended.at, policy: policy)
        self.record(ended.number, ended.record, at: ended.at)
        // The first document stands; that of a repeat is the same one.
        if action == .registered, case .answer(let stored) = ended.reply { self.registration = stored }
        return action
    }
}
