import FiscalCore

/// The records of one fiscal service over a `DurableStore`.
///
/// One service writes at a time: whoever opens the journal puts down a token, and every commit demands that it still
/// lies there. So a service that was thought dead cannot write beside its successor.
struct ServiceJournal: Sendable {
    private let store: any DurableStore
    private let name: String
    /// The token's revision.
    private let ownership: Int64

    private init(store: any DurableStore, name: String, ownership: Int64) {
        self.store = store
        self.name = name
        self.ownership = ownership
    }

    /// Takes the journal over from whoever had it.
    static func open(store: any DurableStore, name: String, token: String) async throws -> ServiceJournal {
        let key = StoreKey(register: name, space: "tse.owner", name: "owner")
        try await store.commit([.put(key, Array(token.utf8))])
        guard let record = try await store.record(key), record.value == Array(token.utf8) else {
            throw FiscalServiceError(.takenOver, "another service opened the journal at the same time")
        }
        return ServiceJournal(store: store, name: name, ownership: record.revision)
    }

    /// Carries out all changes, or none.
    func commit(_ changes: [StoreChange]) async throws {
        let owner = StoreKey(register: self.name, space: "tse.owner", name: "owner")
        do {
            try await self.store.commit(changes, requiring: [.unchanged(owner, revision: self.ownership)])
        } catch {
            guard error.code == .conflict else { throw error }
            throw FiscalServiceError(.takenOver, "another service has opened the journal", underlying: error)
        }
    }

    // MARK: Documents

    func entry(_ id: String) async throws -> DocumentEntry? {
        guard let record = try await self.store.record(self.key(.document, id)) else { return nil }
        return try DocumentEntry(restoring: record.value)
    }

    /// The entry and its place in the lists of open and of unsettled documents.
    func changes(for entry: DocumentEntry) throws(FiscalServiceError) -> [StoreChange] {
        var changes: [StoreChange] = [.put(self.key(.document, entry.id), try entry.encoded())]
        let open = self.key(.open, entry.id)
        switch entry.machine.state {
        case .creating, .open: changes.append(.put(open, []))
        case .finishing, .offline, .signed, .reSigned, .signatureNotAtHand, .neverSigned: changes.append(.remove(open))
        }
        guard let finish = entry.finish else { return changes }
        let unsettled = self.key(.unsettled, Self.padded(finish.order))
        changes.append(entry.machine.isUnsettled ? .put(unsettled, Array(entry.id.utf8)) : .remove(unsettled))
        if let outage = entry.outage {
            let place = "\(Self.padded(outage))/\(Self.padded(finish.order))"
            changes.append(.put(self.key(.affected, place), Array(entry.id.utf8)))
        }
        return changes
    }

    /// Identifiers of the documents that are open.
    func openDocuments() async throws -> [String] { try await self.all(.open).map(\.key.name) }

    /// Identifiers of the documents that wait for a signature, in the order of storing.
    func unsettledDocuments() async throws -> [String] {
        try await self.all(.unsettled).map { String(decoding: $0.value, as: UTF8.self) }
    }

    /// Whether any document waits for a signature.
    func hasUnsettledDocuments() async throws -> Bool {
        try await !self.store.records(
            register: self.name, space: Space.unsettled.rawValue, after: nil, limit: 1
        ).isEmpty
    }

    /// Identifiers of the documents that were answered offline in an outage, in the order of storing.
    func affectedDocuments(of outage: Int64) async throws -> [String] {
        let prefix = Self.padded(outage) + "/"
        return try await self.all(.affected, after: prefix, while: { $0.hasPrefix(prefix) })
            .map { String(decoding: $0.value, as: UTF8.self) }
    }

    /// The transactions at the TSE of this serial that documents of this register count as their own.
    func transactions(register: String, serial: String) async throws -> Set<UInt64> {
        var numbers: Set<UInt64> = []
        for id in try await self.openDocuments() + self.unsettledDocuments() {
            guard let entry = try await self.entry(id) else { continue }
            guard entry.register == register, let own = entry.machine.transaction, own.serial == serial else {
                continue
            }
            numbers.insert(own.number)
        }
        return numbers
    }

    // MARK: Counters

    /// Per register, the last number that was given out. A register is there from its first document on.
    func registers() async throws -> [String: Int64] {
        var registers: [String: Int64] = [:]
        for record in try await self.all(.register) { registers[record.key.name] = try Self.number(record.value) }
        return registers
    }

    func change(register: String, last: Int64) -> StoreChange {
        .put(self.key(.register, register), Array(String(last).utf8))
    }

    /// The last place in the order of storing.
    func lastOrder() async throws -> Int64 {
        try await self.store.record(self.key(.counter, "order")).map { try Self.number($0.value) } ?? 0
    }

    func change(lastOrder: Int64) -> StoreChange {
        .put(self.key(.counter, "order"), Array(String(lastOrder).utf8))
    }

    private static func number(_ bytes: [UInt8]) throws(FiscalServiceError) -> Int64 {
        guard let number = Int64(String(decoding: bytes, as: UTF8.self)), (0..<Int64.max).contains(number) else {
            throw FiscalServiceError(.damagedJournal, "a counter cannot be read")
        }
        return number
    }

    // MARK: Outages

    func watch() async throws -> OutageWatch {
        guard let record = try await self.store.record(self.key(.counter, "outage")) else { return OutageWatch() }
        return try JournalCoding.decode(OutageWatch.self, record.value)
    }

    func changes(watch: OutageWatch, outages: [Outage]) throws(FiscalServiceError) -> [StoreChange] {
        var changes: [StoreChange] = [.put(self.key(.counter, "outage"), try JournalCoding.encode(watch))]
        for outage in outages {
            changes.append(.put(self.key(.outage, Self.padded(outage.sequence)), try JournalCoding.encode(outage)))
        }
        return changes
    }

    /// All outages, the oldest first.
    func outages() async throws -> [Outage] {
        try await self.all(.outage).map { try JournalCoding.decode(Outage.self, $0.value) }
    }

    func change(_ orphan: OrphanTransaction) throws(FiscalServiceError) -> StoreChange {
        .put(
            self.key(.orphan, "\(orphan.tseSerial)/\(Self.padded(orphan.number))"), try JournalCoding.encode(orphan))
    }

    /// All transactions that belonged to no document, by TSE and number.
    func orphans() async throws -> [OrphanTransaction] {
        try await self.all(.orphan).map { try JournalCoding.decode(OrphanTransaction.self, $0.value) }
    }

    // MARK: Keys

    private enum Space: String {
        case document = "tse.document"
        case open = "tse.open"
        case unsettled = "tse.unsettled"
        case affected = "tse.affected"
        case register = "tse.register"
        case counter = "tse.counter"
        case outage = "tse.outage"
        case orphan = "tse.orphan"
    }

    private func key(_ space: Space, _ name: String) -> StoreKey {
        StoreKey(register: self.name, space: space.rawValue, name: name)
    }

    private func all(
        _ space: Space, after start: String? = nil, while belongs: (String) -> Bool = { _ in true }
    ) async throws -> [StoreRecord] {
        var records: [StoreRecord] = []
        var last = start
        while true {
            let page = try await self.store.records(
                register: self.name, space: space.rawValue, after: last, limit: 200)
            for record in page {
                guard belongs(record.key.name) else { return records }
                records.append(record)
            }
            guard let end = page.last?.key.name else { return records }
            last = end
        }
    }

    /// Padded, so that names ascend with the numbers.
    private static func padded(_ number: some BinaryInteger) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 20 - digits.count)) + digits
    }
}
