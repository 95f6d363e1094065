import FiscalCore

/// `storeDocument` and `cancelDocument`: store, send, store the answer; after a doubt ask first (decision T13).
extension FiscalServiceClient {
    /// - Parameter body: the call, from the values of the `createDocument` answer.
    func finish(
        _ step: FiscalStep, _ id: String, _ body: @Sendable (EchoedNumbers) -> JSON
    ) async throws -> FiscalServiceOutcome {
        try await self.line.acquire()
        defer { self.line.release() }
        guard var read = try await self.journal.read(id) else {
            throw FiscalServiceClientError(.notStarted, "the journal has no such document")
        }
        if case .creating = read.document.machine.state { read = try await self.createdDocument(id).read }
        guard let created = read.document.created else {
            throw FiscalServiceClientError(.damagedJournal, "an answer cannot be read")
        }
        let request = body(created.echoed).text
        let isNew = if case .open = read.document.machine.state { true } else { false }
        let action = read.document.machine.finishRequested(step)
        switch action {
        case .closed: throw FiscalServiceClientError(.closed, "a person took the document out")
        case .usedUp: throw FiscalServiceClientError(.documentTaken, "the other call finishes the document")
        case .answerFromJournal, .send, .ask:
            guard isNew || read.document.finishRequest == request else {
                throw FiscalServiceClientError(.documentTaken, "the document is being finished with other data")
            }
        }
        if action == .answerFromJournal { return try await self.outcome(of: read.document, step, isFromJournal: true) }
        read.document.finishRequest = request
        // Whatever happens now, the next process knows what was to be sent.
        return try await self.drive(try await self.journal.update(read), step, asksFirst: action == .ask)
    }

    /// Takes a finishing call, which is stored, to its end, or to the reason why there is none yet. The line is the
    /// caller's.
    func drive(
        _ original: TillJournal.Read, _ step: FiscalStep, asksFirst: Bool
    ) async throws -> FiscalServiceOutcome {
        var read = original
        let id = read.document.id
        if asksFirst {
            switch await self.becameOf(read.document) {
            case .answered(let answer): return try await self.take(answer, step, read)
            case .unclear(let fault): return self.unanswered(id, fault, mayHaveArrived: true)
            case .notArrived: break
            }
        }
        let wasDoubtful = read.document.machine.mayHaveArrived
        guard let request = read.document.finishRequest else {
            throw FiscalServiceClientError(.damagedJournal, "a finishing call without a body")
        }
        read.document.machine.willSend()
        read.document.attempts += 1
        read = try await self.journal.update(read)
        self.log(step == .store ? "storeDocument" : "cancelDocument", id)
        switch await self.exchange.send(step, request) {
        case .success(let answer): return try await self.take(answer, step, read)
        case .failure(let fault):
            if fault.fault.kind == .notDelivered {
                read.document.machine.notDelivered(afterDoubt: wasDoubtful)
                read = try await self.journal.update(read)
            }
            return self.unanswered(id, fault.fault, mayHaveArrived: read.document.machine.mayHaveArrived)
        }
    }

    private enum Fate {
        case answered(TillExchange.Answer)
        /// It can be sent, the same as before.
        case notArrived
        case unclear(ServiceFault)
    }

    /// What the service says became of a finishing call.
    private func becameOf(_ document: TillDocument) async -> Fate {
        let reported: ReportedDocument
        switch await self.exchange.report(on: document.id) {
        case .success(let answer): reported = answer
        case .failure(let fault): return .unclear(fault.fault)
        }
        guard let report = reported.report else {
            return .unclear(ServiceFault(.noReport, "the service does not know how the document stands"))
        }
        switch document.machine.reported(report) {
        case .send: return .notArrived
        case .disagreement:
            return .unclear(ServiceFault(.disagreement, "the service says that the other call finished the document"))
        case .takeAnswer:
            guard let finished = reported.finished else {
                return .unclear(ServiceFault(.noReport, "the service does not tell its answer"))
            }
            return .answered(TillExchange.Answer(reading: finished, body: finished.json.text))
        }
    }

    /// Stores an answer and says what it means.
    private func take(
        _ answer: TillExchange.Answer, _ step: FiscalStep, _ original: TillJournal.Read
    ) async throws -> FiscalServiceOutcome {
        var read = original
        let verdict = answer.reading.response.classify(
            step: step, afterCreateFailed: read.document.createFailed)
        let isRefused = verdict.kind == .otherError
        read.document.machine.finishAnswered(isRefused: isRefused)
        if isRefused {
            read.document.refusals.append(answer.body)
        } else {
            read.document.finishAnswer = answer.body
        }
        read = try await self.journal.update(read)
        self.answered(verdict)
        self.log("\(step): \(verdict.kind)", read.document.id)
        let outcome = FiscalServiceOutcome(
            try await self.answer(
                read.document.id, answer.reading.response, step, read.document.createFailed, isFromJournal: false))
        self.eventSources.yield(.finished(outcome))
        return outcome
    }

    /// The outcome of a finished document.
    private func outcome(
        of document: TillDocument, _ step: FiscalStep, isFromJournal: Bool
    ) async throws -> FiscalServiceOutcome {
        guard let response = document.finished else {
            throw FiscalServiceClientError(.damagedJournal, "an answer cannot be read")
        }
        return FiscalServiceOutcome(
            try await self.answer(
                document.id, response, step, document.createFailed, isFromJournal: isFromJournal))
    }

    private func unanswered(_ id: String, _ fault: ServiceFault, mayHaveArrived: Bool) -> FiscalServiceOutcome {
        self.note(id, fault)
        let outcome = FiscalServiceOutcome(id, fault, mayHaveArrived: mayHaveArrived)
        self.eventSources.yield(.finished(outcome))
        return outcome
    }
}
