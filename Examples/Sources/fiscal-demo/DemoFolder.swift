import Foundation

/// Where the demonstration keeps its files: a folder of the user's, or a temporary one that goes with the last holder.
final class DemoFolder: Sendable {
    private let url: URL
    private let isTemporary: Bool

    init(_ path: String?) throws {
        self.isTemporary = path == nil
        self.url =
            path.map { URL(fileURLWithPath: $0) }
            ?? FileManager.default.temporaryDirectory.appendingPathComponent("fiscal-demo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: self.url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit {
        if self.isTemporary { try? FileManager.default.removeItem(at: self.url) }
    }

    func subfolder(_ name: String) throws -> URL {
        let folder = self.url.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }
}
