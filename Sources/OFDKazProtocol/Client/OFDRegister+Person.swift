import FiscalCore

/// What a person decides. Each decision is kept with its name and reason.
extension OFDRegister {
    /// A token is typed in (code 2; decision K5). A message that was sent before still goes first under its old pair.
    /// - Throws: `InvalidField` for 0, and when nobody is named.
    public func enter(newToken token: UInt32, by person: String) async throws {
        let decision = try OFDDecision(by: person, because: "a new token", at: self.clock.now())
        try await self.locked { register in
            let before = register.memory.machine.mode
            try register.memory.machine.tokenEntered(token, at: decision.at)
            try await register.headGoesOn()
            try register.report(.tokenEntered, "a token was typed in", at: decision.at, decision: decision)
            try register.noteMode(from: before, because: "a token was typed in", at: decision.at)
            try await register.commit()
        }
    }

    /// Ends BLOCKED (section 5.3; decision K27): the message that stopped the register is archived, or sent again.
    /// Where no message is to blame, only the block is lifted.
    /// - Parameter evenUnknown: the person knows that the server may have the message already.
    /// - Throws: ``OFDError`` (`notBlocked`, `serverBlocked`, `tokenWanted`, `outcomeUnknown`), `InvalidField`.
    public func unblock(
        _ decision: RegisterMachine.Decision, evenUnknown: Bool = false, by person: String, because reason: String
    ) async throws {
        let record = try OFDDecision(by: person, because: reason, at: self.clock.now())
        try await self.locked { register in
            try await register.unblock(decision, evenUnknown: evenUnknown, record)
        }
    }

    private func unblock(_ decision: RegisterMachine.Decision, evenUnknown: Bool, _ record: OFDDecision) async throws {
        let before = self.memory.machine.mode
        switch self.memory.machine.unblock(decision, evenUnknown: evenUnknown, at: record.at) {
        case .refused(let refusal): throw OFDError(refusal)
        case .lifted:
            try self.report(.unblocked, "the block was lifted", at: record.at, decision: record)
        case .sendingAgain(let message):
            try await self.headGoesOn()
            try self.report(
                .unblocked, "message \(message.number) goes again", at: record.at, document: message.number,
                decision: record)
        case .archived(let message): try await self.archive(message, record)
        }
        self.memory.service.comparison = nil
        try self.noteMode(from: before, because: "a person ended the block", at: record.at)
        try await self.commit()
    }

    /// Removed documents leave our counters by the next INFO, never silently.
    private func archive(_ message: QueuedMessage, _ decision: OFDDecision) async throws {
        let body = try await self.records.store.record(self.records.key(.body, message.number))?.value ?? []
        var document = try await self.records.document(message.number)
        document.fate = .archived(decision)
        try self.put(
            .archive, message.number,
            OFDArchivedMessage(
                number: message.number, kind: message.kind, reference: document.reference,
                issuedAt: message.issuedAt, code: message.refusal, mayHaveArrived: message.wentUnanswered,
                decision: decision, body: body))
        try self.write(document)
        try self.report(
            .unblocked, "message \(message.number) was taken out of the queue", at: decision.at,
            document: message.number, decision: decision)
    }

    /// The message that stopped the register waits for its turn again.
    private func headGoesOn() async throws {
        guard let head = self.memory.machine.head, head.refusal == nil else { return }
        var document = try await self.records.document(head.number)
        guard case .stopped = document.fate else { return }
        document.fate = .pending(head.wentUnanswered ? .unanswered : .offline)
        try self.write(document)
    }

    /// The host has changed the transport setting that code 7 asked for (section 2.4).
    public func transportChanged() async throws {
        try await self.locked { register in
            await register.exchange.close()
            register.memory.machine.transportChanged(at: register.clock.now())
            try await register.commit()
        }
    }
}

extension OFDError {
    init(_ refusal: RegisterMachine.UnblockRefusal) {
        switch refusal {
        case .notBlocked: self.init(.notBlocked, "the register is not blocked")
        case .serverBlocked: self.init(.serverBlocked, "only the server ends its block")
        case .tokenWanted: self.init(.tokenWanted, "a token must be typed in")
        case .outcomeUnknown: self.init(.outcomeUnknown, "the server may have the message")
        }
    }
}
