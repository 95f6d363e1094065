public import FiscalCore

/// A cash register and its whole life with the Central Repository: the front door of this target.
///
/// It fetches keys, goes through the fiscalisation, ships documents by the repository's schedule, carries out the
/// repository's orders, and says when the register's work is over. What it must not forget is in the store before the
/// first byte leaves; opened again it goes on exactly where the last process stopped.
///
/// Calls that the host starts never wait behind an order or a shipment. One register per unique number at a time.
public actor CRKRegister {
    public nonisolated let identity: CRKIdentity
    public nonisolated let configuration: CRKConfiguration
    let memory: RegisterMemory
    let exchange: CRKExchange
    let documents: any DocumentSource
    let device: any FiscalisationDevice
    let clock: any FiscalClock
    let randomness: any RandomSource
    let eventSources = EventSources<CRKEvent>()
    /// The state as it was committed last.
    private(set) var state: RegisterState
    /// One change of the state at a time.
    private let stateLock = FairLock()
    /// One step of the fiscalisation, one order, one packet at a time.
    let fiscalisationLane = FairLock()
    let orderLane = FairLock()
    let shipmentLane = FairLock()
    /// The access to the Event Hub: a secret, and never stored.
    var token: HeldToken?
    /// What each shipment's packager has learnt about sizes.
    var packagers: [String: Packager] = [:]
    var lastTrouble: String?
    var contacts: [CRKChannel: CRKContact] = [:]

    private init(
        _ identity: CRKIdentity, _ configuration: CRKConfiguration, _ memory: RegisterMemory, _ exchange: CRKExchange,
        _ documents: any DocumentSource, _ device: any FiscalisationDevice, _ clock: any FiscalClock,
        _ randomness: any RandomSource, _ state: RegisterState
    ) {
        self.identity = identity
        self.configuration = configuration
        self.memory = memory
        self.exchange = exchange
        self.documents = documents
        self.device = device
        self.clock = clock
        self.randomness = randomness
        self.state = state
    }

    /// Opens the register exactly where the last process stopped.
    /// - Parameters:
    ///   - transports: makes connections; the register's TLS certificate is theirs to show.
    ///   - documents: the protected memory.
    ///   - device: carries out the steps of the fiscalisation that nobody can take back.
    /// - Throws: `InvalidField` for a bad configuration, ``CRKError`` for a damaged journal, `StoreError`.
    public static func open(
        identity: CRKIdentity, configuration: CRKConfiguration, store: some DurableStore,
        transports: some CRKTransports, documents: some DocumentSource, device: some FiscalisationDevice,
        clock: some FiscalClock, randomness: some RandomSource
    ) async throws -> CRKRegister {
        try configuration.check()
        let memory = RegisterMemory(store: store, register: configuration.register)
        let stored = try await memory.state()?.state
        let register = CRKRegister(
            identity, configuration, memory,
            CRKExchange(transports: transports, timeout: configuration.timeout), documents, device, clock, randomness,
            stored ?? RegisterState(unit: identity.unit))
        if let stored {
            guard stored.unit == identity.unit else {
                throw InvalidField("unit", .consistency, limit: "the unique number of the journal")
            }
            try await register.update { $0.fiscalisation?.restarted() }
        }
        return register
    }

    /// What happens from now on, after it was stored.
    public nonisolated var events: AsyncStream<CRKEvent> { self.eventSources.stream() }

    /// Changes the state: what the closure leaves, and the changes beside it, are one commit.
    ///
    /// What another process committed meanwhile is taken up first, so that nobody's change is lost.
    @discardableResult
    func update<Value: Sendable>(
        _ changes: [StoreChange] = [], _ body: (inout RegisterState) throws -> Value
    ) async throws -> Value {
        try await self.stateLock.acquire()
        defer { self.stateLock.release() }
        while true {
            let stored = try await self.memory.state()
            var state = stored?.state ?? self.state
            let value = try body(&state)
            if state == stored?.state, changes.isEmpty {
                self.state = state
                return value
            }
            do {
                try await self.memory.commit(state, revision: stored?.revision, changes)
                self.state = state
                return value
            } catch let error as StoreError where error.code == .conflict {
                try Task.checkCancellation()
            }
        }
    }

    /// The base address of the WebApi: the host's, else the repository's, else that of the environment.
    var webApiAddress: String {
        self.configuration.webApi ?? self.state.settings.webApi ?? self.configuration.environment.webApi
    }

    /// Takes up an address of the WebApi that the repository named.
    func adopt(webApi address: String) async throws {
        do { try CRKAddress.check(address, field: "addressWebAPI") } catch {
            return self.eventSources.yield(.trouble(.cpd, "\(error)"))
        }
        guard address != self.state.settings.webApi else { return }
        try await self.update { $0.settings.webApi = address }
        self.eventSources.yield(.webApiAddress(address))
        self.warnIfMixed(address)
    }

    func warnIfMixed(_ address: String) {
        if let environment = CRKAddress.environment(of: address), environment != self.configuration.environment {
            self.eventSources.yield(.environmentsMixed(address))
        }
    }

    func contact(_ channel: CRKChannel, succeeded: Bool) {
        var contact = self.contacts[channel] ?? CRKContact()
        contact.lastAttempt = self.clock.now()
        if succeeded { contact.lastSuccess = contact.lastAttempt } else { contact.lastFailure = contact.lastAttempt }
        self.contacts[channel] = contact
    }

    func jitter() -> UInt8 { self.randomness.bytes(count: 1).first ?? 0 }

    /// The last document of the protected memory.
    func lastDocument() async throws -> Int64 {
        do { return try await self.documents.lastNumber() } catch {
            throw CRKError(.badDocuments, "the last number could not be read", underlying: error)
        }
    }
}

/// A token for the Event Hub, as long as it may be used. Its description says nothing of it.
struct HeldToken: Sendable {
    var token: EventHubToken
    var endsAt: FiscalInstant
}
