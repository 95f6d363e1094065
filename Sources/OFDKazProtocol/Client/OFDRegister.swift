public import FiscalCore
import Logging

/// A register that reports to a Kazakh operator of fiscal data, and neither loses nor doubles a document: the front door
/// of this target.
///
/// Every document gets its place in the store before the first byte leaves. It ends as *registered* (ticket number), as
/// *pending* (kept, its receipt is an offline one), as *refused*, or as *unknown*. What waits goes out by ``sync()``, or
/// by ``run()``. One document at a time; callers are served in the order in which they came.
///
/// Give each document a reference of your own: whoever hands the same one in again, after a crash too, gets the outcome
/// of the first.
public actor OFDRegister {
    public nonisolated let configuration: OFDConfiguration
    let records: RegisterRecords
    let exchange: OFDExchange
    let clock: any FiscalClock
    let checksum: ReportChecksum
    let eventSources = EventSources<OFDEvent>()
    private let lock = FairLock()
    var memory: RegisterMemory
    /// The store may hold other than the memory: a commit failed.
    private var mustReload = false
    /// What the next commit writes besides the memory.
    var changes: [StoreChange] = []
    /// What is told once the next commit is done.
    var news: [OFDEvent] = []
    /// The figures of the last commit: nobody sees what is not stored.
    var shown: OFDStatus
    /// Of the cashier who signs in at this moment; never stored.
    var credentials: Credentials?
    /// What went wrong last, in the server's words where it spoke.
    var lastError: String?
    /// How far the server's times were ahead of our clock at the last INFO.
    var clockIsBehindBy: Duration?
    /// When the server last answered, or this process began, on the monotonic clock.
    var lastAnswer: Duration
    /// The message that was issued last and not stored when its first attempt was made.
    var fresh: (number: Int64, request: StoredRequest)?
    /// Calls of ``sync()`` under way: they send what waits, between the documents.
    var syncs = 0

    private init(
        _ configuration: OFDConfiguration, _ records: RegisterRecords, _ memory: RegisterMemory,
        checksum: ReportChecksum, transport: any StreamTransport, clock: any FiscalClock
    ) {
        self.configuration = configuration
        self.checksum = checksum
        self.records = records
        self.exchange = OFDExchange(
            transport: transport, clock: clock, keepsConnection: configuration.keepsConnection)
        self.clock = clock
        self.lastAnswer = clock.elapsed()
        self.memory = memory
        self.shown = OFDStatus(memory, zone: configuration.zone)
    }

    /// Opens a register exactly where the last process stopped; a message that was under way then counts as sent without
    /// an answer. A register that the store does not know begins with the token of the configuration.
    /// - Throws: `InvalidField` for a bad configuration, ``OFDError`` (`foreignStore`, `damagedJournal`), `StoreError`.
    public static func open(
        configuration: OFDConfiguration, store: some DurableStore, transport: some StreamTransport,
        clock: some FiscalClock
    ) async throws -> OFDRegister {
        let checksum = try configuration.check()
        let records = RegisterRecords(store: store, register: configuration.register)
        var memory = try await RegisterMemory.read(records, configuration)
        // Not stored before the next commit: to look at a register must not disturb another process at work on it.
        memory.machine.restarted(at: clock.now())
        let register = OFDRegister(
            configuration, records, memory, checksum: checksum, transport: transport, clock: clock)
        if memory.stored == nil { try await register.locked { try await $0.commit() } }
        return register
    }

    // MARK: One at a time

    /// Carries out one piece of work while nobody else decides. A caller that is cancelled while he waits is turned away;
    /// work that has begun goes on to its end.
    func locked<Value: Sendable>(
        _ work: @escaping @Sendable (isolated OFDRegister) async throws -> Value
    ) async throws -> Value {
        try await self.lock.acquire()
        // A task of its own: cancelling the caller must not break off a message that is under way.
        let task = Task {
            defer { self.lock.release() }
            try await self.refresh()
            return try await work(self)
        }
        return try await task.value
    }

    /// Reads the register again when a commit failed, or when another process has worked on it.
    private func refresh() async throws {
        self.discardDraft()
        let stored = self.memory.stored?.state
        if !self.mustReload, try await self.records.store.record(self.records.state)?.value == stored { return }
        self.memory = try await RegisterMemory.read(self.records, self.configuration)
        self.memory.machine.restarted(at: self.clock.now())
        self.shown = OFDStatus(self.memory, zone: self.configuration.zone)
        self.mustReload = false
    }

    /// The memory holds a step that will not be stored: it is read again before the next piece of work.
    func abandonDraft() {
        self.mustReload = true
        self.discardDraft()
    }

    private func discardDraft() {
        self.changes = []
        self.news = []
        self.fresh = nil
    }

    // MARK: Commits

    /// Stores everything that an event changed, then tells it.
    /// - Throws: ``OFDError`` with code `anotherProcess` when somebody else has decided since, `StoreError`. The memory
    ///   is read again before the next piece of work.
    func commit() async throws {
        do {
            let (changes, stored) = try self.memory.changes(self.records)
            try await self.records.store.commit(
                changes + self.changes, requiring: [try await self.requirement()])
            self.memory.committed(stored)
        } catch {
            self.abandonDraft()
            guard let error = error as? StoreError, error.code == .conflict else { throw error }
            throw OFDError(.anotherProcess, "another process works on this register", underlying: error)
        }
        self.changes = []
        self.shown = OFDStatus(self.memory, zone: self.configuration.zone)
        for event in self.news { self.eventSources.yield(event) }
        self.news = []
    }

    /// The state is as we wrote it last.
    private func requirement() async throws -> StoreRequirement {
        guard let stored = self.memory.stored else { return .absent(self.records.state) }
        guard let record = try await self.records.store.record(self.records.state), record.value == stored.state else {
            throw StoreError(.conflict, "the state of the register has changed")
        }
        return .unchanged(self.records.state, revision: record.revision)
    }
}
