import FiscalCore

/// A register's records in the host's store: one with its state, and beside it orders, packets and shared keys.
///
/// Every change is one commit, which demands that nobody changed the state since it was read.
struct RegisterMemory: Sendable {
    private let store: any DurableStore
    private let register: String

    init(store: any DurableStore, register: String) {
        self.store = store
        self.register = register
    }

    /// The kinds of record.
    enum Space: String, Sendable {
        case state = "crk.state"
        case order = "crk.order"
        case packet = "crk.packet"
        case sharedKey = "crk.sharedKey"
        case decision = "crk.decision"
    }

    func key(_ space: Space, _ name: String) -> StoreKey {
        StoreKey(register: self.register, space: space.rawValue, name: name)
    }

    private var stateKey: StoreKey { self.key(.state, "register") }

    /// The stored state and its revision; nil before the first commit.
    func state() async throws -> (state: RegisterState, revision: Int64)? {
        guard let record = try await self.store.record(self.stateKey) else { return nil }
        return (try Stored.decode(RegisterState.self, record.value, "state"), record.revision)
    }

    func commit(_ state: RegisterState, revision: Int64?, _ changes: [StoreChange]) async throws {
        let requirement: StoreRequirement =
            revision.map { .unchanged(self.stateKey, revision: $0) } ?? .absent(self.stateKey)
        try await self.store.commit(
            [.put(self.stateKey, try Stored.encode(state))] + changes, requiring: [requirement])
    }

    func value<Value: Decodable>(_ type: Value.Type, _ space: Space, _ name: String) async throws -> Value? {
        guard let record = try await self.store.record(self.key(space, name)) else { return nil }
        return try Stored.decode(type, record.value, space.rawValue)
    }

    func values<Value: Decodable>(_ type: Value.Type, _ space: Space) async throws -> [Value] {
        var values: [Value] = []
        var last: String?
        while true {
            let records = try await self.store.records(
                register: self.register, space: space.rawValue, after: last, limit: 100)
            guard let end = records.last else { return values }
            for record in records { values.append(try Stored.decode(type, record.value, space.rawValue)) }
            last = end.key.name
        }
    }

    func put(_ space: Space, _ name: String, _ value: some Encodable) throws -> StoreChange {
        .put(self.key(space, name), try Stored.encode(value))
    }

    func remove(_ space: Space, _ name: String) -> StoreChange { .remove(self.key(space, name)) }
}
