import FiscalCore
import FiscalSimulators
import FiscalStore
import FiscalTestSupport
import TSEOffline

/// A till, the fiscal service behind HTTP, its TSE, and a clock that all of them look at.
struct TillAndService {
    /// 2026-11-21T10:00:00Z.
    static let start = FiscalInstant(secondsSinceEpoch: 1_795_255_200)
    /// Keys take time to make, so all tests share one TSE's identity.
    static let identity: Result<TSEIdentity, any Error> = Result {
        try TSEIdentity(at: start, random: CountingRandomSource(seed: 21))
    }
    static let receipt = "Beleg^2.00_0.00_0.00_0.00_0.00^2.00:Bar"

    let clock: PatientClock
    let tse: SimulatedTSE
    let office: FiscalServiceOffice
    let transport: TSEOfficeTransport
    let serviceStore: MemoryStore
    let store = MemoryStore()
    private let seeds = CountingRandomSource(seed: 22)

    init(rules: TSERules = TSERules(), isStrict: Bool = true) async throws {
        self.clock = PatientClock(Self.start)
        self.serviceStore = MemoryStore()
        self.tse = SimulatedTSE(try Self.identity.get(), rules: rules, clock: self.clock)
        self.office = FiscalServiceOffice(
            try await Self.service(self.tse, self.serviceStore, self.clock), isStrict: isStrict, clock: self.clock)
        self.transport = TSEOfficeTransport(self.office)
    }

    static func service(
        _ tse: SimulatedTSE, _ store: MemoryStore, _ clock: PatientClock
    ) async throws -> FiscalService {
        try await FiscalService.open(
            configuration: FiscalServiceConfiguration(tseSerial: try Self.identity.get().serial), tse: tse,
            store: store, clock: clock, randomness: CountingRandomSource(seed: 23))
    }

    /// Opens a till; a second call is the same till after a restart.
    func till(_ register: String = "3656-1", store: (any DurableStore)? = nil) async throws -> FiscalServiceClient {
        let journal: any DurableStore = store ?? self.store
        return try await FiscalServiceClient.open(
            configuration: FiscalServiceClientConfiguration(
                endpoint: "http://127.0.0.1:7678", register: register),
            store: journal, transport: self.transport, clock: self.clock,
            randomness: CountingRandomSource(seed: self.seeds.bytes(count: 4).reduce(0) { $0 << 8 | UInt64($1) }))
    }

    /// The service's part of the recovery.
    func recover() async throws {
        _ = try await self.office.service.sync()
    }

    /// Plans a fault of the TSE.
    func tseFault(_ fault: TSEFault?, _ call: TSECall, times: Int = 1) async {
        await self.tse.planFaults { $0.add(fault, to: call, times: times) }
    }

    /// Plans a fault of the service's HTTP face.
    func fault(_ fault: TSEOfficeFault?, _ call: TSEOfficeCall, times: Int = 1) async {
        await self.office.planFaults(at: call) { $0.add(fault, times: times) }
    }

    /// Every request that arrived, with its body.
    func requests(_ call: TSEOfficeCall? = nil) async -> [TSEOfficeRequest] {
        await self.office.requests.filter { call == nil || $0.call == call }
    }

    /// What was signed as the end of a transaction, in order.
    func signed() async -> [TSELogEntry] { await self.tse.device.finished }
}

extension FiscalServiceOutcome {
    /// The word of the state, for comparison.
    var word: String {
        switch self.state {
        case .registered: "registered"
        case .pending: "pending"
        case .refused: "refused"
        case .unknown: "unknown"
        }
    }
}
