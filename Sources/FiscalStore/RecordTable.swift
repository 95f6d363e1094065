import FiscalCore
import Foundation
import GRDB

/// The statements on the table of records.
///
/// `coalesce(?, x'')` stands where a BLOB may be empty: an empty `Data` has no address, and SQLite takes that for NULL.
enum RecordTable {
    private static let whereKey =
        "WHERE register = coalesce(?, x'') AND space = coalesce(?, x'') AND name = coalesce(?, x'')"

    /// SQLite's own limit of one value; GRDB traps far above it.
    private static let longestValue = 1_000_000_000

    static func record(_ key: StoreKey, in database: Database) throws -> StoreRecord? {
        let statement = try database.cachedStatement(sql: "SELECT revision, value FROM record \(Self.whereKey)")
        guard let row = try Row.fetchOne(statement, arguments: key.arguments) else { return nil }
        return try Self.record(key, row)
    }

    static func records(
        register: String, space: String, after name: String?, limit: Int, in database: Database
    ) throws -> [StoreRecord] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT revision, value, name FROM record
                WHERE register = coalesce(?, x'') AND space = coalesce(?, x'') \
                \(name == nil ? "" : "AND name > coalesce(?, x'')")
                ORDER BY name LIMIT ?
                """)
        var arguments: StatementArguments = [Data(register.utf8), Data(space.utf8)]
        if let name { arguments += [Data(name.utf8)] }
        arguments += [limit]
        var records: [StoreRecord] = []
        let rows = try Row.fetchCursor(statement, arguments: arguments)
        while let row = try rows.next() {
            guard let bytes = Data.fromDatabaseValue(row[2]), let name = String(validating: bytes, as: UTF8.self) else {
                throw StoreError(.damaged, "a record of space \(space) has a name that is no UTF-8")
            }
            records.append(try Self.record(StoreKey(register: register, space: space, name: name), row))
        }
        return records
    }

    static func check(_ requirements: [StoreRequirement], in database: Database) throws {
        let statement = try database.cachedStatement(sql: "SELECT revision FROM record \(Self.whereKey)")
        for requirement in requirements {
            switch requirement {
            case .absent(let key):
                guard try Int64.fetchOne(statement, arguments: key.arguments) == nil else {
                    throw StoreError.recordPresent(key)
                }
            case .unchanged(let key, let revision):
                guard try Int64.fetchOne(statement, arguments: key.arguments) == revision else {
                    throw StoreError.revisionChanged(key, revision)
                }
            }
        }
    }

    static func apply(_ changes: [StoreChange], in database: Database) throws {
        guard !changes.isEmpty else { return }
        // One number per commit serves all of its records: the next commit has another.
        try database.execute(sql: "UPDATE counter SET revision = revision + 1")
        guard let revision = try Int64.fetchOne(database, sql: "SELECT revision FROM counter") else {
            throw StoreError(.damaged, "the counter of revisions is missing")
        }
        let put = try database.cachedStatement(
            sql: """
                INSERT INTO record (register, space, name, revision, value)
                VALUES (coalesce(?, x''), coalesce(?, x''), coalesce(?, x''), ?, coalesce(?, x''))
                ON CONFLICT (register, space, name) DO UPDATE SET revision = excluded.revision, value = excluded.value
                """)
        let remove = try database.cachedStatement(sql: "DELETE FROM record \(Self.whereKey)")
        for change in changes {
            switch change {
            case .put(let key, let value):
                guard value.count <= Self.longestValue else {
                    throw StoreError(.unavailable, "a value of \(value.count) bytes is too long: \(key.readable)")
                }
                try put.execute(arguments: key.arguments + [revision, Data(value)])
            case .remove(let key):
                try remove.execute(arguments: key.arguments)
            }
        }
    }

    private static func record(_ key: StoreKey, _ row: Row) throws -> StoreRecord {
        guard let revision = Int64.fromDatabaseValue(row[0]), let value = Data.fromDatabaseValue(row[1]) else {
            throw StoreError(.damaged, "the record has columns of the wrong kind: \(key.readable)")
        }
        return StoreRecord(key: key, value: [UInt8](value), revision: revision)
    }
}

extension StoreKey {
    fileprivate var arguments: StatementArguments {
        [Data(self.register.utf8), Data(self.space.utf8), Data(self.name.utf8)]
    }
}
