import FiscalCore

extension Outcome
where
    Registration == FermaRegistered, Pending == FermaPending, Refusal == FermaRefused, Question == FermaUnknown
{
    /// What a journal entry means to the host.
    init(_ entry: FermaSubmission, isFromJournal: Bool = false, configuration: FermaClientConfiguration) {
        let sent = SentRequest(entry, vatTable: configuration.vatTable)
        let machine = entry.machine
        let facts = FermaFacts(
            identity: entry.identity, total: sent.total, isTest: configuration.environment.isTest,
            attempts: machine.attempts,
            repeatsEnd: machine.firstSentAt.map { configuration.repeats.end(firstSentAt: $0) },
            corrects: entry.corrects, correctedBy: entry.correctedBy)
        if let stored = entry.registration {
            let answer = FermaAnswer(stored, to: sent)
            if case .fiscalised(let document) = answer.outcome {
                self.init(
                    state: .registered(
                        FermaRegistered(
                            facts: facts, document: document, inconsistencies: answer.inconsistencies,
                            isFromJournal: isFromJournal)),
                    paper: Paper(
                        entry, document, isTest: facts.isTest, vatTable: configuration.vatTable,
                        options: configuration.paper))
                return
            }
        }
        self.init(state: Self.open(entry, sent, facts), paper: Paper())
    }

    /// The state of a sale without a document: nothing is handed out.
    private static func open(_ entry: FermaSubmission, _ sent: SentRequest, _ facts: FermaFacts) -> State {
        let answer = entry.lastCode(sent)
        let text = entry.text(sent)
        let isUnanswered = entry.isUnanswered
        let waiting: FermaWaiting
        switch entry.machine.state {
        case .refused, .corrected:
            if let answer { return .refused(FermaRefused(facts: facts, answer: answer, text: text)) }
            waiting = .kept
        case .kept: waiting = .kept
        // A registration whose answer cannot be read again would be sent again; it never gets here.
        case .sending, .registered: waiting = .sending
        case .waiting(let due): waiting = .until(due)
        case .held(let reason): waiting = .held(reason)
        case .closed(let decision): waiting = .closed(decision)
        }
        let isUnknown: Bool =
            switch (entry.machine.state, entry.machine.document) {
            case (.sending, _), (_, .mayExist), (_, .exists): true
            case (_, .notSent), (_, .refuted): false
            }
        return isUnknown
            ? .unknown(
                FermaUnknown(facts: facts, waiting: waiting, answer: answer, isUnanswered: isUnanswered, text: text))
            : .pending(
                FermaPending(facts: facts, waiting: waiting, answer: answer, isUnanswered: isUnanswered, text: text))
    }
}

extension FermaAnswer {
    init(_ stored: StoredAnswer, to sent: SentRequest) {
        self.init(status: stored.status, body: stored.body, expecting: sent)
    }
}

extension SentRequest {
    /// The stored request as an answer is held against it.
    init(_ entry: FermaSubmission, vatTable: VATTable) {
        var rules = ReceiptRules()
        rules.vatTable = vatTable
        self.init(reading: entry.request, dialect: entry.dialect, rules: rules)
    }
}

extension FermaSubmission {
    /// The stored body, read.
    var request: JSON { (try? JSON(parsing: self.body)) ?? .null }

    /// Whether the last attempt got no answer at all.
    var isUnanswered: Bool {
        switch self.attempts.last?.ending {
        case .noAnswer, .notDelivered: true
        case .answer, .interrupted, nil: false
        }
    }

    /// The last answer with a code, or nil when none came.
    func lastCode(_ sent: SentRequest) -> FermaAnswer? {
        for attempt in self.attempts.reversed() {
            guard case .answer(let stored) = attempt.ending else { continue }
            let answer = FermaAnswer(stored, to: sent)
            if case .unknown = answer.outcome { continue }
            return answer
        }
        return nil
    }

    /// What happened last, for the operator.
    func text(_ sent: SentRequest) -> String {
        switch self.attempts.last?.ending {
        case nil: "nothing was sent yet"
        case .answer(let answer): FermaAnswer(answer, to: sent).operatorText
        case .noAnswer(let reason): "no answer: \(reason)"
        case .notDelivered(let reason): "not delivered: \(reason)"
        case .interrupted: "the process ended while the request was under way"
        }
    }
}
