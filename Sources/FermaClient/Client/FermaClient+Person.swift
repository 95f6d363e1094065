public import FiscalCore

/// What a person looks at, and decides. Every decision is kept with name, reason and time.
extension FermaClient {
    /// What the journal has about a request, or nil.
    public func submission(_ identity: RequestIdentity) async throws -> FermaSubmission? {
        try await self.journal.read(identity)?.entry
    }

    /// The same for a `RequestId` of this client's group and client identifier.
    public func submission(requestID: String) async throws -> FermaSubmission? {
        try await self.submission(self.identity(requestID))
    }

    /// How a request stands, without sending anything; nil when the journal does not have it.
    public func outcome(requestID: String) async throws -> FermaOutcome? {
        try await self.submission(requestID: requestID).map { self.outcome(of: $0, isFromJournal: true) }
    }

    /// The identity that a `RequestId` has in this client.
    public nonisolated func identity(_ requestID: String) throws(InvalidField) -> RequestIdentity {
        try RequestIdentity(
            requestID: requestID, group: self.configuration.group, clientID: self.configuration.clientID)
    }

    /// Everything that is not settled, in the order of the sales.
    public func openSubmissions() async throws -> [FermaSubmission] {
        try await self.journal.unfinished().map(\.entry)
    }

    /// One value to show on a till.
    public func status() async throws -> FermaStatus {
        var status = FermaStatus(isTest: self.configuration.environment.isTest, lastError: self.lastError)
        status.stop = try await self.standingStop()
        for read in try await self.journal.unfinished() {
            status.count(read.entry, policy: self.configuration.repeats)
        }
        return status
    }

    /// What happens from now on, as it happens.
    public nonisolated var events: AsyncStream<FermaEvent> { self.eventSources.stream() }

    /// Sends the same request once more, unchanged: what is held, refused or closed too.
    ///
    /// More than thirty days after the first sending the service may have forgotten the request and make a second
    /// receipt; the person should have looked in the operator's cabinet first.
    /// - Throws: `InvalidField` without a name or a reason, ``FermaError`` (`notFound`, `alreadySending`,
    ///   `alreadyRegistered`, `alreadyCorrected`), `StoreError`, ``FermaResultNotStored``.
    public func repeatSame(
        _ identity: RequestIdentity, by person: String, because reason: String
    ) async throws -> FermaOutcome {
        let decision = try self.decision(.repeatSame, by: person, because: reason)
        return try await self.alone(with: [identity]) {
            let read = try await self.known(identity)
            switch read.entry.machine.state {
            case .registered: throw Self.error(.alreadyRegistered, identity)
            case .corrected: throw Self.error(.alreadyCorrected, identity)
            case .kept, .sending, .waiting, .held, .refused, .closed: break
            }
            return try await self.attempt(read, by: .person, decision: decision) ?? self.outcome(of: read.entry)
        }
    }

    /// Puts a corrected receipt in the place of one that was definitely refused, and sends it under a request identifier
    /// of its own. The refused one is never sent again; both know of each other.
    /// - Parameter requestID: of the corrected receipt; nil makes a UUID.
    /// - Throws: ``FermaError`` `documentMayExist` as long as no answer proves that there is no document, `identityTaken`
    ///   when the journal has `requestID` already, and what ``repeatSame(_:by:because:)`` throws.
    public func correct(
        _ identity: RequestIdentity, with receipt: Receipt, requestID: String? = nil, by person: String,
        because reason: String
    ) async throws -> FermaOutcome {
        let decision = try self.decision(.correct, by: person, because: reason)
        var draft = try self.draft(receipt, requestID: requestID)
        draft.corrects = identity
        guard draft.identity != identity else { throw Self.error(.identityTaken, identity) }
        return try await self.alone(with: [identity, draft.identity]) { [draft] in
            try await self.replace(identity, by: draft, decision)
        }
    }

    private func replace(
        _ identity: RequestIdentity, by draft: FermaSubmission, _ decision: FermaDecision
    ) async throws -> FermaOutcome {
        var refused = try await self.known(identity)
        refused.entry.restarted(now: decision.at, policy: self.configuration.repeats)
        try Self.check(refused.entry.machine.corrected(decision), identity)
        guard try await self.journal.read(draft.identity) == nil else {
            throw Self.error(.identityTaken, draft.identity)
        }
        refused.entry.decisions.append(decision)
        refused.entry.correctedBy = draft.identity
        var entry = draft
        let attempt = try self.begin(&entry, by: .till)
        let stored = try await self.journal.add(entry, replacing: refused)
        self.eventSources.yield(.decided(identity, decision))
        guard let attempt else { return self.outcome(of: stored) }
        return try await self.finish(attempt, of: stored)
    }

    /// Takes a sale out of the journal's queue for good. It stays in the journal with the decision; what was unknown
    /// about it stays unknown, and no correction is allowed then.
    /// - Throws: as ``repeatSame(_:by:because:)``, without anything sent.
    public func close(_ identity: RequestIdentity, by person: String, because reason: String) async throws {
        let decision = try self.decision(.close, by: person, because: reason)
        try await self.alone(with: [identity]) {
            let read = try await self.known(identity)
            var entry = read.entry
            entry.restarted(now: decision.at, policy: self.configuration.repeats)
            try Self.check(entry.machine.closed(decision), identity)
            entry.decisions.append(decision)
            try await self.journal.update(entry, revision: read.revision)
            self.eventSources.yield(.decided(identity, decision))
        }
    }

    /// Lets new sales go out again after the device had reported that it can make no further document.
    /// - Throws: `InvalidField` without a name or a reason, `StoreError`.
    public func resume(by person: String, because reason: String) async throws {
        let decision = try self.decision(.resume, by: person, because: reason)
        guard var stop = try await self.standingStop() else { return }
        stop.lifted = decision
        try await self.journal.put(stop)
        self.eventSources.yield(.resumed(stop))
    }

    private func decision(
        _ kind: FermaDecision.Kind, by person: String, because reason: String
    ) throws(InvalidField) -> FermaDecision {
        guard !person.isEmpty else { throw InvalidField("by", .required, limit: "who decides") }
        guard !reason.isEmpty else { throw InvalidField("because", .required, limit: "why") }
        return FermaDecision(kind, by: person, because: reason, at: self.clock.now())
    }

    private func known(_ identity: RequestIdentity) async throws -> FermaJournal.Read {
        guard let read = try await self.journal.read(identity) else { throw Self.error(.notFound, identity) }
        return read
    }

    private static func check(
        _ action: SubmissionMachine.DecisionAction, _ identity: RequestIdentity
    ) throws(FermaError) {
        switch action {
        case .done: break
        case .alreadyRegistered: throw Self.error(.alreadyRegistered, identity)
        case .alreadySending: throw Self.error(.alreadySending, identity)
        case .alreadyCorrected: throw Self.error(.alreadyCorrected, identity)
        case .documentMayExist: throw Self.error(.documentMayExist, identity)
        }
    }

    private static func error(_ code: FermaError.Code, _ identity: RequestIdentity) -> FermaError {
        FermaError(code, "RequestId \(identity.requestID)")
    }
}
