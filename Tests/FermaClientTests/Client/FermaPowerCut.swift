import FiscalCore
import FiscalStore
import Synchronization

/// The power goes at the n-th commit, before or after it was carried out; nothing works from then on.
final class FermaPowerCut: DurableStore {
    private let store: MemoryStore
    private let commitsLeft: Mutex<Int>
    private let isAfterCommit: Bool

    init(_ store: MemoryStore, atCommit number: Int = .max, isAfterCommit: Bool = false) {
        self.store = store
        self.commitsLeft = Mutex(number)
        self.isAfterCommit = isAfterCommit
    }

    /// The power goes now.
    func cut() { self.commitsLeft.withLock { $0 = 0 } }

    private static let off = StoreError(.unavailable, "the power is gone")

    private func check() throws(StoreError) {
        if self.commitsLeft.withLock({ $0 }) <= 0 { throw Self.off }
    }

    func record(_ key: StoreKey) async throws(StoreError) -> StoreRecord? {
        try self.check()
        return try await self.store.record(key)
    }

    func records(
        register: String, space: String, after name: String?, limit: Int
    ) async throws(StoreError) -> [StoreRecord] {
        try self.check()
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
final class FermaMeddler: DurableStore {
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
