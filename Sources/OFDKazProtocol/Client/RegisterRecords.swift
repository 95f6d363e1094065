import FiscalCore

/// Where everything of one register lies in the store.
///
/// | space | name | what |
/// |---|---|---|
/// | `ofd.state` | `state` | ``StoredState``: the machine without its queue, and what the next document needs |
/// | `ofd.counters` | `counters` | the counters of the shift, and those that outlive it |
/// | `ofd.service` | `service` | ``StoredService``: what the server told about the register |
/// | `ofd.queue` | number | the `QueuedMessage`: pair, attempts, refusal |
/// | `ofd.body` | number | its ``StoredRequest``: the `Request` without the offline period |
/// | `ofd.document` | number | ``DocumentRecord``: what was issued, how it ended, what was printed; never removed |
/// | `ofd.reference` | the host's reference | the number of the document |
/// | `ofd.archive` | number | what a person took out of the queue |
/// | `ofd.incident` | number | `OFDIncident` |
/// | `ofd.nomenclature` | `current` | the bytes of the last `NomenclatureResponse` that replaced the list |
///
/// Numbers are padded, so that names ascend with them. Every commit writes the state, and demands that nobody else has
/// written it since: so one process decides at a time, whatever else a commit changes.
struct RegisterRecords: Sendable {
    enum Space: String {
        case state = "ofd.state"
        case counters = "ofd.counters"
        case service = "ofd.service"
        case queue = "ofd.queue"
        case body = "ofd.body"
        case document = "ofd.document"
        case reference = "ofd.reference"
        case archive = "ofd.archive"
        case incident = "ofd.incident"
        case nomenclature = "ofd.nomenclature"
    }

    let store: any DurableStore
    let register: String

    var state: StoreKey { self.key(.state, "state") }
    var counters: StoreKey { self.key(.counters, "counters") }
    var service: StoreKey { self.key(.service, "service") }
    var nomenclature: StoreKey { self.key(.nomenclature, "current") }

    func key(_ space: Space, _ name: String) -> StoreKey {
        StoreKey(register: self.register, space: space.rawValue, name: name)
    }

    func key(_ space: Space, _ number: Int64) -> StoreKey {
        self.key(space, Self.name(number))
    }

    private static func name(_ number: Int64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 19 - digits.count)) + digits
    }

    /// The value under a key, or nil when there is none.
    func value<Value: Codable>(_ type: Value.Type, _ key: StoreKey) async throws -> Value? {
        guard let record = try await self.store.record(key) else { return nil }
        return try StoredForms.decode(type, from: record)
    }

    /// All values of a space in the order of their names.
    func values<Value: Codable>(_ type: Value.Type, _ space: Space) async throws -> [Value] {
        var values: [Value] = []
        var last: String?
        while true {
            let page = try await self.store.records(
                register: self.register, space: space.rawValue, after: last, limit: 500)
            for record in page { values.append(try StoredForms.decode(type, from: record)) }
            guard let end = page.last else { return values }
            last = end.key.name
        }
    }

    /// Up to `limit` values after the one with that number, in ascending order.
    func values<Value: Codable>(
        _ type: Value.Type, _ space: Space, after number: Int64?, limit: Int
    ) async throws -> [Value] {
        let page = try await self.store.records(
            register: self.register, space: space.rawValue, after: number.map(Self.name), limit: limit)
        var values: [Value] = []
        for record in page { values.append(try StoredForms.decode(type, from: record)) }
        return values
    }

    /// The document of a reference, or nil.
    func number(of reference: String) async throws -> Int64? {
        let key = self.key(.reference, reference)
        guard let record = try await self.store.record(key) else { return nil }
        guard let number = Int64(String(decoding: record.value, as: UTF8.self)) else {
            throw OFDError(.damagedJournal, "the index of references cannot be read")
        }
        return number
    }

    func document(_ number: Int64) async throws -> DocumentRecord {
        guard let document = try await self.value(DocumentRecord.self, self.key(.document, number)) else {
            throw OFDError(.damagedJournal, "document \(number) is not in the journal")
        }
        return document
    }

    /// The request of a queued message.
    func request(_ number: Int64) async throws -> StoredRequest {
        guard let record = try await self.store.record(self.key(.body, number)) else {
            throw OFDError(.damagedJournal, "the request of message \(number) is not in the store")
        }
        guard let request = StoredRequest(record.value) else {
            throw OFDError(.damagedJournal, "the request of message \(number) cannot be read")
        }
        return request
    }
}
