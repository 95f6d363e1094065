import FiscalCore
import FiscalStore
import FiscalTestSupport
import Testing

@Suite("The contract of a durable store") struct DurableStoreContractTests {
    @Test("The SQLite store keeps the contract", arguments: DurableStoreContract.statements)
    func sqlite(_ statement: DurableStoreContract.Statement) async throws {
        let folder = try TemporaryFolder()
        try await statement.check(SQLiteStore(path: folder.path("store.sqlite")))
    }

    @Test("The store in memory keeps the contract", arguments: DurableStoreContract.statements)
    func memory(_ statement: DurableStoreContract.Statement) async throws {
        try await statement.check(MemoryStore())
    }

    @Test("The SQLite store opened again shows exactly the committed state")
    func reopening() async throws {
        let folder = try TemporaryFolder()
        try await DurableStoreContract.checkReopening { try SQLiteStore(path: folder.path("store.sqlite")) }
    }

    @Test("The checks find a store that forgets, one that ignores requirements, and one that reuses revisions")
    func checksAreSharp() async throws {
        for fault in FaultyStore.Fault.allCases {
            let broken = await Self.firstBrokenStatement(fault)
            #expect(broken != nil, "no statement was broken by \(fault)")
        }
    }

    private static func firstBrokenStatement(_ fault: FaultyStore.Fault) async -> String? {
        for statement in DurableStoreContract.statements {
            do { try await statement.check(FaultyStore(fault)) } catch { return statement.description }
        }
        return nil
    }
}

/// A store with one fault, to show that the contract's checks notice it.
private struct FaultyStore: DurableStore {
    enum Fault: CaseIterable {
        case forgetsChanges, ignoresRequirements, repeatsRevisions, ignoresRemoval, ordersByLetters, halfCommits
    }

    let fault: Fault
    let store = MemoryStore()

    init(_ fault: Fault) {
        self.fault = fault
    }

    func record(_ key: StoreKey) async throws(StoreError) -> StoreRecord? {
        var record = try await self.store.record(key)
        if self.fault == .repeatsRevisions { record?.revision = 1 }
        return record
    }

    func records(
        register: String, space: String, after name: String?, limit: Int
    ) async throws(StoreError) -> [StoreRecord] {
        let records = try await self.store.records(register: register, space: space, after: name, limit: limit)
        return self.fault == .ordersByLetters ? records.sorted { $0.key.name < $1.key.name } : records
    }

    func commit(
        _ changes: [StoreChange], requiring requirements: [StoreRequirement]
    ) async throws(StoreError) {
        switch self.fault {
        case .forgetsChanges: try await self.store.commit([], requiring: requirements)
        case .ignoresRequirements: try await self.store.commit(changes)
        case .ignoresRemoval:
            let puts = changes.filter { if case .put = $0 { true } else { false } }
            try await self.store.commit(puts, requiring: requirements)
        case .halfCommits:
            try await self.store.commit(Array(changes.prefix(1)))
            try await self.store.commit(changes, requiring: requirements)
        case .repeatsRevisions, .ordersByLetters:
            try await self.store.commit(changes, requiring: requirements)
        }
    }
}
