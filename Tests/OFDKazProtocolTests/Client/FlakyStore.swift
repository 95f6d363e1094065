import FiscalCore
import FiscalStore
import Synchronization

/// Fails one commit, and works again afterwards.
final class FlakyStore: DurableStore {
    private let store: MemoryStore
    private let commitsLeft = Mutex(Int.max)

    init(_ store: MemoryStore) { self.store = store }

    /// The n-th commit from now on fails.
    func failCommit(_ number: Int) { self.commitsLeft.withLock { $0 = number } }

    func record(_ key: StoreKey) async throws(StoreError) -> StoreRecord? { try await self.store.record(key) }

    func records(
        register: String, space: String, after name: String?, limit: Int
    ) async throws(StoreError) -> [StoreRecord] {
        try await self.store.records(register: register, space: space, after: name, limit: limit)
    }

    func commit(_ changes: [StoreChange], requiring requirements: [StoreRequirement]) async throws(StoreError) {
        let fails = self.commitsLeft.withLock { left in
            left -= 1
            return left == 0
        }
        if fails { throw StoreError(.unavailable, "the disk is full") }
        try await self.store.commit(changes, requiring: requirements)
    }
}
