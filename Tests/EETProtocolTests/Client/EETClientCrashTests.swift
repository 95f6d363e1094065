import EETProtocol
import FiscalCore
import FiscalSimulators
import FiscalStore
import FiscalTestSupport
import Synchronization
import Testing

/// The power goes at the n-th commit, before or after it was carried out; nothing works from then on.
private final class PowerCut: DurableStore {
    private let store: MemoryStore
    private let commitsLeft: Mutex<Int>
    private let isAfterCommit: Bool

    init(_ store: MemoryStore, atCommit number: Int, isAfterCommit: Bool) {
        self.store = store
        self.commitsLeft = Mutex(number)
        self.isAfterCommit = isAfterCommit
    }

    /// The power goes now.
    func cut() {
        self.commitsLeft.withLock { $0 = 0 }
    }

    private static let off = StoreError(.unavailable, "the power is gone")

    func record(_ key: StoreKey) async throws(StoreError) -> StoreRecord? {
        if self.commitsLeft.withLock({ $0 }) <= 0 { throw Self.off }
        return try await self.store.record(key)
    }

    func records(
        register: String, space: String, after name: String?, limit: Int
    ) async throws(StoreError) -> [StoreRecord] {
        if self.commitsLeft.withLock({ $0 }) <= 0 { throw Self.off }
        return try await self.store.records(register: register, space: space, after: name, limit: limit)
    }

    func commit(_ changes: [StoreChange], requiring requirements: [StoreRequirement]) async throws(StoreError) {
        let left = self.commitsLeft.withLock { left in
            left -= 1
            return left
        }
        if left < 0 || left == 0 && !self.isAfterCommit { throw Self.off }
        try await self.store.commit(changes, requiring: requirements)
        if left == 0 { throw Self.off }
    }
}

/// Somebody else works on the store just before the n-th commit, once.
private final class Meddler: DurableStore {
    private let store: MemoryStore
    private let commitsLeft: Mutex<Int>
    private let meddle: @Sendable () async throws -> Void

    init(_ store: MemoryStore, beforeCommit number: Int, _ meddle: @escaping @Sendable () async throws -> Void) {
        self.store = store
        self.commitsLeft = Mutex(number)
        self.meddle = meddle
    }

    func record(_ key: StoreKey) async throws(StoreError) -> StoreRecord? { try await self.store.record(key) }

    func records(
        register: String, space: String, after name: String?, limit: Int
    ) async throws(StoreError) -> [StoreRecord] {
        try await self.store.records(register: register, space: space, after: name, limit: limit)
    }

    func commit(_ changes: [StoreChange], requiring requirements: [StoreRequirement]) async throws(StoreError) {
        let left = self.commitsLeft.withLock { left in
            left -= 1
            return left
        }
        if left == 0 {
            do { try await self.meddle() } catch { throw StoreError(.unavailable, "\(error)") }
        }
        try await self.store.commit(changes, requiring: requirements)
    }
}

@Suite("A sale is neither lost nor doubled, wherever the power goes")
struct EETClientCrashTests {
    /// What the link and the authority do with the first message.
    enum Weather: String, CaseIterable, Sendable {
        case fine, unreachable, lostBefore, lostAfter, silentAfter, temporaryFault, wrongSeal
    }

    static let cases: [(Edition, Weather, Int, Bool)] = Edition.allCases.flatMap { edition in
        Weather.allCases.flatMap { weather in
            (1...4).flatMap { commit in [(edition, weather, commit, false), (edition, weather, commit, true)] }
        }
    }

