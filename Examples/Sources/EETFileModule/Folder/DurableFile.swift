#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Whole files, written so that a reader sees the old content or the new one and never a part, also after a crash or a
/// power failure.
public enum DurableFile {
    /// The step that is about to be taken or has been taken.
    enum Step: String, Sendable, CaseIterable { case write, rename, syncFolder }

    /// The content of a file.
    /// - Throws: ``FolderError``.
    public static func read(_ path: String) throws(FolderError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FolderError(path, errno) }
        defer { close(descriptor) }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = chunk.withUnsafeMutableBytes { buffer in Self.restarting { posixRead(descriptor, buffer) } }
            guard count >= 0 else { throw FolderError(path, errno) }
            if count == 0 { return content }
            content += chunk.prefix(count)
        }
    }

    /// Writes a file: under a temporary name, through to the disk, then under its own name.
    /// - Parameter mode: the file's rights, whatever the process' mask; 0600 for what holds a secret.
    /// - Throws: ``FolderError``; the old content is still there then.
    public static func write(_ bytes: [UInt8], to path: String, mode: UInt32) throws(FolderError) {
        try Self.write(bytes, to: path, mode: mode, around: { _, body throws(FolderError) in try body() })
    }

    static func write(
        _ bytes: [UInt8], to path: String, mode: UInt32,
        around: (Step, () throws(FolderError) -> Void) throws(FolderError) -> Void
    ) throws(FolderError) {
        let temporary = path + ".new"
        try around(.write) { () throws(FolderError) in try Self.writeThrough(bytes, to: temporary, mode: mode) }
        try around(.rename) { () throws(FolderError) in
            guard rename(temporary, path) == 0 else { throw FolderError(path, errno) }
        }
        try around(.syncFolder) { () throws(FolderError) in try Self.syncFolder(of: path) }
    }

    private static func writeThrough(_ bytes: [UInt8], to path: String, mode: UInt32) throws(FolderError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode_t(mode))
        guard descriptor >= 0 else { throw FolderError(path, errno) }
        defer { close(descriptor) }
        guard fchmod(descriptor, mode_t(mode)) == 0 else { throw FolderError(path, errno) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { bytes in Self.restarting { posixWrite(descriptor, bytes) } }
            guard count > 0 else { throw FolderError(path, errno) }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw FolderError(path, errno) }
    }

    /// Makes names that were given or taken away durable.
    static func syncFolder(of path: String) throws(FolderError) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FolderError(folder, errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FolderError(folder, errno) }
    }

    /// Creates an empty file, or leaves the one that is there.
    static func touch(_ path: String) throws(FolderError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FolderError(path, errno) }
        close(descriptor)
    }

    /// Deletes a file; one that is not there is fine.
    static func delete(_ path: String) throws(FolderError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw FolderError(path, errno) }
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The rights of a file, or nil when there is none.
    static func mode(_ path: String) -> UInt32? {
        var status = stat()
        return stat(path, &status) == 0 ? UInt32(status.st_mode) & 0o777 : nil
    }

    private static func restarting(_ call: () -> Int) -> Int {
        while true {
            let result = call()
            if result >= 0 || errno != EINTR { return result }
        }
    }
}

/// Names that the members of ``DurableFile`` would hide.
private func posixRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    read(descriptor, buffer.baseAddress, buffer.count)
}

private func posixWrite(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
    write(descriptor, buffer.baseAddress, buffer.count)
}
