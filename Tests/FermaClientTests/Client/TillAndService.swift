import FermaClient
import FiscalCore
import FiscalStore
import FiscalTestSupport
import Testing

/// A till with its journal on one side, the scripted service on the other, and a clock.
struct TillAndService {
    /// 2026-11-21T10:00:00Z.
    static let start = FiscalInstant(secondsSinceEpoch: 1_795_255_200)
    static let phone = "79878985623"

    let clock = ManualClock(start)
    let store: MemoryStore
    let service = ScriptedService()

    init(store: MemoryStore = MemoryStore()) {
        self.store = store
    }

    /// Opens the till; a second call is the same till after a restart.
    func open(
        store: (any DurableStore)? = nil, _ change: (inout FermaClientConfiguration) -> Void = { _ in }
    ) async throws -> FermaClient {
        var configuration = FermaClientConfiguration(environment: .test)
        change(&configuration)
        let journal: any DurableStore = store ?? self.store
        return try await FermaClient.open(
            configuration: configuration, store: journal, transport: self.service, clock: self.clock,
            randomness: CountingRandomSource(seed: 5))
    }

    /// Tea for so many roubles, paid by card.
    func receipt(_ price: String = "120.00") throws -> Receipt {
        let price = try Money(parsing: price, currency: .rub)
        return try Receipt(
            .income,
            lines: [ReceiptLine("Чай", price: price, vat: .rate20, payAttribute: .fullPayment, lineAttribute: .goods)],
            nonCash: [price], contact: PhoneOrEmail(Self.phone))
    }

    /// Lets the till repeat until nothing is left to do without a person.
    func settle(_ till: FermaClient) async throws {
        for _ in 0..<10_000 {
            guard let due = try await till.sync().nextDue else { return }
            self.clock.set(max(self.clock.now(), due))
        }
        Issue.record("the till never comes to rest")
    }
}

extension FermaOutcome {
    /// One word for tests.
    var word: String {
        switch self.state {
        case .registered: "registered"
        case .pending: "pending"
        case .refused: "refused"
        case .unknown: "unknown"
        }
    }

    var answer: FermaAnswer? {
        switch self.state {
        case .registered: nil
        case .pending(let pending): pending.answer
        case .refused(let refused): refused.answer
        case .unknown(let unknown): unknown.answer
        }
    }
}
