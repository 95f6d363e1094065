public import FiscalCore

/// The statements that every ``DurableStore`` must keep, ready to be run against a host's own store.
///
/// Each check gets a store that holds nothing and throws ``Violation`` when the statement does not hold, so that any
/// test framework can run it:
///
///     @Test(arguments: DurableStoreContract.statements)
///     func keepsTheContract(_ statement: DurableStoreContract.Statement) async throws {
///         try await statement.check(MyStore.empty())
///     }
public enum DurableStoreContract {
    /// One statement, in words, and its check.
    public struct Statement: Sendable, CustomStringConvertible {
        public var description: String
        public var check: @Sendable (any DurableStore) async throws -> Void

        init(_ description: String, _ check: @escaping @Sendable (any DurableStore) async throws -> Void) {
            self.description = description
            self.check = check
        }
    }

    /// What did not hold.
    public struct Violation: Error, CustomStringConvertible {
        public var description: String
    }

    /// All statements about one open store.
    public static var statements: [Statement] { Self.ofRecords + Self.ofCommits + Self.ofOrder }

    /// A store that is opened again shows exactly the committed state. Each call of `open` opens the same store, which
    /// holds nothing at first; what an earlier call has opened is no longer used.
    public static func checkReopening(
        _ open: @Sendable () async throws -> any DurableStore
    ) async throws {
        let (kept, removed) = (Self.key("kept"), Self.key("removed"))
        try await open().commit([.put(kept, [1]), .put(removed, [2])])
        try await open().commit([.put(kept, [3]), .remove(removed)])
        let before = try await open().record(kept)
        let store = try await open()
        try await Self.expect(store.record(kept) == before, "the record has changed on the way")
        try await Self.expect(store.record(kept)?.value == [3], "the last commit is not there")
        try await Self.expect(store.record(removed) == nil, "a removed record came back")
        try await store.commit([.put(removed, [4])])
        let again = try await Self.revision(store, removed)
        try await open().commit([.remove(removed)])
        let last = try await open()
        try await last.commit([.put(removed, [5])], requiring: [.absent(removed)])
        try await Self.expect(Self.revision(last, removed) != again, "a revision was given twice")
    }

    static func key(_ name: String, space: String = "space", register: String = "till") -> StoreKey {
        StoreKey(register: register, space: space, name: name)
    }

    static func expect(_ holds: Bool, _ violation: String) throws {
        guard holds else { throw Violation(description: violation) }
    }

    static func revision(_ store: any DurableStore, _ key: StoreKey) async throws -> Int64 {
        guard let record = try await store.record(key) else { throw Violation(description: "no record \(key)") }
        return record.revision
    }

    /// The commit must fail as a conflict that names `key`.
    static func expectConflict(
        _ store: any DurableStore, _ changes: [StoreChange], requiring requirements: [StoreRequirement],
        naming key: StoreKey
    ) async throws {
        do {
            try await store.commit(changes, requiring: requirements)
        } catch {
            try Self.expect(error.code == .conflict, "the error is not a conflict: \(error)")
            try Self.expect(error.detail.contains(key.name), "the error does not name the key: \(error)")
            return
        }
        throw Violation(description: "the commit was carried out although \(requirements) does not hold")
    }
}
