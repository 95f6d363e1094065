import Foundation

/// Files that are there whole or not at all, and on the disk when the call returns.
enum AtomicFile {
    static func write(_ bytes: [UInt8], to path: String) throws {
        let draft = "\(path).new"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(path) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try file.write(contentsOf: Data(bytes))
        try file.synchronize()
        try file.close()
        guard rename(draft, path) == 0 else { throw Self.failure(path) }
    }

    static func failure(_ path: String) -> FileFailure {
        FileFailure(path: path, reason: String(cString: strerror(errno)))
    }
}

/// A file of the register could not be read or written.
public struct FileFailure: Error, CustomStringConvertible {
    public var path: String
    public var reason: String
    public var description: String { "\(self.path): \(self.reason)" }
}
