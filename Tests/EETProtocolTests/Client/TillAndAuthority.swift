import EETProtocol
import FiscalCore
import FiscalSimulators
import FiscalStore
import FiscalTestSupport

/// A till with its journal on one side, the simulated tax office on the other, and a clock that both look at.
struct TillAndAuthority {
    /// 2026-11-21T10:00:00Z.
    static let start = FiscalInstant(secondsSinceEpoch: 1_795_255_200)
    /// Keys take long to make, so all tests share one authority and two certificates of one taxpayer.
    static let identity: EETAuthorityIdentity = unwrap {
        try EETAuthorityIdentity(at: start, random: CountingRandomSource(seed: 11))
    }
    static let taxpayer: Taxpayer = unwrap { try makeTaxpayer() }
    static let renewedTaxpayer: Taxpayer = unwrap { try makeTaxpayer() }

    let edition: Edition
    let clock = ManualClock(start)
    let store: MemoryStore
    let transport: SimulatedTransport<EETAuthority>
    /// Every process draws other identifiers.
    private let seeds = CountingRandomSource(seed: 14)

    init(_ edition: Edition = .v3, store: MemoryStore = MemoryStore()) {
        self.edition = edition
        self.store = store
        self.transport = SimulatedTransport(
            EETAuthority(edition: edition, identity: Self.identity, random: CountingRandomSource(seed: 12)),
            clock: self.clock)
    }

    static func makeTaxpayer(validDays: ClosedRange<Int64>? = nil) throws -> Taxpayer {
        let credentials = try identity.issueCredentials(
            dic: "CZ1212121218", validDays: validDays, at: start, random: CountingRandomSource(seed: 13))
        return try Taxpayer(signer: credentials.key, certificate: credentials.certificate)
    }

    func configuration(_ change: (inout EETClientConfiguration) -> Void = { _ in }) -> EETClientConfiguration {
        var configuration = EETClientConfiguration(
            edition: self.edition, environment: .playground,
            endpoint: "https://127.0.0.1:8443\(EETAuthority.path(self.edition))",
            trust: SealTrust(anchors: [Self.identity.sealAuthorityCertificate]))
        change(&configuration)
        return configuration
    }

    /// Opens the till; a second call is the same till after a restart.
    func open(
        _ taxpayer: Taxpayer = Self.taxpayer, store: (any DurableStore)? = nil,
        _ change: (inout EETClientConfiguration) -> Void = { _ in }
    ) async throws -> EETClient {
        let journal: any DurableStore = store ?? self.store
        return try await EETClient.open(
            taxpayer: taxpayer, configuration: self.configuration(change), store: journal,
            transport: self.transport, clock: self.clock,
            randomness: CountingRandomSource(seed: self.seeds.bytes(count: 8).reduce(0) { $0 << 8 | UInt64($1) }))
    }

    /// A sale made now.
    func sale(_ number: String, total: String = "121.00", regime: Regime = .regular) throws -> Sale {
        Sale(
            premises: 11, till: "POKLADNA01", number: number,
            date: OffsetDateTime(self.clock.now(), zone: NamedZone.prague),
            total: try Money(parsing: total, currency: .czk), regime: regime)
    }

    func fault(_ fault: EETFault?, times: Int = 1) {
        self.transport.withAuthority { $0.faults.add(fault, times: times) }
    }

    /// Numbers of the recorded sales, in the order of recording.
    var recorded: [String] { self.transport.authority.sales.map(\.identity.number) }

    /// One attribute of every message received.
    func header(_ name: String) -> [String] { self.transport.authority.messages.compactMap { $0.header?[name] } }

    private static func unwrap<Value>(_ make: () throws -> Value) -> Value {
        do { return try make() } catch { preconditionFailure("no keys could be made: \(error)") }
    }
}
