public import Foundation

/// A fresh folder that goes, with all that is in it, when the last reference to it does.
public final class TemporaryFolder: Sendable {
    public let url: URL
    public var path: String { self.url.path }

    public init() throws {
        self.url = FileManager.default.temporaryDirectory.appendingPathComponent("swift-fiscal-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: self.url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(at: self.url) }

    /// The whole path of a file of this folder.
    public func path(_ name: String) -> String { self.url.appendingPathComponent(name).path }

    /// Writes a file and returns its whole path.
    @discardableResult
    public func write(_ bytes: [UInt8], to name: String) throws -> String {
        let path = self.path(name)
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    public func read(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: self.path(name))))
    }
}
