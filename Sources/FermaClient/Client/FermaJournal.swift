import FiscalCore
import Foundation

/// The journal of submissions over a `DurableStore`: one entry per identity, and an index of those that are not finished.
///
/// Every change is one commit, and a commit demands that nobody changed the entry since it was read.
struct FermaJournal: Sendable {
    private let store: any DurableStore
    private let register: String
    private let space: String

    /// - Parameter environment: production and test have journals of their own.
    init(store: any DurableStore, register: String, environment: FermaEnvironment) {
        self.store = store
        self.register = register
        self.space = "ferma.\(environment.rawValue)"
    }

    /// An entry and the revision under which it was read.
    struct Read: Sendable {
        var entry: FermaSubmission
        var revision: Int64
    }

    func read(_ identity: RequestIdentity) async throws -> Read? {
        guard let record = try await self.store.record(self.entryKey(identity)) else { return nil }
        return Read(entry: try FermaSubmission(restoring: record.value), revision: record.revision)
    }

    /// Adds an entry that the journal does not have, under the next sequence number; in the same commit replaces the one
    /// that it corrects.
    /// - Throws: `StoreError` with code `conflict` when somebody was faster; nothing has changed then.
    func add(_ draft: FermaSubmission, replacing corrected: Read? = nil) async throws -> FermaSubmission {
        let counterKey = StoreKey(register: self.register, space: "\(self.space).counter", name: "sequence")
        let counter = try await self.store.record(counterKey)
        let last = try counter.map { record in
            guard let last = Int64(String(decoding: record.value, as: UTF8.self)), last < .max else {
                throw FermaError(.damagedJournal, "the counter of submissions cannot be read")
            }
            return last
        }
        var entry = draft
        entry.sequence = (last ?? 0) + 1
        var changes: [StoreChange] = [.put(counterKey, Array(String(entry.sequence).utf8))]
        changes += try self.changes(entry)
        var requirements: [StoreRequirement] = [
            .absent(self.entryKey(entry.identity)),
            counter.map { .unchanged(counterKey, revision: $0.revision) } ?? .absent(counterKey),
        ]
        if let corrected {
            changes += try self.changes(corrected.entry)
            requirements.append(
                .unchanged(self.entryKey(corrected.entry.identity), revision: corrected.revision))
        }
        try await self.store.commit(changes, requiring: requirements)
        return entry
    }

    /// Replaces an entry.
    /// - Throws: `StoreError` with code `conflict` when somebody changed it since it was read.
    func update(_ entry: FermaSubmission, revision: Int64, stop: FermaStop? = nil) async throws {
        try await self.store.commit(
            self.changes(entry) + self.changes(stop),
            requiring: [.unchanged(self.entryKey(entry.identity), revision: revision)])
    }

    /// What is neither registered nor corrected nor closed, in the order of the sales.
    func unfinished() async throws -> [Read] {
        var reads: [Read] = []
        var last: String?
        while true {
            let page = try await self.store.records(
                register: self.register, space: "\(self.space).unfinished", after: last, limit: 200)
            for index in page {
                let key = StoreKey(
                    register: self.register, space: "\(self.space).submission",
                    name: String(decoding: index.value, as: UTF8.self))
                guard let record = try await self.store.record(key) else {
                    throw FermaError(.damagedJournal, "the index names a submission that is not there")
                }
                reads.append(Read(entry: try FermaSubmission(restoring: record.value), revision: record.revision))
            }
            guard let end = page.last?.key.name else { return reads }
            last = end
        }
    }

    /// The last stop, whether it stands or not.
    func stop() async throws -> FermaStop? {
        guard let record = try await self.store.record(self.stopKey) else { return nil }
        do { return try JSONDecoder().decode(FermaStop.self, from: Data(record.value)) } catch {
            throw FermaError(.damagedJournal, "the stop cannot be read")
        }
    }

    func put(_ stop: FermaStop) async throws {
        try await self.store.commit(self.changes(stop))
    }

    private var stopKey: StoreKey {
        StoreKey(register: self.register, space: "\(self.space).stop", name: "device")
    }

    private func changes(_ stop: FermaStop?) throws(FermaError) -> [StoreChange] {
        guard let stop else { return [] }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        do { return [.put(self.stopKey, [UInt8](try encoder.encode(stop)))] } catch {
            throw FermaError(.damagedJournal, "a stop cannot be written", underlying: error)
        }
    }

    private func changes(_ entry: FermaSubmission) throws(FermaError) -> [StoreChange] {
        let index = StoreKey(
            register: self.register, space: "\(self.space).unfinished", name: Self.indexName(entry.sequence))
        let entryKey = self.entryKey(entry.identity)
        return [
            .put(entryKey, try entry.encoded()),
            entry.machine.isFinished ? .remove(index) : .put(index, Array(entryKey.name.utf8)),
        ]
    }

    /// Identity is all three (decision F17); as JSON, so that no text of one can pass for two.
    private func entryKey(_ identity: RequestIdentity) -> StoreKey {
        let parts: [String?] = [identity.requestID, identity.group, identity.clientID]
        let name = JSON.array(parts.map { .string($0 ?? "") })
        return StoreKey(
            register: self.register, space: "\(self.space).submission",
            name: String(decoding: name.bytes, as: UTF8.self))
    }

    /// Padded, so that the names of the index ascend with the numbers.
    private static func indexName(_ sequence: Int64) -> String {
        let digits = String(sequence)
        return String(repeating: "0", count: max(0, 19 - digits.count)) + digits
    }
}
