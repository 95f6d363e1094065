import FiscalCore
import Foundation

/// The files of a store on disk: the database and SQLite's two companions.
///
/// The database is never opened here by its final name: closing any descriptor of a file drops all POSIX locks that
/// the process holds on it, those of SQLite's connections too.
struct StoreFile {
    /// Absolute, so that SQLite's special names (`:memory:`, `file:`, the empty name) cannot be meant by accident.
    let path: String

    /// Endings of the database, its write-ahead log, that log's index, and the journal of the first moments.
    static let endings = ["", "-wal", "-shm", "-journal"]

    init(path: String) throws(StoreError) {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw StoreError(.unavailable, "the path of the store is empty or has a NUL character")
        }
        self.path = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }

    private var folder: String { (self.path as NSString).deletingLastPathComponent }

    /// The length of one of the files, or nil where it is absent.
    func length(_ ending: String) -> UInt64? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: self.path + ending)
        return (attributes?[.size] as? NSNumber)?.uint64Value
    }

    /// Creates the database as an empty file, unless it is there already, and the folders above it.
    func createIfAbsent() throws(StoreError) {
        guard !FileManager.default.fileExists(atPath: self.path) else { return }
        do {
            try FileManager.default.createDirectory(
                atPath: self.folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StoreError(.unavailable, "the folder of the store cannot be made: \(self.folder)", underlying: error)
        }
        // Made and closed under another name, then linked: two processes may do this at once and both go on.
        let fresh = "\(self.path).new-\(getpid())-\(UUID().uuidString)"
        let descriptor = Foundation.open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw self.failure("the store cannot be created") }
        defer { unlink(fresh) }
        let synced = fsync(descriptor) == 0
        guard Foundation.close(descriptor) == 0, synced else { throw self.failure("the store cannot be created") }
        guard link(fresh, self.path) == 0 || errno == EEXIST else { throw self.failure("the store cannot be created") }
        try self.syncFolder()
    }

    /// Makes created and renamed entries of the folder outlive a power failure.
    func syncFolder() throws(StoreError) {
        let descriptor = Foundation.open(self.folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw self.failure("the folder of the store cannot be read") }
        defer { _ = Foundation.close(descriptor) }
        // Some file systems know no fsync of a folder (EINVAL); there is nothing more to do on them.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw self.failure("the folder of the store cannot be synchronised")
        }
    }

    /// What the system said last, as an error of the store.
    func failure(_ what: String) -> StoreError {
        StoreError(.unavailable, "\(what): \(self.path): \(String(cString: strerror(errno)))")
    }
}
