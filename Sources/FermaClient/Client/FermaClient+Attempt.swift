import FiscalCore
import Logging

/// One request for a kept receipt: store, send, store what came of it.
extension FermaClient {
    /// Takes the machine to *sending*; nil when nothing is to be sent.
    func begin(_ entry: inout FermaSubmission, by requester: SubmissionMachine.Requester) throws -> Int? {
        let now = self.clock.now()
        // Not under way in this process: an earlier one was killed in the middle.
        entry.restarted(now: now, policy: self.configuration.repeats)
        switch entry.machine.attemptRequested(by: requester, now: now, policy: self.configuration.repeats) {
        case .send(let attempt): return attempt
        case .closed: throw FermaError(.closed, "a person closed \(entry.identity.requestID)")
        case .alreadySending: throw FermaError(.alreadySending, "\(entry.identity.requestID) is being sent")
        case .notDue, .ranOut, .settled: return nil
        }
    }

    /// Stores the attempt, sends it and stores its ending; nil when nothing was to be sent.
    func attempt(
        _ read: FermaJournal.Read, by requester: SubmissionMachine.Requester, decision: FermaDecision? = nil
    ) async throws -> FermaOutcome? {
        var entry = read.entry
        let attempt = try self.begin(&entry, by: requester)
        if let decision { entry.decisions.append(decision) }
        guard entry != read.entry else { return nil }
        try await self.journal.update(entry, revision: read.revision)
        if let decision { self.eventSources.yield(.decided(entry.identity, decision)) }
        if let attempt { return try await self.finish(attempt, of: entry) }
        // The time of repeating is over.
        if case .held(let reason) = entry.machine.state {
            self.alarm(.personNeeded(reason), entry, text: "repeating by itself has ended")
        }
        return self.report(self.outcome(of: entry))
    }

    /// Sends a request whose attempt is stored, and stores how it ended.
    func finish(_ attempt: Int, of stored: FermaSubmission) async throws -> FermaOutcome {
        self.log("sending, attempt \(attempt)", stored.identity)
        let ended = EndedAttempt(
            number: attempt, reply: await self.exchange.send(stored.body),
            sent: SentRequest(stored, vatTable: self.configuration.vatTable),
            at: self.clock.now())
        self.log(ended.logText, stored.identity)
        self.lastError = ended.errorText
        do {
            let (entry, action) = try await self.keep(ended, stored.identity)
            self.raiseAlarms(ended, action, entry)
            return self.report(self.outcome(of: entry))
        } catch let error as StoreError {
            var entry = stored
            _ = entry.settle(ended, policy: self.configuration.repeats)
            throw FermaResultNotStored(outcome: self.outcome(of: entry), underlying: error)
        }
    }

    /// Stores how an attempt ended.
    private func keep(
        _ ended: EndedAttempt, _ identity: RequestIdentity
    ) async throws -> (FermaSubmission, SubmissionMachine.EndingAction) {
        while true {
            guard let read = try await self.journal.read(identity) else {
                throw FermaError(.damagedJournal, "\(identity.requestID) vanished from the journal")
            }
            var entry = read.entry
            let action = entry.settle(ended, policy: self.configuration.repeats)
            let stop = try await self.changedStop(after: ended, identity)
            do {
                try await self.journal.update(entry, revision: read.revision, stop: stop)
                self.tell(stop, entry)
                return (entry, action)
            } catch let error as StoreError where error.code == .conflict {
                // Somebody changed the entry meanwhile: look again, so that his change is kept as well.
                continue
            }
        }
    }

    /// The stop as this ending leaves it; nil when it changes nothing.
    private func changedStop(after ended: EndedAttempt, _ identity: RequestIdentity) async throws -> FermaStop? {
        if let stop = FermaStop(ended.answer, to: identity, at: ended.at) { return stop }
        guard ended.isFiscalised, var stop = try await self.standingStop() else { return nil }
        stop.endedAt = ended.at
        return stop
    }

    /// Why new sales are held back; nil when they are not.
    func standingStop() async throws -> FermaStop? {
        guard self.configuration.stopsAtUnusableDevice, let stop = try await self.journal.stop(), stop.stands
        else { return nil }
        return stop
    }

    private func tell(_ stop: FermaStop?, _ entry: FermaSubmission) {
        guard let stop else { return }
        if stop.stands {
            self.alarm(.deviceUnusable(stop), entry, text: "device error \(stop.code)")
        } else {
            self.eventSources.yield(.resumed(stop))
        }
    }

    func outcome(of entry: FermaSubmission, isFromJournal: Bool = false) -> FermaOutcome {
        FermaOutcome(entry, isFromJournal: isFromJournal, configuration: self.configuration)
    }

    func report(_ outcome: FermaOutcome) -> FermaOutcome {
        self.eventSources.yield(.outcome(outcome))
        return outcome
    }

    private func raiseAlarms(
        _ ended: EndedAttempt, _ action: SubmissionMachine.EndingAction, _ entry: FermaSubmission
    ) {
        let text = ended.errorText ?? ""
        if let answer = ended.answer {
            if answer.outcome == .unknown(.otherRequest) {
                self.alarm(.foreignAnswer, entry, text: "an answer to another request")
            } else if answer.raisesAlarm {
                self.alarm(.documentMayExist, entry, text: text)
            }
            if case .fiscalised = answer.outcome, !answer.inconsistencies.isEmpty {
                self.alarm(.inconsistent(answer.inconsistencies), entry, text: "the answer does not fit")
            }
        }
        switch action {
        case .askPerson(let reason): self.alarm(.personNeeded(reason), entry, text: text)
        case .contradiction:
            self.alarm(.documentAfterCorrection, entry, text: "a document exists that had been refused")
        case .registered, .alreadyRegistered, .retry, .refuse, .none: break
        }
    }

    private func alarm(_ kind: FermaAlarm.Kind, _ entry: FermaSubmission, text: String) {
        self.eventSources.yield(.alarm(FermaAlarm(identity: entry.identity, kind: kind, text: text)))
    }

    /// Identifiers, codes and numbers only: bodies and texts of the peer hold personal data.
    private func log(_ text: String, _ identity: RequestIdentity) {
        self.configuration.logger?.info("\(text)", metadata: ["requestid": "\(identity.requestID)"])
    }
}
