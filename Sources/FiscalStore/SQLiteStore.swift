public import FiscalCore
import GRDB

/// The ready-made durable store: one SQLite file in write-ahead mode, written through to the disk at every commit.
///
/// - One connection serves all calls in turn; the work is done outside the cooperative thread pool. A call that was
///   begun is carried out, also when its task is cancelled.
/// - Two processes may open the same file. Each waits for the other's commit up to `busyTimeout`, then fails with
///   `unavailable`.
/// - The file is created with mode 0600, missing folders above it with 0700; SQLite gives its `-wal` and `-shm`
///   companions the mode of the file. The three belong together: never copy or move one alone. The file must lie on a
///   local disk.
/// - A file that this library did not write, or that is damaged, is reported and left as it is. Only
///   ``setAside(path:suffix:)`` moves it out of the way.
public final class SQLiteStore: DurableStore {
    /// The absolute path of the file.
    public let path: String

    private let queue: DatabaseQueue

    /// Opens the store at `path`, and creates it where there is none. Blocks while it reads the whole file once to
    /// check its structure.
    /// - Parameters:
    ///   - path: The file; a relative path starts at the current folder.
    ///   - busyTimeout: How long a call waits for another process that is writing.
    /// - Throws: ``StoreError`` with code `damaged` (not a store of this library, or broken), `newerSchema` (written by
    ///   a later version), or `unavailable` (not allowed, no space, locked). Nothing was changed then.
    public init(path: String, busyTimeout: Duration = .seconds(5)) throws(StoreError) {
        let file = try StoreFile(path: path)
        self.path = file.path
        self.queue = try StoreOpening(file: file, busyTimeout: busyTimeout).open()
    }

    public func record(_ key: StoreKey) async throws(StoreError) -> StoreRecord? {
        try await self.perform { database in try RecordTable.record(key, in: database) }
    }

    public func records(
        register: String, space: String, after name: String?, limit: Int
    ) async throws(StoreError) -> [StoreRecord] {
        guard limit > 0 else { return [] }
        return try await self.perform { database in
            try RecordTable.records(register: register, space: space, after: name, limit: limit, in: database)
        }
    }

    public func commit(
        _ changes: [StoreChange], requiring requirements: [StoreRequirement]
    ) async throws(StoreError) {
        try await self.perform { database in
            // IMMEDIATE takes the write lock before the requirements are read, so that no other process can come
            // between the check and the change.
            try database.inTransaction(.immediate) {
                try RecordTable.check(requirements, in: database)
                try RecordTable.apply(changes, in: database)
                return .commit
            }
        }
    }

    /// Runs `work` on the database's own queue and waits for its end.
    ///
    /// Not GRDB's `async` methods: those interrupt a statement when the calling task is cancelled, and the caller could
    /// not tell whether its commit is there.
    private func perform<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
            self.queue.asyncWriteWithoutTransaction { database in
                continuation.resume(returning: Result { try work(database) }.mapError(StoreError.init(sqlite:)))
            }
        }
        return try result.get()
    }

    /// A setting of the one connection, for tests: `synchronous`, `journal_mode`.
    func pragma(_ name: String) async throws(StoreError) -> String? {
        try await self.perform { database in try String.fetchOne(database, sql: "PRAGMA \(name)") }
    }
}
