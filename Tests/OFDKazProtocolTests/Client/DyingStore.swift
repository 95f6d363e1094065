import FiscalCore
import FiscalStore
import Synchronization

/// The power goes at the n-th commit, before or after it was carried out; nothing works from then on.
final class DyingStore: DurableStore {
    private struct State {
        var commitsLeft: Int
        var isDead = false
        var commits = 0
    }

    private let store: MemoryStore
    private let isAfterCommit: Bool
    private let state: Mutex<State>

    init(_ store: MemoryStore, atCommit number: Int = .max, isAfterCommit: Bool = false) {
        self.store = store
        self.isAfterCommit = isAfterCommit
        self.state = Mutex(State(commitsLeft: number))
    }

    private static let off = StoreError(.unavailable, "the power is gone")

    /// The power goes now.
    func cut() { self.state.withLock { $0.isDead = true } }

    var isDead: Bool { self.state.withLock { $0.isDead } }

    /// How many commits were carried out.
    var commits: Int { self.state.withLock { $0.commits } }

    func record(_ key: StoreKey) async throws(StoreError) -> StoreRecord? {
        if self.isDead { throw Self.off }
        return try await self.store.record(key)
    }

    func records(
        register: String, space: String, after name: String?, limit: Int
    ) async throws(StoreError) -> [StoreRecord] {
        if self.isDead { throw Self.off }
        return try await self.store.records(register: register, space: space, after: name, limit: limit)
    }

    func commit(_ changes: [StoreChange], requiring requirements: [StoreRequirement]) async throws(StoreError) {
        let (dies, wasDead) = self.state.withLock { state in
            let wasDead = state.isDead
            state.commitsLeft -= 1
            if state.commitsLeft == 0 { state.isDead = true }
            return (state.commitsLeft == 0, wasDead)
        }
        if wasDead || dies && !self.isAfterCommit { throw Self.off }
        try await self.store.commit(changes, requiring: requirements)
        self.state.withLock { $0.commits += 1 }
        if dies { throw Self.off }
    }
}
