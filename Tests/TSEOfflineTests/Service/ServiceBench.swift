import FiscalCore
import FiscalSimulators
import FiscalStore
import FiscalTestSupport
import TSEOffline

/// A fiscal service on a bench: a simulated TSE, a journal in memory, and a clock that waits.
struct ServiceBench {
    static let start = FiscalInstant(secondsSinceEpoch: 1_630_991_229)
    static let register = "3656-1"
    static let data = "Beleg^2.00_0.00_0.00_0.00_0.00^2.00:Bar"
    private static let identity: Result<TSEIdentity, any Error> = Result {
        try TSEIdentity(at: start, random: CountingRandomSource(seed: 11))
    }

    let clock = PatientClock(Self.start)
    let store = MemoryStore()
    let tse: SimulatedTSE
    let serial: String
    var configuration: FiscalServiceConfiguration

    init(rules: TSERules = TSERules(), policy: ReSigningPolicy = .automatic) throws {
        let identity = try Self.identity.get()
        self.tse = SimulatedTSE(identity, rules: rules, clock: self.clock)
        self.serial = identity.serial
        self.configuration = FiscalServiceConfiguration(tseSerial: identity.serial, policy: policy)
    }

    /// Opens the service as a new process does.
    func open() async throws -> FiscalService {
        try await FiscalService.open(
            configuration: self.configuration, tse: self.tse, store: self.store, clock: self.clock,
            randomness: CountingRandomSource(seed: UInt64(bitPattern: self.clock.now().millisecondsSinceEpoch)))
    }

    func document(
        _ id: String, register: String = Self.register, data: String = Self.data
    ) throws -> FiscalDocument {
        try FiscalDocument(id: id, register: register, processData: data)
    }

    /// A whole sale.
    @discardableResult
    func sell(_ id: String, _ service: FiscalService, register: String = Self.register) async throws -> FiscalResponse {
        let created = try await service.create(id, register: register)
        return try await service.store(self.document(id, register: register), answering: created.echoed)
    }

    /// What the TSE signed for sales, in its order.
    func signedNumbers() async -> [UInt64] { await self.tse.device.finished.map(\.transactionNumber) }

    /// The counters of the late signatures, in the order of the identifiers.
    func counters(_ ids: [String], _ service: FiscalService) async throws -> [UInt64] {
        var counters: [UInt64] = []
        for id in ids {
            if case .reSigned(let signature, _) = try await service.state(of: id) {
                counters.append(signature.signatureCounter)
            }
        }
        return counters
    }
}
