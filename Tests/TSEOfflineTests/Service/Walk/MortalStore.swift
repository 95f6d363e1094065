import FiscalCore
import FiscalStore
import Synchronization

/// A store in memory whose owner may die at any commit: before it, or after it and before it learns of it.
final class MortalStore: DurableStore {
    enum Fate: Sendable { case well, diesBefore, diesAfter }
    private let inner: MemoryStore
    private let life: Life
    private let fate: @Sendable () -> Fate

    /// Whether the process that uses the store still lives.
    final class Life: Sendable {
        private let isOver = Mutex(false)
        func end() { self.isOver.withLock { $0 = true } }
        var hasEnded: Bool { self.isOver.withLock { $0 } }
    }

    init(_ inner: MemoryStore, life: Life, fate: @escaping @Sendable () -> Fate) {
        self.inner = inner
        self.life = life
        self.fate = fate
    }

    private func check() throws(StoreError) {
        if self.life.hasEnded { throw StoreError(.unavailable, "the process has ended") }
    }

    func record(_ key: StoreKey) async throws(StoreError) -> StoreRecord? {
        try self.check()
        return try await self.inner.record(key)
    }

    func records(
        register: String, space: String, after name: String?, limit: Int
    ) async throws(StoreError) -> [StoreRecord] {
        try self.check()
        return try await self.inner.records(register: register, space: space, after: name, limit: limit)
    }

    func commit(_ changes: [StoreChange], requiring requirements: [StoreRequirement]) async throws(StoreError) {
        try self.check()
        let fate = self.fate()
        if fate == .diesBefore { self.life.end() }
        try self.check()
        try await self.inner.commit(changes, requiring: requirements)
        if fate == .diesAfter { self.life.end() }
        try self.check()
    }
}
