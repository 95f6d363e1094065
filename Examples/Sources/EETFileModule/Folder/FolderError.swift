#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file of the folder that could not be read or written.
public struct FolderError: Error, Sendable, Hashable, CustomStringConvertible {
    public var path: String
    /// The operating system's reason.
    public var code: Int32

    init(_ path: String, _ code: Int32) {
        self.path = path
        self.code = code
    }

    /// There is no such file.
    public var isMissing: Bool { self.code == ENOENT }

    public var description: String { "\(self.path): \(String(cString: strerror(self.code)))" }
}
