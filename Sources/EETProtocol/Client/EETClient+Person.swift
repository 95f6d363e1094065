import FiscalCore

/// What a person looks at, and decides.
extension EETClient {
    /// The journal's entry of a sale, with every message about it, or nil.
    public func entry(_ identity: SaleIdentity) async throws -> JournalEntry? {
        try await self.journal.read(identity)?.entry
    }

    /// One value to show on a till.
    public func status() async throws -> EETStatus {
        var status = EETStatus(
            certificateNotAfter: self.taxpayer.certificate.notAfter, lastError: self.lastError,
            clockDifference: self.clockDifference)
        let now = self.clock.now()
        for read in try await self.journal.unsettled() {
            let data = try read.entry.data()
            let deadline = self.configuration.deadlines.deadline(for: data)
            status.count(read.entry.machine.state, data.identity, deadline: deadline, now: now)
        }
        return status
    }

    /// What happens from now on, as it happens.
    public nonisolated var events: AsyncStream<EETEvent> { self.eventSources.stream() }

    /// Lets the outbox send a held, refused or closed sale again.
    /// - Throws: ``EETError`` (`notFound`, `alreadySending`, `identityTaken` when it is registered).
    public func release(_ identity: SaleIdentity, by person: String, because reason: String) async throws {
        try await self.decide(identity, by: person, because: reason) { machine, decision in
            machine.released(now: decision.at)
        }
    }

    /// Takes a sale out of the outbox for good. It stays in the journal with the decision.
    /// - Throws: ``EETError`` (`notFound`, `alreadySending`, `identityTaken` when it is registered).
    public func close(_ identity: SaleIdentity, by person: String, because reason: String) async throws {
        try await self.decide(identity, by: person, because: reason) { machine, decision in
            machine.closed(decision)
        }
    }

    private func decide(
        _ identity: SaleIdentity, by person: String, because reason: String,
        _ event: (inout SaleMachine, Decision) -> SaleMachine.DecisionAction
    ) async throws {
        guard !person.isEmpty else { throw InvalidField("by", .required, limit: "who decides") }
        guard !reason.isEmpty else { throw InvalidField("because", .required, limit: "why") }
        guard !self.inFlight.contains(identity), let read = try await self.journal.read(identity) else {
            throw self.inFlight.contains(identity)
                ? EETError(.alreadySending, "\(identity) is being sent")
                : EETError(.notFound, "the journal has no \(identity)")
        }
        var entry = read.entry
        let decision = Decision(by: person, because: reason, at: self.clock.now())
        switch event(&entry.machine, decision) {
        case .done: break
        case .alreadySending: throw EETError(.alreadySending, "\(identity) is being sent")
        case .alreadyRegistered: throw EETError(.identityTaken, "\(identity) is registered")
        }
        entry.decisions.append(decision)
        try await self.journal.update(entry, identity, revision: read.revision)
        self.eventSources.yield(.decided(identity, decision))
    }
}
