import FiscalCore
import FiscalTestSupport
import Foundation
import GRDB
import Testing

@testable import FiscalStore

@Suite("A damaged or foreign store file") struct DamagedStoreTests {
    private let folder: TemporaryFolder
    private let path: String
    private let key = StoreKey(register: "till", space: "sale", name: "1")

    init() throws {
        self.folder = try TemporaryFolder()
        self.path = self.folder.path("store.sqlite")
    }

    /// A closed store with some hundred records, its log brought into the database.
    private func makeStore() async throws {
        let changes = (0..<300).map { number in
            StoreChange.put(
                StoreKey(register: "till", space: "sale", name: "\(number)"), [UInt8](repeating: 7, count: 200))
        }
        try await SQLiteStore(path: self.path).commit(changes)
        try #require(self.folder.names == ["store.sqlite"])
    }

    @Test("A file that is no database is reported and left as it is", arguments: [16, 511, 512, 4096, 100_000])
    func randomBytes(_ count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) }
        try write(bytes, to: self.path)
        #expect(code { try SQLiteStore(path: self.path) } == .damaged)
        #expect(try contents(self.path) == bytes)
        #expect(self.folder.names == ["store.sqlite"])
    }

    @Test("A store cut off is reported and left as it is", arguments: [100, 1000, 4096, 5000, 20_000])
    func truncated(_ length: Int) async throws {
        try await self.makeStore()
        let bytes = Array(try contents(self.path).prefix(length))
        try write(bytes, to: self.path)
        #expect(code { try SQLiteStore(path: self.path) } == .damaged)
        #expect(try contents(self.path) == bytes)
    }

    @Test("A store with an overwritten page is reported and left as it is", arguments: [1, 2, 3, 5, 9])
    func overwrittenPage(_ page: Int) async throws {
        try await self.makeStore()
        var bytes = try contents(self.path)
        bytes.replaceSubrange(page * 4096..<(page + 1) * 4096, with: [UInt8](repeating: 0xA5, count: 4096))
        try write(bytes, to: self.path)
        #expect(code { try SQLiteStore(path: self.path) } == .damaged)
        #expect(try contents(self.path) == bytes)
    }

    @Test("A file of no length is a new store")
    func empty() async throws {
        try write([], to: self.path)
        try await SQLiteStore(path: self.path).commit([.put(self.key, [1])])
        #expect(try await SQLiteStore(path: self.path).record(self.key)?.value == [1])
    }

    @Test("A log whose database is gone is reported: SQLite would delete it")
    func orphanedLog() throws {
        try write([1, 2, 3], to: self.path + "-wal")
        #expect(code { try SQLiteStore(path: self.path) } == .damaged)
        #expect(self.folder.names == ["store.sqlite-wal"])
        try write([], to: self.path)
        #expect(code { try SQLiteStore(path: self.path) } == .damaged)
        #expect(try contents(self.path + "-wal") == [1, 2, 3])
    }

    @Test("A change that a crash interrupted before write-ahead mode is rolled back, not taken for damage")
    func hotJournal() async throws {
        try await self.makeStore()
        var leavingOpen = Configuration()
        leavingOpen.allowsUnsafeTransactions = true
        let queue = try DatabaseQueue(path: self.path, configuration: leavingOpen)
        let copy = self.folder.path("copy.sqlite")
        try await queue.writeWithoutTransaction { database in
            // With no room in memory SQLite writes half of the change into the file, the old pages into the journal.
            try database.execute(
                sql: """
                    PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; BEGIN IMMEDIATE;
                    UPDATE record SET value = zeroblob(200);
                    """)
            for ending in ["", "-journal"] {
                try FileManager.default.copyItem(atPath: self.path + ending, toPath: copy + ending)
            }
            try database.execute(sql: "ROLLBACK")
        }
        try #require(try contents(copy) != contents(self.path))
        let store = try SQLiteStore(path: copy)
        let records = try await store.records(register: "till", space: "sale", after: nil, limit: 999)
        #expect(records.count == 300)
        #expect(records.allSatisfy { $0.value == [UInt8](repeating: 7, count: 200) })
    }

    @Test("Another program's database is reported and left as it is", arguments: [0, 0x1234_5678])
    func foreign(_ application: Int) throws {
        let queue = try DatabaseQueue(path: self.path)
        try queue.inDatabase { database in
            try database.execute(
                sql: "CREATE TABLE theirs (a); PRAGMA user_version = 1; PRAGMA application_id = \(application)")
        }
        try queue.close()
        let bytes = try contents(self.path)
        #expect(code { try SQLiteStore(path: self.path) } == .damaged)
        #expect(try contents(self.path) == bytes)
    }

    @Test("A store of a later version is reported and left as it is")
    func newerSchema() async throws {
        try await self.makeStore()
        let queue = try DatabaseQueue(path: self.path)
        try queue.inDatabase { database in
            try database.execute(sql: "PRAGMA user_version = 2; PRAGMA wal_checkpoint(TRUNCATE)")
        }
        try queue.close()
        let bytes = try contents(self.path)
        #expect(code { try SQLiteStore(path: self.path) } == .newerSchema)
        #expect(try contents(self.path) == bytes)
    }

    @Test("Damage that shows while the store is open is reported as such")
    func damagedWhileOpen() async throws {
        try await self.makeStore()
        let store = try SQLiteStore(path: self.path)
        let breaking = try DatabaseQueue(path: self.path)
        try await breaking.write { database in
            try database.execute(sql: "UPDATE record SET name = x'FF' WHERE name = x'30'")
        }
        let error = await #expect(throws: StoreError.self) {
            try await store.records(register: "till", space: "sale", after: nil, limit: 999)
        }
        #expect(error?.code == .damaged)
    }

    @Test("A store set aside keeps all its bytes, and a new one begins in its place")
    func setAside() async throws {
        try write([9, 9, 9], to: self.path)
        try write([8], to: self.path + "-wal")
        let new = try SQLiteStore.setAside(path: self.path, suffix: "damaged-1")
        #expect(new == self.path + ".damaged-1")
        #expect(self.folder.names == ["store.sqlite.damaged-1", "store.sqlite.damaged-1-wal"])
        #expect(try contents(new) == [9, 9, 9])
        #expect(try contents(new + "-wal") == [8])
        try await SQLiteStore(path: self.path).commit([.put(self.key, [1])])
        #expect(try await SQLiteStore(path: self.path).record(self.key)?.value == [1])
    }

    @Test("A healthy store set aside, its log included, opens under its new name")
    func setAsideOpens() async throws {
        var store: SQLiteStore? = try SQLiteStore(path: self.path)
        try await store?.commit([.put(self.key, [1])])
        let copy = self.folder.path("copy.sqlite")
        for ending in ["", "-wal", "-shm"] {
            try FileManager.default.copyItem(atPath: self.path + ending, toPath: copy + ending)
        }
        store = nil
        let new = try SQLiteStore.setAside(path: copy, suffix: "2026-01-01")
        #expect(try await SQLiteStore(path: new).record(self.key)?.value == [1])
    }

    @Test("Nothing is overwritten by setting aside", arguments: ["", "-wal"])
    func setAsideRefuses(_ ending: String) throws {
        try write([1], to: self.path)
        try write([2], to: self.path + ".old" + ending)
        #expect(code { _ = try SQLiteStore.setAside(path: self.path, suffix: "old") } == .unavailable)
        #expect(try contents(self.path) == [1])
        #expect(try contents(self.path + ".old" + ending) == [2])
        #expect(code { _ = try SQLiteStore.setAside(path: self.path, suffix: "../old") } == .unavailable)
        #expect(code { _ = try SQLiteStore.setAside(path: self.folder.path("none"), suffix: "old") } == .unavailable)
    }
}
