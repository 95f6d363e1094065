public import FiscalCore
import Synchronization

/// A store that keeps nothing beyond the process: for tests and tools. A till must not use it, because what it has
/// promised the authority would be forgotten with the process.
///
/// It keeps the rest of the ``DurableStore`` contract: atomic commits, requirements, order, and revisions.
public final class MemoryStore: DurableStore {
    private let content = Mutex(MemoryContent())

    public init() {}

    public func record(_ key: StoreKey) async throws(StoreError) -> StoreRecord? {
        self.content.withLock { $0.record(key) }
    }

    public func records(
        register: String, space: String, after name: String?, limit: Int
    ) async throws(StoreError) -> [StoreRecord] {
        self.content.withLock { $0.records(register: register, space: space, after: name, limit: limit) }
    }

    public func commit(
        _ changes: [StoreChange], requiring requirements: [StoreRequirement]
    ) async throws(StoreError) {
        let conflict: StoreError? = self.content.withLock { content in
            for requirement in requirements {
                if let conflict = content.conflict(with: requirement) { return conflict }
            }
            content.apply(changes)
            return nil
        }
        if let conflict { throw conflict }
    }
}
