import FiscalCore

/// The till's documents over a `DurableStore`: one record each, and an index of those that are not finished.
///
/// Every change is one commit, and a commit demands that nobody changed the document since it was read.
struct TillJournal: Sendable {
    private let store: any DurableStore
    private let till: String

    init(store: any DurableStore, till: String) {
        self.store = store
        self.till = till
    }

    /// A document and the revision under which it was read.
    struct Read: Sendable {
        var document: TillDocument
        var revision: Int64
    }

    func read(_ id: String) async throws -> Read? {
        guard let record = try await self.store.record(self.key(id)) else { return nil }
        return Read(document: try TillDocument(restoring: record.value), revision: record.revision)
    }

    /// Adds a document under the next sequence number.
    /// - Throws: `StoreError` with code `conflict` when somebody added one meanwhile.
    func add(_ make: (_ sequence: Int64) -> TillDocument) async throws -> Read {
        let counterKey = StoreKey(register: self.till, space: "tse.till.counter", name: "sequence")
        let counter = try await self.store.record(counterKey)
        let last = try counter.map { record in
            guard let last = Int64(String(decoding: record.value, as: UTF8.self)), (0..<Int64.max).contains(last)
            else { throw FiscalServiceClientError(.damagedJournal, "the counter of documents cannot be read") }
            return last
        }
        let document = make((last ?? 0) + 1)
        try await self.store.commit(
            [.put(counterKey, Array(String(document.sequence).utf8))] + self.changes(document),
            requiring: [
                .absent(self.key(document.id)),
                counter.map { .unchanged(counterKey, revision: $0.revision) } ?? .absent(counterKey),
            ])
        return try await self.stored(document.id)
    }

    /// Replaces a document.
    /// - Throws: `StoreError` with code `conflict` when somebody changed it since it was read.
    func update(_ read: Read) async throws -> Read {
        try await self.store.commit(
            self.changes(read.document),
            requiring: [.unchanged(self.key(read.document.id), revision: read.revision)])
        return try await self.stored(read.document.id)
    }

    private func stored(_ id: String) async throws -> Read {
        guard let read = try await self.read(id) else {
            throw FiscalServiceClientError(.damagedJournal, "a document vanished from the journal")
        }
        return read
    }

    /// The documents that are neither finished nor closed, in the order of their opening.
    func unfinished() async throws -> [TillDocument] {
        var documents: [TillDocument] = []
        var last: String?
        while true {
            let page = try await self.store.records(
                register: self.till, space: "tse.till.unfinished", after: last, limit: 200)
            for index in page {
                documents.append(try await self.stored(String(decoding: index.value, as: UTF8.self)).document)
            }
            guard let end = page.last?.key.name else { return documents }
            last = end
        }
    }

    private func changes(_ document: TillDocument) -> [StoreChange] {
        let digits = String(document.sequence)
        // Padded, so that the names ascend with the numbers.
        let name = String(repeating: "0", count: max(0, 19 - digits.count)) + digits
        let index = StoreKey(register: self.till, space: "tse.till.unfinished", name: name)
        return [
            .put(self.key(document.id), document.bytes),
            document.machine.isUnfinished ? .put(index, Array(document.id.utf8)) : .remove(index),
        ]
    }

    private func key(_ id: String) -> StoreKey {
        StoreKey(register: self.till, space: "tse.till.document", name: id)
    }
}
