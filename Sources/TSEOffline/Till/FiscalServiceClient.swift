public import FiscalCore
import Logging

/// A till's side of the fiscal service: opens documents, finishes them, and loses or doubles none, whatever happens to
/// the TSE, the service or the way there.
///
/// A TSE that is down changes nothing for the host: ``create(_:)`` and ``store(_:processType:processData:)`` return as
/// always, and the outcome says what goes on paper. A service that cannot be reached is something else, and is never
/// reported as an outage of the TSE (decision T13). One client per till at a time; its calls go out one after another.
public actor FiscalServiceClient {
    public nonisolated let configuration: FiscalServiceClientConfiguration
    let journal: TillJournal
    let exchange: TillExchange
    let clock: any FiscalClock
    let randomness: any RandomSource
    /// The service must never see two calls of one till at once.
    let line = FairLock()
    let eventSources = EventSources<TillEvent>()
    var lastFault: ServiceFault?
    var lastVerdict: ResponseVerdict?

    private init(
        configuration: FiscalServiceClientConfiguration, address: ServiceAddress, store: any DurableStore,
        transport: any HTTPTransport, clock: any FiscalClock, randomness: any RandomSource
    ) {
        self.configuration = configuration
        self.journal = TillJournal(store: store, till: configuration.name)
        self.exchange = TillExchange(transport: transport, address: address, timeout: configuration.timeout)
        self.clock = clock
        self.randomness = randomness
    }

    /// Opens the journal exactly where the last process stopped. ``unfinishedDocuments()`` then lists what was left open.
    /// - Throws: `InvalidField` for a bad configuration, ``FiscalServiceClientError`` for a damaged journal,
    ///   `StoreError`.
    public static func open(
        configuration: FiscalServiceClientConfiguration, store: some DurableStore, transport: some HTTPTransport,
        clock: some FiscalClock, randomness: some RandomSource
    ) async throws -> FiscalServiceClient {
        let address = try configuration.check()
        try FiscalDocument.check(id: "-", register: configuration.register)
        let client = FiscalServiceClient(
            configuration: configuration, address: address, store: store, transport: transport, clock: clock,
            randomness: randomness)
        _ = try await client.journal.unfinished()
        return client
    }

    // MARK: A sale

    /// Opens a document, at the first item (`createDocument`).
    ///
    /// Opening the same document again is safe: it is answered from the journal, or the service is asked what became of
    /// the first call. After −99 nothing is repeated (TSE-045).
    /// - Parameter documentID: the host's own identifier, never used twice; one is made when it is nil.
    /// - Throws: `InvalidField`; `StoreError` (nothing was sent, or asking again is safe);
    ///   ``FiscalServiceClientError``: `serviceNotReached`, `refused`, `alreadyFinished`, `closed`.
    public func create(_ documentID: String? = nil) async throws -> TillOpened {
        let id = documentID ?? self.randomness.uuid()
        try FiscalDocument.check(id: id, register: self.configuration.register)
        try await self.line.acquire()
        defer { self.line.release() }
        let read = try await self.createdDocument(id)
        return try await self.opened(read.read.document, isFromJournal: read.isFromJournal)
    }

    /// Finishes and signs a document (`storeDocument`) and says what goes on paper.
    ///
    /// Storing the same document again with the same data is safe: an answer that came is given again and nothing is
    /// sent, whether it was signed or not.
    /// - Throws: `InvalidField`; `StoreError`; ``FiscalServiceClientError``: `notStarted`, `documentTaken`, `closed`,
    ///   and `serviceNotReached` when `createDocument` was never answered.
    public func store(
        _ documentID: String, processType: ProcessType = .receipt, processData: String
    ) async throws -> FiscalServiceOutcome {
        let document = try FiscalDocument(
            id: documentID, register: self.configuration.register, processType: processType, processData: processData)
        return try await self.finish(.store, documentID) { echoed in
            TransactionCall.store(
                document.id, register: document.register, answering: echoed,
                processType: document.processType.rawValue, processData: document.processData)
        }
    }

    /// Finishes and signs a receipt.
    public func store(_ documentID: String, _ processData: ProcessData) async throws -> FiscalServiceOutcome {
        try await self.store(documentID, processData: processData.text)
    }

    /// Finishes a document whose sale did not come about (`cancelDocument`).
    /// - Throws: as ``store(_:processType:processData:)``.
    public func cancel(_ documentID: String) async throws -> FiscalServiceOutcome {
        let register = self.configuration.register
        return try await self.finish(.cancel, documentID) { echoed in
            TransactionCall.cancel(documentID, register: register, answering: echoed)
        }
    }

    // MARK: Looking

    /// Documents that were opened, or may have been, and are not finished, the oldest first. After a restart each of
    /// them has to be stored or cancelled (TSE-126).
    public func unfinishedDocuments() async throws -> [TillDocument] { try await self.journal.unfinished() }

    /// A document as the journal has it, or nil.
    public func document(_ documentID: String) async throws -> TillDocument? {
        try await self.journal.read(documentID)?.document
    }

    /// Asks the service how a document stands (TSE-117). The printed receipt never changes, whatever it says.
    /// - Throws: ``FiscalServiceClientError`` (`serviceNotReached`).
    public func state(of documentID: String) async throws -> ReportedDocument {
        switch await self.exchange.report(on: documentID) {
        case .success(let report): return report
        case .failure(let fault): throw self.notReached(documentID, fault.fault)
        }
    }

    /// One value to show on a till.
    public func status() async throws -> TillStatus {
        let documents = try await self.journal.unfinished()
        let unanswered = documents.count { document in
            if case .finishing = document.machine.state { true } else { false }
        }
        return TillStatus(
            open: documents.count - unanswered, unanswered: unanswered,
            tseIsDown: self.lastVerdict.map { $0.tseOutage }, notice: self.lastVerdict?.userMessage,
            lastFault: self.lastFault)
    }

    /// What happens from now on, as it happens.
    public nonisolated var events: AsyncStream<TillEvent> { self.eventSources.stream() }

    func notReached(_ documentID: String, _ fault: ServiceFault) -> FiscalServiceClientError {
        self.note(documentID, fault)
        return FiscalServiceClientError(.serviceNotReached, "the fiscal service did not answer: \(fault)", fault: fault)
    }

    func note(_ documentID: String, _ fault: ServiceFault) {
        self.lastFault = fault
        self.eventSources.yield(.fault(documentID: documentID, fault))
        self.log("\(fault)", documentID)
    }

    func log(_ text: String, _ documentID: String) {
        self.configuration.logger?.info("\(text)", metadata: ["document": "\(documentID)"])
    }
}
