import FiscalCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The operating system's lock on a folder: tells a run that is alive from a marker that a dead one left.
///
/// The lock ends with the process, however that ends. Its file stays.
final class FolderLock: Sendable {
    /// The file that carries the lock.
    static let fileName = "eet.lock"

    private let descriptor: Int32

    /// - Returns: nil when another run holds the lock.
    /// - Throws: ``FolderError`` when the folder cannot be used.
    init?(folder: String) throws(FolderError) {
        let path = "\(folder)/\(Self.fileName)"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FolderError(path, errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            guard code == EWOULDBLOCK else { throw FolderError(path, code) }
            return nil
        }
        self.descriptor = descriptor
    }

    deinit {
        // Said aloud, because a child that another thread is just starting may hold a copy of the descriptor.
        flock(self.descriptor, LOCK_UN)
        close(self.descriptor)
    }
}
