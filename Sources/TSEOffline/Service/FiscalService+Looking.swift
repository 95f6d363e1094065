import FiscalCore

/// What a person, a till or an auditor looks at.
extension FiscalService {
    /// The journal's entry of a document, or nil.
    public func document(_ id: String) async throws -> DocumentEntry? { try await self.journal.entry(id) }

    /// How a document stands, or nil when there is no such document.
    public func state(of id: String) async throws -> DocumentState? { try await self.journal.entry(id)?.state }

    /// The documents that were opened and not finished, by identifier.
    public func openDocuments() async throws -> [DocumentEntry] {
        try await self.entries(self.journal.openDocuments())
    }

    /// The documents that wait for a signature, in the order of storing.
    public func waitingDocuments() async throws -> [DocumentEntry] {
        try await self.entries(self.journal.unsettledDocuments())
    }

    /// One value to show.
    public func status() async throws -> FiscalServiceStatus {
        let waiting = try await self.journal.unsettledDocuments()
        var since: FiscalInstant?
        if let first = waiting.first { since = try await self.journal.entry(first)?.finish?.requestedAt }
        return FiscalServiceStatus(
            outage: self.watch.current, waiting: waiting, waitingSince: since,
            openDocuments: try await self.journal.openDocuments().count, tse: self.lastStatus,
            lastFailure: self.lastFailure)
    }

    /// What happens from now on, as it happens.
    public nonisolated var events: AsyncStream<FiscalServiceEvent> { self.eventSources.stream() }

    /// Asks the TSE for its numbers now, as a person does who looks whether it works.
    /// - Returns: what it says, or why it did not.
    public func askTSE() async -> Result<TSEStatus, TSEFailure> {
        let arrival = self.arrival()
        guard await self.enterLane(arrival) else { return .failure(.busy) }
        defer { self.lane.leave() }
        return await self.probe(arrival)
    }

    /// The transactions of a register that the TSE holds open.
    public func openTransactions(register: String) async -> Result<[OpenTransaction], TSEFailure> {
        let arrival = self.arrival()
        guard await self.enterLane(arrival) else { return .failure(.busy) }
        defer { self.lane.leave() }
        return await self.call(arrival) { tse throws(TSEFailure) in try await tse.openTransactions(client: register) }
    }

    /// All outages with the documents and transactions that they concern, for an auditor.
    public func outages() async throws -> OutageLog {
        var log = OutageLog()
        for outage in try await self.journal.outages() {
            var affected: [OutageLog.Document] = []
            for entry in try await self.entries(self.journal.affectedDocuments(of: outage.sequence)) {
                if let document = OutageLog.Document(entry) { affected.append(document) }
            }
            log.outages.append(OutageLog.Entry(outage: outage, documents: affected))
        }
        log.orphans = try await self.journal.orphans()
        return log
    }

    private func entries(_ ids: [String]) async throws -> [DocumentEntry] {
        var entries: [DocumentEntry] = []
        for id in ids {
            guard let entry = try await self.journal.entry(id) else {
                throw FiscalServiceError(.damagedJournal, "a list names the document \(id), which is not there")
            }
            entries.append(entry)
        }
        return entries
    }
}
