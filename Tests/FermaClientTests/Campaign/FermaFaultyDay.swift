import FermaClient
import FiscalCore
import FiscalSimulators
import FiscalStore
import FiscalTestSupport

/// A day on which everything goes wrong: a till against the simulated operator, with faults, power cuts and a person
/// who decides what is left. The operator's books say afterwards what really happened.
struct FermaFaultyDay {
    private var random: SeededGenerator
    let clock = ManualClock(TillAndService.start)
    let store = MemoryStore()
    let transport: SimulatedTransport<FermaAuthority>
    private(set) var sales = 0

    init(seed: UInt64) {
        self.random = SeededGenerator(seed: seed)
        self.transport = SimulatedTransport(FermaAuthority(), clock: self.clock)
    }

    private func open(_ store: any DurableStore) async throws -> FermaClient {
        try await FermaClient.open(
            configuration: FermaClientConfiguration(environment: .test), store: store, transport: self.transport,
            clock: self.clock, randomness: CountingRandomSource(seed: UInt64(self.sales)))
    }

    mutating func sell(_ count: Int) async throws {
        for _ in 0..<count {
            self.sales += 1
            try await self.sale()
        }
        self.transport.withAuthority { $0.faults.clear() }
        try await self.clearUp()
    }

    /// One sale, and what is due by then; the power may go at any commit.
    private mutating func sale() async throws {
        let cut = Int.random(in: 1...12, using: &self.random)
        let dying = FermaPowerCut(self.store, atCommit: cut, isAfterCommit: Bool.random(using: &self.random))
        // A refusal of the data is said of a new request only: nobody says it of one whose document exists.
        let isRefused = Int.random(in: 0..<8, using: &self.random) == 0
        let first = isRefused ? FermaFault.device(code: 51, fatal: true) : self.fault()
        self.plan([first])
        do {
            let till = try await self.open(dying)
            _ = try await till.issue(self.receipt(), requestID: "order-\(self.sales)")
            self.plan((0..<4).map { _ in self.fault() })
            self.clock.advance(by: .seconds(Int.random(in: 0...1800, using: &self.random)))
            _ = try await till.sync()
            try await self.decide(till)
        } catch is StoreError {} catch is FermaResultNotStored {}
    }

    private func plan(_ faults: [FermaFault?]) {
        self.transport.withAuthority { authority in
            authority.faults.clear()
            for fault in faults { authority.faults.add(fault) }
        }
    }

    private func receipt() throws -> Receipt {
        try TillAndService().receipt("\(self.sales).00")
    }

    /// A person looks at what is left for him.
    private func decide(_ till: FermaClient) async throws {
        try await till.resume(by: "Иванова", because: "устройство проверено")
        for open in try await till.openSubmissions() {
            switch open.machine.state {
            case .refused where open.machine.document == .refuted:
                _ = try await till.correct(
                    open.identity, with: self.correction(of: open), requestID: open.identity.requestID + "a",
                    by: "Иванова", because: "исправлено")
            case .held, .refused:
                _ = try await till.repeatSame(open.identity, by: "Иванова", because: "причина устранена")
            case .kept, .sending, .waiting, .registered, .corrected, .closed: break
            }
        }
    }

    private func correction(of open: FermaSubmission) throws -> Receipt {
        let number = open.identity.requestID.dropFirst("order-".count).prefix { $0.isNumber }
        return try TillAndService().receipt("\(number).00")
    }

    /// Everything works again: whatever is left is settled.
    private func clearUp() async throws {
        let till = try await self.open(self.store)
        for _ in 0..<20 {
            try await self.decide(till)
            while let due = try await till.sync().nextDue { self.clock.set(max(self.clock.now(), due)) }
            if try await till.openSubmissions().isEmpty { return }
        }
    }

    /// What goes wrong with one request, if anything.
    private mutating func fault() -> FermaFault? {
        let fatal: Bool? = [true, false, nil].randomElement(using: &self.random) ?? nil
        let formed = Bool.random(using: &self.random)
        let unknownDevice = [57, 200, 240, 244, 250, 255, 251].randomElement(using: &self.random) ?? 57
        let pendingDevice = [80, 5, 17, 22, 70, 79, 254].randomElement(using: &self.random) ?? 80
        let unknownService = [6, 16, 19, 20, 24, 99].randomElement(using: &self.random) ?? 6
        let pendingService = [5, 18, 12, 15, 1, 2, 10].randomElement(using: &self.random) ?? 5
        let faults: [FermaFault?] = [
            nil, nil, nil, .lost(formed: formed), .silence(formed: formed), .truncated, .garbage, .malformed,
            .otherJSON,
            .page(status: 500, formed: formed), .status(502, formed: formed), .wrongRequestID, .damagedQR(.fp),
            .wrongTotal, .impossibleDate, .huge(bytes: 2_000_000),
            .device(code: unknownDevice, formed: formed, fatal: fatal), .device(code: pendingDevice, fatal: fatal),
            .service(code: unknownService, formed: formed, fatal: fatal), .service(code: pendingService, fatal: fatal),
        ]
        return faults.randomElement(using: &self.random) ?? nil
    }

    /// The documents that the till knows of, by the sale.
    func known() async throws -> [Int: Int64] {
        let till = try await self.open(self.store)
        var known: [Int: Int64] = [:]
        for sale in 1...self.sales {
            for suffix in ["", "a", "aa"] {
                guard let outcome = try await till.outcome(requestID: "order-\(sale)\(suffix)") else { continue }
                known[sale] = outcome.document?.number ?? known[sale]
            }
        }
        return known
    }
}
