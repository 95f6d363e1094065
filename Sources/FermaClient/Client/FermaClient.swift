public import FiscalCore
import Logging

/// Has receipts made by the cash register in the cloud, and never has one made twice: the front door of this target.
///
/// Every receipt gets its request identifier, its bytes and its place in the journal before the first byte leaves. It
/// ends as *registered* (the fiscal document), *refused*, *pending* or *unknown*. The last two are repeated by
/// ``sync(ignoringPauses:)`` with the same identifier and the same bytes, as far as decision F4 allows; nothing is handed
/// out meanwhile. A second identifier for a sale exists only by a person's word, after a definite refusal.
///
/// One client per register and environment at a time.
public actor FermaClient {
    public nonisolated let configuration: FermaClientConfiguration
    let journal: FermaJournal
    let exchange: FermaExchange
    let clock: any FiscalClock
    let randomness: any RandomSource
    /// Requests that are under way in this process.
    var inFlight: Set<RequestIdentity> = []
    var lastError: String?
    let eventSources = EventSources<FermaEvent>()

    private init(
        configuration: FermaClientConfiguration, endpoint: FermaEndpoint, store: any DurableStore,
        transport: any HTTPTransport, clock: any FiscalClock, randomness: any RandomSource
    ) {
        self.configuration = configuration
        self.journal = FermaJournal(
            store: store, register: configuration.register, environment: configuration.environment)
        self.exchange = FermaExchange(transport: transport, endpoint: endpoint, timeout: configuration.timeout)
        self.clock = clock
        self.randomness = randomness
    }

    /// Opens the journal exactly where the last process stopped; requests that were under way then count as sent with
    /// unknown outcome.
    /// - Parameter transport: shows the client certificate from the operator's cabinet; it is the only login.
    /// - Throws: `InvalidField` for a bad configuration, ``FermaError`` for a damaged journal, `StoreError`.
    public static func open(
        configuration: FermaClientConfiguration, store: some DurableStore, transport: some HTTPTransport,
        clock: some FiscalClock, randomness: some RandomSource
    ) async throws -> FermaClient {
        let client = FermaClient(
            configuration: configuration, endpoint: try configuration.check(), store: store, transport: transport,
            clock: clock, randomness: randomness)
        try await client.settleInterrupted()
        return client
    }

    private func settleInterrupted() async throws {
        for read in try await self.journal.unfinished() {
            guard case .sending = read.entry.machine.state else { continue }
            var entry = read.entry
            entry.restarted(now: self.clock.now(), policy: self.configuration.repeats)
            try await self.journal.update(entry, revision: read.revision)
        }
    }

    // MARK: Submitting

    /// Submits a receipt: keeps it, sends it, and says what goes on paper.
    ///
    /// - Parameter requestID: the host's own identifier of the payment, which is recommended: after a crash the host
    ///   submits the same receipt under it again, and gets the one document. Nil makes a UUID. The same identifier with
    ///   the same receipt is the same sale; with another one it is refused.
    /// - Throws: `InvalidField` or ``FermaError`` before anything was stored or sent; `StoreError` when the receipt
    ///   could not be kept (nothing was sent); ``FermaResultNotStored`` when the answer could not be kept.
    public func issue(_ receipt: Receipt, requestID: String? = nil) async throws -> FermaOutcome {
        let draft = try self.draft(receipt, requestID: requestID)
        return try await self.alone(with: [draft.identity]) {
            try await self.submit(draft)
        }
    }

    /// The submission of a receipt, as it is kept.
    func draft(_ receipt: Receipt, requestID: String?) throws(InvalidField) -> FermaSubmission {
        let identity = try RequestIdentity(
            requestID: requestID ?? self.randomness.uuid(), group: self.configuration.group,
            clientID: self.configuration.clientID)
        let options = self.configuration.encoding
        return FermaSubmission(
            identity: identity, body: receipt.encoded(as: identity, options: options), dialect: options.dialect,
            at: self.clock.now())
    }

    /// Does something about requests that nobody else in this process may touch meanwhile. What another process changed
    /// meanwhile, before anything of ours was kept or sent, is looked at again.
    func alone<Value: Sendable>(
        with identities: [RequestIdentity], _ work: () async throws -> Value
    ) async throws -> Value {
        for identity in identities where self.inFlight.contains(identity) {
            throw FermaError(.alreadySending, "\(identity.requestID) is being sent")
        }
        self.inFlight.formUnion(identities)
        defer { self.inFlight.subtract(identities) }
        while true {
            do {
                return try await work()
            } catch let error as StoreError where error.code == .conflict {
                try Task.checkCancellation()
            }
        }
    }

    private func submit(_ draft: FermaSubmission) async throws -> FermaOutcome {
        if let read = try await self.journal.read(draft.identity) { return try await self.submitAgain(draft, read) }
        if try await self.standingStop() != nil {
            return self.report(self.outcome(of: try await self.journal.add(draft)))
        }
        var entry = draft
        let attempt = try self.begin(&entry, by: .till)
        guard let attempt else { return self.outcome(of: entry) }
        let stored = try await self.journal.add(entry)
        return try await self.finish(attempt, of: stored)
    }

    private func submitAgain(_ draft: FermaSubmission, _ read: FermaJournal.Read) async throws -> FermaOutcome {
        guard read.entry.body == draft.body else {
            throw FermaError(.identityTaken, "\(draft.identity.requestID) belongs to another receipt")
        }
        if read.entry.machine.state == .kept, try await self.standingStop() != nil {
            return self.outcome(of: read.entry, isFromJournal: true)
        }
        return try await self.attempt(read, by: .till) ?? self.outcome(of: read.entry, isFromJournal: true)
    }
}
