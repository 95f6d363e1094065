import FiscalCore

/// The journal of sales over a `DurableStore`: one entry per identity, and an index of those that are not settled.
///
/// Every change is one commit, and a commit demands that nobody changed the entry since it was read.
struct Journal: Sendable {
    private let store: any DurableStore
    private let register: String
    private let space: String

    /// - Parameter environment: production and playground have journals of their own.
    init(store: any DurableStore, register: String, environment: EETEnvironment) {
        self.store = store
        self.register = register
        self.space = "eet.\(environment.rawValue)"
    }

    /// An entry and the revision under which it was read.
    struct Read: Sendable {
        var entry: JournalEntry
        var revision: Int64
    }

    /// The entry of a sale, or nil.
    func read(_ identity: SaleIdentity) async throws -> Read? {
        guard let record = try await self.store.record(self.entryKey(identity)) else { return nil }
        return Read(entry: try JournalEntry(restoring: record.value), revision: record.revision)
    }

    /// Adds the entry of a sale that the journal does not have, under the next sequence number.
    /// - Throws: `StoreError` with code `conflict` when somebody added it meanwhile.
    func add(_ identity: SaleIdentity, _ make: (_ sequence: Int64) throws -> JournalEntry) async throws -> JournalEntry
    {
        let counterKey = StoreKey(register: self.register, space: "\(self.space).counter", name: "sequence")
        let counter = try await self.store.record(counterKey)
        let last = try counter.map { record in
            guard let last = Int64(String(decoding: record.value, as: UTF8.self)), last < .max else {
                throw EETError(.damagedJournal, "the counter of sales cannot be read")
            }
            return last
        }
        let entry = try make((last ?? 0) + 1)
        try await self.store.commit(
            [.put(counterKey, Array(String(entry.sequence).utf8))] + self.changes(entry, identity),
            requiring: [
                // The counter's requirement implies it as long as every entry is added here.
                .absent(self.entryKey(identity)),
                counter.map { .unchanged(counterKey, revision: $0.revision) } ?? .absent(counterKey),
            ])
        return entry
    }

    /// Replaces an entry.
    /// - Throws: `StoreError` with code `conflict` when somebody changed it since it was read.
    func update(_ entry: JournalEntry, _ identity: SaleIdentity, revision: Int64) async throws {
        try await self.store.commit(
            self.changes(entry, identity), requiring: [.unchanged(self.entryKey(identity), revision: revision)])
    }

    /// Identities of the sales that are neither registered nor closed, in the order of the sales.
    func unsettled() async throws -> [Read] {
        var reads: [Read] = []
        var last: String?
        while true {
            let page = try await self.store.records(
                register: self.register, space: "\(self.space).unsettled", after: last, limit: 200)
            for index in page {
                let key = StoreKey(
                    register: self.register, space: "\(self.space).sale",
                    name: String(decoding: index.value, as: UTF8.self))
                guard let record = try await self.store.record(key) else {
                    throw EETError(.damagedJournal, "the index names a sale that is not there")
                }
                reads.append(Read(entry: try JournalEntry(restoring: record.value), revision: record.revision))
            }
            guard let end = page.last?.key.name else { return reads }
            last = end
        }
    }

    private func changes(_ entry: JournalEntry, _ identity: SaleIdentity) throws(EETError) -> [StoreChange] {
        let index = StoreKey(
            register: self.register, space: "\(self.space).unsettled", name: Self.indexName(entry.sequence))
        let indexChange: StoreChange =
            switch entry.machine.state {
            case .registered, .closed: .remove(index)
            case .kept, .sending, .waiting, .held, .refused: .put(index, Array(identity.description.utf8))
            }
        return [.put(self.entryKey(identity), try entry.encoded()), indexChange]
    }

    private func entryKey(_ identity: SaleIdentity) -> StoreKey {
        StoreKey(register: self.register, space: "\(self.space).sale", name: identity.description)
    }

    /// Padded, so that the names of the index ascend with the numbers.
    private static func indexName(_ sequence: Int64) -> String {
        let digits = String(sequence)
        return String(repeating: "0", count: max(0, 19 - digits.count)) + digits
    }
}
