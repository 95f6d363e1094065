import FiscalCore
import FiscalStore
import Synchronization

/// A store that remembers every value that was ever written.
final class RecordingStore: DurableStore {
    private let inner = MemoryStore()
    private let written = Mutex<[String]>([])

    /// Every value, as text.
    var everything: [String] { self.written.withLock { $0 } }

    func record(_ key: StoreKey) async throws(StoreError) -> StoreRecord? { try await self.inner.record(key) }

    func records(
        register: String, space: String, after name: String?, limit: Int
    ) async throws(StoreError) -> [StoreRecord] {
        try await self.inner.records(register: register, space: space, after: name, limit: limit)
    }

    func commit(_ changes: [StoreChange], requiring requirements: [StoreRequirement]) async throws(StoreError) {
        for case .put(_, let value) in changes {
            self.written.withLock { $0.append(String(decoding: value, as: UTF8.self)) }
        }
        try await self.inner.commit(changes, requiring: requirements)
    }
}
