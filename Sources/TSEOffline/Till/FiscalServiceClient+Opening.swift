import FiscalCore

/// `createDocument`: store, send, store the answer.
extension FiscalServiceClient {
    /// A document whose opening is answered.
    struct Opened {
        var read: TillJournal.Read
        var isFromJournal: Bool
    }

    /// Brings a document to the point where items may be added. The line is the caller's.
    func createdDocument(_ id: String) async throws -> Opened {
        let openedAt = self.clock.now()
        let read: TillJournal.Read
        if let known = try await self.journal.read(id) {
            read = known
        } else {
            read = try await self.journal.add { TillDocument(id: id, sequence: $0, openedAt: openedAt) }
        }
        switch read.document.machine.createRequested() {
        case .answerFromJournal: return Opened(read: read, isFromJournal: true)
        case .usedUp: throw FiscalServiceClientError(.alreadyFinished, "the document is finished")
        case .closed: throw FiscalServiceClientError(.closed, "a person took the document out")
        case .send: return try await self.sendCreate(read)
        case .ask: return try await self.askThenCreate(read)
        }
    }

    private func sendCreate(_ original: TillJournal.Read) async throws -> Opened {
        var read = original
        let wasDoubtful = read.document.machine.mayHaveArrived
        read.document.machine.willSend()
        read.document.attempts += 1
        read = try await self.journal.update(read)
        let id = read.document.id
        self.log("createDocument", id)
        let body = TransactionCall.create(id, register: self.configuration.register).text
        switch await self.exchange.send(.create, body) {
        case .success(let answer): return try await self.takeCreated(answer, read)
        case .failure(let fault):
            if fault.fault.kind == .notDelivered {
                read.document.machine.notDelivered(afterDoubt: wasDoubtful)
                _ = try await self.journal.update(read)
            }
            throw self.notReached(id, fault.fault)
        }
    }

    private func askThenCreate(_ read: TillJournal.Read) async throws -> Opened {
        let id = read.document.id
        let reported: ReportedDocument
        switch await self.exchange.report(on: id) {
        case .success(let answer): reported = answer
        case .failure(let fault): throw self.notReached(id, fault.fault)
        }
        guard let report = reported.report else {
            throw self.notReached(id, ServiceFault(.noReport, "the service does not know how the document stands"))
        }
        switch read.document.machine.reported(report) {
        case .send, .disagreement: return try await self.sendCreate(read)
        case .takeAnswer:
            guard let created = reported.created else {
                throw self.notReached(id, ServiceFault(.noReport, "the service does not tell its answer"))
            }
            let opened = try await self.takeCreated(
                TillExchange.Answer(reading: created, body: created.json.text), read)
            if let step = reported.finishedBy, let finished = reported.finished {
                try await self.takeFinished(step, finished, opened.read)
                throw FiscalServiceClientError(.alreadyFinished, "the service says that the document is finished")
            }
            return opened
        }
    }

    private func takeCreated(_ answer: TillExchange.Answer, _ original: TillJournal.Read) async throws -> Opened {
        var read = original
        let verdict = answer.reading.response.classify(step: .create)
        let mayContinue = verdict.mayContinueSale
        read.document.machine.createAnswered(mayContinue: mayContinue)
        if mayContinue {
            read.document.createAnswer = answer.body
        } else {
            read.document.refusals.append(answer.body)
        }
        read = try await self.journal.update(read)
        self.answered(verdict)
        self.log("createDocument: \(verdict.kind)", read.document.id)
        guard mayContinue else {
            throw FiscalServiceClientError(
                .refused, "the service says: \(answer.reading.response.errorDescription)")
        }
        return Opened(read: read, isFromJournal: false)
    }

    /// The service finished a document that this till only knows as being opened: its journal is older than the service's.
    private func takeFinished(
        _ step: FiscalStep, _ finished: FiscalResponseReading, _ original: TillJournal.Read
    ) async throws {
        var read = original
        _ = read.document.machine.finishRequested(step)
        read.document.machine.finishAnswered(isRefused: false)
        read.document.finishAnswer = finished.json.text
        _ = try await self.journal.update(read)
    }

    func opened(_ document: TillDocument, isFromJournal: Bool) async throws -> TillOpened {
        guard let response = document.created else {
            throw FiscalServiceClientError(.damagedJournal, "an answer cannot be read")
        }
        let opened = TillOpened(
            answer: try await self.answer(document.id, response, .create, false, isFromJournal: isFromJournal))
        if !isFromJournal { self.eventSources.yield(.opened(opened)) }
        return opened
    }

    func answer(
        _ id: String, _ response: FiscalResponse, _ step: FiscalStep, _ afterCreateFailed: Bool, isFromJournal: Bool
    ) async throws -> TillAnswer {
        let others = try await self.journal.unfinished().count { $0.id != id }
        return TillAnswer(
            documentID: id, response: response,
            verdict: response.classify(step: step, afterCreateFailed: afterCreateFailed),
            isFromJournal: isFromJournal, unfinishedDocuments: others)
    }

    func answered(_ verdict: ResponseVerdict) {
        self.lastFault = nil
        self.lastVerdict = verdict
    }
}
