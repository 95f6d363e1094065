import Foundation

/// The folder in which the authorities keep keys and ledgers; files in it belong to their owner alone.
struct StateFolder: Sendable {
    let url: URL

    init(_ path: String) throws {
        self.url = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(
            at: self.url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    func path(_ name: String) -> String { self.url.appendingPathComponent(name).path }

    /// The stored value, or a new one that is stored.
    func value<Value: Codable>(_ name: String, make: () throws -> Value) throws -> Value {
        let file = self.url.appendingPathComponent(name)
        if let stored = try? Data(contentsOf: file) { return try JSONDecoder().decode(Value.self, from: stored) }
        let value = try make()
        try self.write([UInt8](JSONEncoder().encode(value)), to: name)
        return value
    }

    /// Writes a file whole or not at all, and returns its path.
    @discardableResult
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Self.write(bytes, toFile: self.path(name))
        return self.path(name)
    }

    /// The same anywhere: under another name first, then renamed.
    static func write(_ bytes: [UInt8], toFile path: String) throws {
        let draft = "\(path).\(ProcessInfo.processInfo.processIdentifier).new"
        guard
            FileManager.default.createFile(
                atPath: draft, contents: Data(bytes), attributes: [.posixPermissions: 0o600]),
            rename(draft, path) == 0
        else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path]) }
    }
}
