import FiscalCore
import GRDB

/// How the records lie in the file, and the steps from older forms to the present one.
enum StoreSchema {
    /// SQLite's field for "whose file is this": `FISC` in ASCII.
    static let applicationID: Int32 = 0x4649_5343

    /// One step per version; `user_version` counts those that were taken.
    private static let steps: [@Sendable (Database) throws -> Void] = [Self.createRecords]

    static var version: Int { Self.steps.count }

    /// Whether the file holds a store of this library. False for a database without any content.
    /// - Throws: ``StoreError`` with code `damaged` for a foreign database, `newerSchema` for one of a later version.
    static func isPresent(in database: Database) throws -> Bool {
        let application = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        if application == 0, version == 0, try Self.isEmpty(database) { return false }
        guard application == Self.applicationID, version > 0 else {
            throw StoreError(.damaged, "the file is a database, but not a store of this library")
        }
        guard version <= Self.version else {
            throw StoreError(
                .newerSchema, "the store has version \(version); this library knows versions up to \(Self.version)")
        }
        return true
    }

    /// Brings the schema to the present version. Looks again under the write lock: another process may have been first.
    static func migrate(_ database: Database) throws {
        guard try !Self.isPresent(in: database) || Self.storedVersion(database) < Self.version else { return }
        try database.inTransaction(.immediate) {
            let present = try Self.isPresent(in: database) ? Self.storedVersion(database) : 0
            for step in Self.steps.dropFirst(present) { try step(database) }
            try database.execute(
                sql: "PRAGMA application_id = \(Self.applicationID); PRAGMA user_version = \(Self.version)")
            return .commit
        }
    }

    private static func storedVersion(_ database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    }

    private static func isEmpty(_ database: Database) throws -> Bool {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
    }

    /// Version 1. Keys are BLOBs of UTF-8: compared byte by byte, and a NUL character does not end them.
    /// The counter outlives every record, so that no revision is given twice.
    private static func createRecords(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE record (
                    register BLOB NOT NULL,
                    space BLOB NOT NULL,
                    name BLOB NOT NULL,
                    revision INTEGER NOT NULL,
                    value BLOB NOT NULL,
                    PRIMARY KEY (register, space, name)
                );
                CREATE TABLE counter (
                    id INTEGER PRIMARY KEY CHECK (id = 1),
                    revision INTEGER NOT NULL
                );
                INSERT INTO counter (id, revision) VALUES (1, 0);
                """)
    }
}
