import FiscalCore

/// Taking up again what brought no answer, and what people decide.
extension FiscalServiceClient {
    /// Takes up every finishing call that was not answered: asks the service what became of it, and sends it again only
    /// when it has not arrived. A service that is not reached ends the round.
    ///
    /// Documents that are merely open are the host's: they are listed.
    public func sync() async throws -> TillSyncReport {
        var report = TillSyncReport()
        for document in try await self.journal.unfinished() where !report.linkIsDown {
            guard let outcome = try await self.resume(document.id) else { continue }
            report.outcomes.append(outcome)
            report.linkIsDown = [.notDelivered, .noAnswer].contains(outcome.fault?.kind)
        }
        for document in try await self.journal.unfinished() {
            if case .finishing = document.machine.state {
                report.isWaiting = true
            } else {
                report.open.append(document.id)
            }
        }
        return report
    }

    /// Takes up one finishing call; nil when there is none, or when somebody else settled it meanwhile.
    private func resume(_ id: String) async throws -> FiscalServiceOutcome? {
        try await self.line.acquire()
        defer { self.line.release() }
        guard let read = try await self.journal.read(id),
            case .finishing(let step, let mayHaveArrived) = read.document.machine.state
        else { return nil }
        return try await self.drive(read, step, asksFirst: mayHaveArrived)
    }

    /// Calls ``sync()`` again and again, until the task is cancelled; cancelling it in the middle of a call loses
    /// nothing. Failures of the store end it.
    public func run() async throws {
        while !Task.isCancelled {
            do {
                _ = try await self.sync()
                try await self.clock.sleep(for: self.configuration.pause)
            } catch is CancellationError { return }
        }
    }

    /// Takes a document out that the service will never answer for: nothing is sent for it any more. What the TSE holds
    /// open for it stays open.
    /// - Throws: `InvalidField` without a name or a reason; ``FiscalServiceClientError`` (`notStarted`,
    ///   `alreadyFinished`); `StoreError`.
    public func close(_ documentID: String, by person: String, because reason: String) async throws {
        guard !person.isEmpty else { throw InvalidField("by", .required, limit: "who decides") }
        guard !reason.isEmpty else { throw InvalidField("because", .required, limit: "why") }
        try await self.line.acquire()
        defer { self.line.release() }
        guard var read = try await self.journal.read(documentID) else {
            throw FiscalServiceClientError(.notStarted, "the journal has no such document")
        }
        guard read.document.machine.close() else {
            throw FiscalServiceClientError(.alreadyFinished, "the document is finished")
        }
        let decision = TillDecision(by: person, because: reason, at: self.clock.now())
        read.document.decisions.append(decision)
        _ = try await self.journal.update(read)
        self.eventSources.yield(.decided(documentID: documentID, decision))
    }
}
