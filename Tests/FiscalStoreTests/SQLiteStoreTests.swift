import FiscalCore
import FiscalTestSupport
import Foundation
import GRDB
import Testing

@testable import FiscalStore

@Suite("The SQLite store") struct SQLiteStoreTests {
    private let folder: TemporaryFolder
    private let path: String
    private let key = StoreKey(register: "till", space: "sale", name: "1")

    init() throws {
        self.folder = try TemporaryFolder()
        self.path = self.folder.path("state/eet/store.sqlite")
    }

    @Test("Missing folders are made for the owner alone, and so are the file and its companions")
    func permissionBits() async throws {
        let store = try SQLiteStore(path: self.path)
        try await store.commit([.put(self.key, [1])])
        for ending in ["", "-wal", "-shm"] {
            #expect(try permissions(self.path + ending) == 0o600, "\(ending)")
        }
        #expect(try permissions(self.folder.path("state")) == 0o700)
        #expect(try permissions(self.folder.path("state/eet")) == 0o700)
    }

    @Test("Every commit is written through to the disk, in write-ahead mode")
    func settings() async throws {
        let store = try SQLiteStore(path: self.path)
        #expect(try await store.pragma("synchronous") == "2")
        #expect(try await store.pragma("journal_mode") == "wal")
    }

    @Test("The file says whose it is and which version it has")
    func identification() async throws {
        try await SQLiteStore(path: self.path).commit([.put(self.key, [1])])
        // SQLite's file format, section 1.3: user version at byte 60, application id at byte 68, big endian.
        let header = try contents(self.path)
        #expect(Array(header[60..<64]) == [0, 0, 0, 1])
        #expect(Array(header[68..<72]) == Array("FISC".utf8))
    }

    @Test("A relative path and SQLite's special names mean a file", arguments: [":memory:", "file:x?mode=memory"])
    func specialNames(_ name: String) async throws {
        let path = self.folder.path(name)
        try await SQLiteStore(path: path).commit([.put(self.key, [1])])
        #expect(try await SQLiteStore(path: path).record(self.key)?.value == [1])
        #expect(FileManager.default.fileExists(atPath: path))
        #expect(try StoreFile(path: name).path.hasSuffix("/" + name))
        #expect(throws: StoreError.self) { try SQLiteStore(path: "") }
    }

    @Test("A store that cannot be created or opened is unavailable")
    func unavailable() throws {
        #expect(code { try SQLiteStore(path: self.folder.path) } == .unavailable)
        try write([1], to: self.folder.path("file"))
        #expect(code { try SQLiteStore(path: self.folder.path("file/store.sqlite")) } == .unavailable)
    }

    @Test("Two connections decide on the same record: one commit is carried out, the other is told")
    func twoConnections() async throws {
        let (first, second) = (try SQLiteStore(path: self.path), try SQLiteStore(path: self.path))
        try await first.commit([.put(self.key, [1])])
        let seen = try #require(try await second.record(self.key))
        try await first.commit([.put(self.key, [2])], requiring: [.unchanged(self.key, revision: seen.revision)])
        let error = await #expect(throws: StoreError.self) {
            try await second.commit([.put(self.key, [3])], requiring: [.unchanged(self.key, revision: seen.revision)])
        }
        #expect(error?.code == .conflict)
        #expect(try await second.record(self.key)?.value == [2])
    }

    @Test("Ten connections that are opened at once on no file share one store")
    func openedAtOnce() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<10 {
                group.addTask {
                    let key = StoreKey(register: "till", space: "opened", name: "\(index)")
                    try await SQLiteStore(path: self.path).commit([.put(key, [1])])
                }
            }
            try await group.waitForAll()
        }
        let records = try await SQLiteStore(path: self.path).records(
            register: "till", space: "opened", after: nil, limit: 99)
        #expect(records.count == 10)
        #expect(Set(records.map(\.revision)).count == 10)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: self.folder.path("state/eet")).sorted() == [
                "store.sqlite"
            ])
    }

    @Test("A store that another process keeps locked is unavailable after the waiting time, and nothing has changed")
    func locked() async throws {
        let store = try SQLiteStore(path: self.path, busyTimeout: .milliseconds(50))
        try await store.commit([.put(self.key, [1])])
        var leavingOpen = Configuration()
        leavingOpen.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: self.path, configuration: leavingOpen)
        try await other.writeWithoutTransaction { database in
            try database.execute(sql: "BEGIN IMMEDIATE")
        }
        let error = await #expect(throws: StoreError.self) {
            try await store.commit([.put(self.key, Array("secret".utf8))])
        }
        #expect(error?.code == .unavailable)
        // Reading goes on meanwhile.
        #expect(try await store.record(self.key)?.value == [1])
        try await other.writeWithoutTransaction { database in try database.execute(sql: "ROLLBACK") }
        try await store.commit([.put(self.key, [2])])
        #expect(try await store.record(self.key)?.value == [2])
    }

    @Test("No error says anything of a stored value")
    func errorsAreSilent() async throws {
        let store = try SQLiteStore(path: self.path, busyTimeout: .zero)
        let secret = "password-4711"
        try await store.commit([.put(self.key, Array(secret.utf8))])
        let breaking = try DatabaseQueue(path: self.path)
        try await breaking.write { database in try database.execute(sql: "DROP TABLE counter") }
        let error = await #expect(throws: StoreError.self) {
            try await store.commit([.put(self.key, Array("\(secret)-2".utf8))])
        }
        let text = try "\(#require(error)) \(#require(error?.underlying)) \(String(reflecting: error))"
        #expect(!text.contains(secret))
        #expect(try await store.record(self.key)?.value == Array(secret.utf8))
    }

    @Test("Commits in flight when their task is cancelled are all there, with all of their records")
    func cancelledInFlight() async throws {
        let store = try SQLiteStore(path: self.path)
        let tasks = (0..<50).map { number in
            Task {
                try await store.commit(
                    (0..<5).map { .put(StoreKey(register: "till", space: "sale", name: "\(number)/\($0)"), [1]) })
            }
        }
        for task in tasks { task.cancel() }
        for task in tasks { try await task.value }
        #expect(try await store.records(register: "till", space: "sale", after: nil, limit: 999).count == 250)
    }
}
