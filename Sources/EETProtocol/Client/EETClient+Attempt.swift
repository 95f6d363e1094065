import FiscalCore
import Logging

/// One message about a kept sale: store, send, store how it ended.
extension EETClient {
    /// Takes the machine to *sending* and makes the message; nil when nothing is to be sent.
    func beginAttempt(
        _ entry: inout JournalEntry, _ data: SaleData, by requester: SaleMachine.Requester
    ) throws -> SignedMessage? {
        let uuid = self.randomness.uuid()
        switch entry.machine.attemptRequested(by: requester, uuid: uuid) {
        case .send(let isFirst):
            let sentAt = OffsetDateTime(self.clock.now(), zone: self.configuration.zone)
            let header = try Hlavicka(
                uuid: uuid, sentAt: sentAt, isFirstAttempt: isFirst && entry.hostSaidFirst)
            entry.attempts.append(
                JournalAttempt(uuid: uuid, sentAt: header.sentAt, isFirst: header.isFirstAttempt, ending: nil))
            return try self.sign(EETMessage(header: header, data: data, codes: entry.codes))
        case .closed: throw EETError(.closed, "a person closed \(data.identity)")
        case .alreadySending: throw EETError(.alreadySending, "\(data.identity) is being sent")
        case .answerFromJournal, .notDue: return nil
        }
    }

    func sign(_ message: EETMessage) throws(EETError) -> SignedMessage {
        try message.signed(
            by: self.taxpayer,
            validity: self.configuration.allowsExpiredCertificate ? .notChecked : .at(self.clock.now()))
    }

    /// Stores the attempt, sends it and stores its ending; nil when nothing was to be sent.
    func attempt(
        _ original: JournalEntry, _ data: SaleData, revision: Int64, identity: SaleIdentity,
        by requester: SaleMachine.Requester
    ) async throws -> EETOutcome? {
        var entry = original
        // Not under way in this process: an earlier one was killed in the middle.
        entry.machine.restarted(now: self.clock.now())
        let signed = try self.beginAttempt(&entry, data, by: requester)
        guard let signed else { return nil }
        try await self.journal.update(entry, identity, revision: revision)
        return try await self.finish(signed, of: entry, identity: identity)
    }

    /// Sends a message whose attempt is stored, and stores how it ended.
    /// - Parameter stored: the entry as it was stored before sending.
    func finish(_ signed: SignedMessage, of stored: JournalEntry, identity: SaleIdentity) async throws -> EETOutcome {
        let uuid = signed.message.header.uuid
        self.log("sending", uuid: uuid)
        let reply = await self.exchange.send(signed)
        self.log("\(reply.summary)", uuid: uuid)
        self.note(reply, isVerification: false)
        do {
            return self.report(try await self.keep(reply, to: uuid, identity: identity))
        } catch let error as StoreError {
            var entry = stored
            let outcome = try self.settle(&entry, reply, to: uuid)
            throw EETResultNotStored(outcome: outcome, underlying: error)
        }
    }

    /// Stores how a message ended.
    private func keep(
        _ reply: EETExchange.Reply, to uuid: String, identity: SaleIdentity
    ) async throws -> EETOutcome {
        while true {
            guard let read = try await self.journal.read(identity) else {
                throw EETError(.damagedJournal, "\(identity) vanished from the journal")
            }
            var entry = read.entry
            let outcome = try self.settle(&entry, reply, to: uuid)
            do {
                try await self.journal.update(entry, identity, revision: read.revision)
                return outcome
            } catch let error as StoreError where error.code == .conflict {
                // Somebody changed the entry meanwhile: look again, so that his change is kept as well.
                continue
            }
        }
    }

    /// Takes the ending of a message into an entry, and says what it means.
    private func settle(
        _ entry: inout JournalEntry, _ reply: EETExchange.Reply, to uuid: String
    ) throws(EETError) -> EETOutcome {
        _ = entry.machine.attemptEnded(reply.ending, now: self.clock.now(), policy: self.configuration.resends)
        if let index = entry.attempts.lastIndex(where: { $0.uuid == uuid }) {
            entry.attempts[index].ending = reply.record
        }
        return self.outcome(of: entry, try entry.data(), text: reply.text, warnings: reply.warnings)
    }

    func outcome(
        of entry: JournalEntry, _ data: SaleData, text: String, warnings: [Warning] = [],
        answering registration: Registration? = nil
    ) -> EETOutcome {
        EETOutcome(
            entry, data, text: text, warnings: warnings, isFromJournal: registration != nil,
            configuration: self.configuration, now: self.clock.now())
    }

    func report(_ outcome: EETOutcome) -> EETOutcome {
        self.eventSources.yield(.outcome(outcome))
        return outcome
    }

    func note(_ reply: EETExchange.Reply, isVerification: Bool) {
        switch reply {
        case .confirmed(let registration):
            self.lastError = nil
            if let received = OffsetDateTime(iso8601Seconds: registration.receivedAt) {
                self.clockDifference = self.clock.now() - received.instant
            }
        case .chyba(.verified, _, _) where isVerification: self.lastError = nil
        case .chyba(let chyba, let text, _): self.lastError = "\(chyba.rawValue): \(text)"
        case .failed(let failure, let detail): self.lastError = "\(failure.moduleCode.rawValue): \(detail)"
        }
    }

    func log(_ text: String, uuid: String) {
        self.configuration.logger?.info("\(text)", metadata: ["uuid": "\(uuid)"])
    }
}