    @Test("At every commit, before and after it, in every weather, in both editions", arguments: cases)
    func everyCommit(_ edition: Edition, _ weather: Weather, _ commit: Int, _ isAfter: Bool) async throws {
        let world = TillAndAuthority(edition)
        switch weather {
        case .fine: break
        case .unreachable: world.transport.failNext(.unreachable)
        case .lostBefore: world.fault(.lost(recorded: false))
        case .lostAfter: world.fault(.lost(recorded: true))
        case .silentAfter: world.fault(.silence(recorded: true))
        case .temporaryFault: world.fault(.refuse(code: -1))
        case .wrongSeal: world.fault(.foreignSeal)
        }
        let sale = try world.sale("1")
        // The till that dies: it submits and then runs its outbox.
        do {
            let dying = try await world.open(
                store: PowerCut(world.store, atCommit: commit, isAfterCommit: isAfter))
            _ = try await dying.issue(sale)
            world.clock.advance(by: .seconds(60))
            _ = try await dying.sync()
        } catch is StoreError {} catch is EETResultNotStored {}

        // The till after the restart: it submits the sale that it has no answer for, and runs its outbox.
        let till = try await world.open()
        _ = try await till.issue(sale)
        while let due = try await till.sync().nextDue { world.clock.set(due) }

        #expect(world.transport.authority.sales.count == 1)
        #expect(world.transport.authority.sales.first?.conflicts.isEmpty == true)
        let entry = try #require(
            try await till.entry(
                SaleData(sale, edition: edition, certificateDIC: DIC("CZ1212121218")).identity))
        guard case .registered(let registration) = entry.machine.state else {
            Issue.record("not registered: \(entry.machine.state)")
            return
        }
        let codes = world.transport.authority.sales.first?.confirmations.map(\.code) ?? []
        #expect(codes.contains(registration.code))
        // At most one message says to be the first, and none after another one.
        let firsts = world.header("prvni_zaslani")
        #expect(firsts.dropFirst().allSatisfy { $0 == "false" })
    }

    @Test("The answer came but cannot be kept: the host gets it, and the sale is sent again after the restart")
    func resultNotStored() async throws {
        let world = TillAndAuthority()
        let dying = try await world.open(store: PowerCut(world.store, atCommit: 2, isAfterCommit: false))
        let error = await #expect(throws: EETResultNotStored.self) { try await dying.issue(world.sale("1")) }
        #expect(error?.outcome.confirmationCode == world.transport.authority.sales.first?.first.code)
        let till = try await world.open()
        #expect(try await till.sync().outcomes.first?.confirmationCode != nil)
        #expect(world.recorded == ["1"])
    }

    @Test("The store goes away while the message is on its way, reading included: the host still gets the FIK")
    func storeGoneMeanwhile() async throws {
        let world = TillAndAuthority()
        let store = PowerCut(world.store, atCommit: 100, isAfterCommit: false)
        let till = try await world.open(store: store)
        world.transport.onAfter { _ in store.cut() }
        let error = await #expect(throws: EETResultNotStored.self) { try await till.issue(world.sale("1")) }
        #expect(error?.outcome.confirmationCode == world.transport.authority.sales.first?.first.code)
        #expect(error?.outcome.confirmationCode != nil)
    }

    @Test("Killed in the middle of a message: after the restart a person may close the sale, and it counts as unknown")
    func interruptedSaleCanBeClosed() async throws {
        let world = TillAndAuthority()
        let sale = try world.sale("1")
        world.transport.failNext(.unreachable)
        let dying = try await world.open(store: PowerCut(world.store, atCommit: 1, isAfterCommit: true))
        await #expect(throws: StoreError.self) { try await dying.issue(sale) }
        let till = try await world.open()
        let identity = try SaleData(sale, edition: .v3, certificateDIC: DIC("CZ1212121218")).identity
        let state = try await till.entry(identity)?.machine.state
        #expect(state == .waiting(.interrupted, due: world.clock.now()))
        try await till.close(identity, by: "Nováková", because: "nikdy nevznikla")
        #expect(try await till.sync().outcomes.isEmpty)
    }

    @Test("The task is cancelled while the message is under way: the answer is kept all the same")
    func cancelled() async throws {
        let world = TillAndAuthority()
        let till = try await world.open()
        let sale = try world.sale("1")
        world.transport.onAfter { _ in withUnsafeCurrentTask { $0?.cancel() } }
        let outcome = try await Task { try await till.issue(sale) }.value
        #expect(outcome.confirmationCode != nil)
        world.transport.onAfter(nil)
        #expect(try await world.open().issue(sale).confirmationCode == outcome.confirmationCode)
        #expect(world.transport.exchangeCount == 1)
    }

    @Test("Fifty sales at once, each submitted twice: each recorded once")
    func concurrent() async throws {
        let world = TillAndAuthority()
        let till = try await world.open()
        let sales = try (1...50).map { try world.sale("\($0)") }
        try await withThrowingTaskGroup { group in
            for sale in sales + sales {
                group.addTask {
                    do { _ = try await till.issue(sale) } catch let error as EETError {
                        #expect(error.code == .alreadySending)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(Set(world.recorded).count == 50)
        #expect(world.transport.authority.sales.allSatisfy { $0.confirmations.count == 1 })
    }

    @Test("Two processes on one journal: the first confirmation stays, and no sale has two entries")
    func twoProcesses() async throws {
        let world = TillAndAuthority()
        let (one, two) = (try await world.open(), try await world.open())
        let sale = try world.sale("1")
        let seen = Mutex(false)
        world.transport.onBefore { exchange in
            guard exchange.index == 0, !seen.withLock({ $0 }) else { return }
            seen.withLock { $0 = true }
            // The other process submits the same sale while our message is on its way.
            do { _ = try await two.issue(sale) } catch { Issue.record("\(error)") }
        }
        let outcome = try await one.issue(sale)
        world.transport.onBefore(nil)
        #expect(world.transport.authority.sales.count == 1)
        let entry = try #require(try await one.entry(outcome.facts.identity))
        #expect(entry.attempts.count == 2)
        guard case .registered(let first) = entry.machine.state else {
            Issue.record("\(entry.machine.state)")
            return
        }
        #expect(outcome.confirmationCode == first.code)
        #expect(world.transport.authority.sales.first?.confirmations.map(\.code).contains(first.code) == true)
    }

    @Test("Another process adds the same sale, or another one, just before ours: ours looks again; nothing is lost")
    func addedMeanwhile() async throws {
        for number in ["1", "2"] {
            let world = TillAndAuthority()
            let other = try await world.open()
            let theirs = try world.sale(number)
            let till = try await world.open(
                store: Meddler(world.store, beforeCommit: 1) { _ = try await other.issue(theirs) })
            let outcome = try await till.issue(world.sale("1"))
            #expect(outcome.confirmationCode != nil)
            #expect(world.recorded.sorted() == Set(["1", number]).sorted())
            #expect(world.transport.authority.sales.allSatisfy { $0.confirmations.count == 1 })
            let sequences = try await [world.sale("1"), theirs].asyncMap { sale in
                try await other.entry(
                    SaleData(sale, edition: .v3, certificateDIC: DIC("CZ1212121218")).identity)?.sequence
            }
            #expect(Set(sequences).count == Set(["1", number]).count)
        }
    }

    @Test("Another process takes a sale just before our outbox does: ours leaves it and goes on with the next")
    func takenMeanwhile() async throws {
        let world = TillAndAuthority()
        let other = try await world.open()
        world.transport.failAlways(.unreachable)
        let first = try world.sale("1")
        for sale in try [first, world.sale("2")] { _ = try await other.issue(sale) }
        world.transport.failAlways(nil)
        let till = try await world.open(
            store: Meddler(world.store, beforeCommit: 1) { _ = try await other.issue(first) })
        #expect(try await till.sync(ignoringPauses: true).outcomes.map(\.facts.data.number) == ["2"])
        #expect(world.recorded == ["1", "2"])
        #expect(world.transport.authority.sales.allSatisfy { $0.confirmations.count == 1 })
    }

    @Test("Another process changes the entry between our look and our commit: both attempts stay in the journal")
    func changedMeanwhile() async throws {
        let world = TillAndAuthority()
        let other = try await world.open()
        let sale = try world.sale("1")
        // Our second commit keeps the ending; the other process sends the same sale just before.
        let till = try await world.open(
            store: Meddler(world.store, beforeCommit: 2) { _ = try await other.issue(sale) })
        let outcome = try await till.issue(sale)
        let entry = try #require(try await other.entry(outcome.facts.identity))
        #expect(entry.attempts.count == 2)
        #expect(entry.attempts.allSatisfy { $0.ending != nil })
        #expect(world.transport.authority.sales.count == 1)
    }
}

extension Array {
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
