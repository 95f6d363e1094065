import FiscalCore
import Foundation
import GRDB

/// Opens a store file: looks at it without changing it first, then prepares it.
struct StoreOpening {
    let file: StoreFile
    let busyTimeout: Duration

    func open() throws(StoreError) -> DatabaseQueue {
        try self.inspect()
        try self.file.createIfAbsent()
        do {
            let queue = try DatabaseQueue(path: self.file.path, configuration: self.configuration(readonly: false))
            try queue.inDatabase { database in
                try self.enterWriteAheadMode(database)
                try StoreSchema.migrate(database)
            }
            return queue
        } catch {
            throw StoreError(sqlite: error)
        }
    }

    private func configuration(readonly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = readonly
        configuration.label = "FiscalStore"
        // Seconds and attoseconds as the floating-point seconds that GRDB wants.
        let (seconds, attoseconds) = max(self.busyTimeout, .zero).components
        configuration.busyMode = .timeout(min(Double(seconds) + Double(attoseconds) * 1e-18, 86_400))
        return configuration
    }

    /// Refuses a file that is damaged, foreign, or of a later version, before anything can write to it.
    private func inspect() throws(StoreError) {
        if (self.file.length("") ?? 0) == 0 {
            // SQLite would take the log for a leftover and delete it; it may hold the only copy of a commit.
            guard (self.file.length("-wal") ?? 0) == 0 else {
                throw StoreError(
                    .damaged, "there is a write-ahead log, but its database is absent or empty: \(self.file.path)")
            }
            return
        }
        do {
            try self.inspect(readonly: true)
        } catch let error where error.isReadonlyRecovery {
            // A crash in the first moments left a journal that only a writing connection can roll back.
            try self.inspect(readonly: false)
        }
    }

    private func inspect(readonly: Bool) throws(StoreError) {
        do {
            let queue = try DatabaseQueue(path: self.file.path, configuration: self.configuration(readonly: readonly))
            try queue.inDatabase { database in
                guard try StoreSchema.isPresent(in: database) else { return }
                // Structure only (no index comparison): every page is read once, and in order.
                let findings = try String.fetchAll(database, sql: "PRAGMA quick_check(1)")
                guard findings == ["ok"] else {
                    throw StoreError(.damaged, "the structure of the database is broken: \(self.file.path)")
                }
            }
            try queue.close()
        } catch {
            throw StoreError(sqlite: error)
        }
    }

    /// Write-ahead logging, with the log written through to the disk at every commit.
    private func enterWriteAheadMode(_ database: Database) throws {
        try self.retryingWhileBusy {
            guard try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL") == "wal" else {
                throw StoreError(.unavailable, "the file system does not allow write-ahead logging: \(self.file.path)")
            }
        }
        // fullfsync matters on Apple systems only, where fsync alone leaves bytes in the drive's cache.
        try database.execute(
            sql: "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON")
    }

    /// SQLite does not wait by itself when two processes enter write-ahead mode at once: the waiting is done here.
    private func retryingWhileBusy(_ work: () throws -> Void) throws {
        let end = ContinuousClock.now + self.busyTimeout
        while true {
            do {
                return try work()
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < end {
                usleep(5_000)
            }
        }
    }
}
