public import FiscalCore

/// Issuing documents.
extension OFDRegister {
    /// Issues a receipt (COMMAND_TICKET, section 3.3): keeps it, sends it, and says what goes on paper.
    ///
    /// Without a link, and while earlier documents wait, the receipt is an offline one and goes out later.
    /// - Parameter reference: the host's own name for the document, 1 to 200 bytes. Issuing the same document again under
    ///   the same reference returns its outcome and never doubles it; a corrected one takes a new reference.
    /// - Throws: `InvalidField` and ``OFDError`` for what the host did wrong, and `StoreError` when the receipt could not
    ///   be kept: nothing has happened then. ``OFDResultNotStored`` when it is kept, and the store failed later.
    public func issue(_ ticket: Ticket, reference: String? = nil) async throws -> OFDOutcome {
        try await self.submit(.ticket(ticket), reference)
    }

    /// Puts cash into the drawer or takes it out (COMMAND_MONEY_PLACEMENT, section 3.7); otherwise as
    /// ``issue(_:reference:)``.
    public func place(_ placement: MoneyPlacement, reference: String? = nil) async throws -> OFDOutcome {
        try await self.submit(.placement(placement), reference)
    }

    /// Closes the shift (COMMAND_CLOSE_SHIFT, section 3.6); otherwise as ``issue(_:reference:)``.
    public func closeShift(_ close: CloseShift, reference: String? = nil) async throws -> OFDOutcome {
        try await self.submit(.closeShift(close), reference)
    }

    /// Reports the running shift (COMMAND_REPORT, section 3.8); otherwise as ``issue(_:reference:)``.
    public func xReport(reference: String? = nil) async throws -> OFDOutcome {
        try await self.submit(.report(.x), reference)
    }

    /// Reports the shift that was closed last (COMMAND_REPORT, section 3.8); otherwise as ``issue(_:reference:)``.
    public func zReport(reference: String? = nil) async throws -> OFDOutcome {
        try await self.submit(.report(.z), reference)
    }

    private func submit(_ submission: Submission, _ reference: String?) async throws -> OFDOutcome {
        guard reference.map({ (1...200).contains($0.utf8.count) }) ?? true else {
            throw InvalidField("reference", .length, limit: "1...200 bytes")
        }
        return try await self.locked { register in
            if let reference, let number = try await register.records.number(of: reference) {
                return try await register.answer(number, submission)
            }
            try await register.driveWhatIsDue()
            return try await register.issueNew(submission, reference)
        }
    }

    /// The same reference again: what was issued under it is driven to its end if it has none, and never doubled.
    private func answer(_ number: Int64, _ submission: Submission) async throws -> OFDOutcome {
        let document = try await self.records.document(number)
        guard document.kind == submission.kind, document.content == submission.content else {
            throw OFDError(.identityTaken, "document \(number) has this reference and other content")
        }
        guard document.fate == .underWay else { return try document.outcome(isFromJournal: true) }
        return try await self.driveToItsEnd(number)
    }

    private func issueNew(_ submission: Submission, _ reference: String?) async throws -> OFDOutcome {
        let now = self.clock.now()
        // Before anything else: a blocked register has no other answer.
        switch self.memory.machine.mode {
        case .online, .offline: break
        case .blocked(let cause): throw self.error(.blocked(cause))
        case .serverBlocked: throw self.error(.serverBlocked)
        }
        let draft = try await self.draft(submission, reference, at: now)
        let opened = self.memory.counters.shiftOpenedAt.map { self.configuration.zone.instant(of: $0.civil) }
        switch self.memory.machine.admit(submission.kind, shiftOpenedAt: opened, at: now) {
        case .refused(let refusal): throw self.error(refusal)
        case .sendNow: try self.take(draft, at: now)
        case .queued:
            try self.take(draft, at: now)
            try await self.commit()
            return try draft.document.outcome(isFromJournal: false)
        }
        return try await self.driveToItsEnd(draft.document.number)
    }

    /// Writes a new document with the next commit.
    private func take(_ draft: Draft, at now: FiscalInstant) throws(OFDError) {
        do throws(OFDError) {
            let document = draft.document
            self.changes.append(
                .put(self.records.key(.body, document.number), try draft.request.encoded()))
            if let reference = document.reference {
                self.changes.append(.put(self.records.key(.reference, reference), Array(String(document.number).utf8)))
            }
            self.memory.state.lastDocumentTime = document.dateTime
            self.memory.state.offlineNumbers = draft.offlineNumbers
            if draft.isHeldUp {
                try self.report(
                    .clockWentBack, "document \(document.number) has the time of its predecessor", at: now,
                    document: document.number)
            }
            if let counters = draft.countersAfter {
                self.memory.counters = counters
                self.noteClose(document)
            }
            try self.write(document)
            self.fresh = (document.number, draft.request)
        } catch {
            self.abandonDraft()
            throw error
        }
    }

    /// Drives the document that is under way until it is settled or pending. Its first commit, with the pair of its
    /// first attempt, is still to come or was done by a process that stopped.
    private func driveToItsEnd(_ number: Int64) async throws -> OFDOutcome {
        do {
            while case .done(let settled) = try await self.driveNext() {
                if let document = settled.document, document.number == number {
                    return try document.outcome(isFromJournal: false)
                }
            }
            return try await self.records.document(number).outcome(isFromJournal: true)
        } catch let error as OFDResultNotStored {
            throw error
        } catch {
            guard self.memory.isKept(number) else { throw error }
            throw OFDResultNotStored(outcome: nil, underlying: error)
        }
    }

    private func error(_ refusal: RegisterMachine.AdmissionRefusal) -> OFDError {
        switch refusal {
        case .blocked(.token): OFDError(.blocked, "a token must be typed in")
        case .blocked(.message(let code)):
            OFDError(.blocked, "the server refused a message with code \(code.rawValue); a person decides about it")
        case .blocked(.service(let code)):
            OFDError(.blocked, "the server answered with code \(code.rawValue); service must unlock the register")
        case .serverBlocked:
            OFDError(.serverBlocked, self.memory.service.infoText ?? "the server has blocked the register")
        case .shiftMustBeClosed: OFDError(.shiftMustBeClosed, "the shift has lasted too long")
        case .offlineTooLong: OFDError(.offlineTooLong, "the oldest unsent document is too old")
        case .queueFull: OFDError(.queueFull, "\(self.memory.machine.queue.count) messages wait")
        case .unsettled: OFDError(.unavailable, "a message is not settled")
        }
    }
}
