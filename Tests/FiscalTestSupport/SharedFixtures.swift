import Foundation

/// The official samples and vectors, which live beside the checkout and are not part of it.
///
/// They are looked for in the folder named by the environment variable `FISCAL_FIXTURES`, then in `../shared/fixtures`
/// beside the checkout. A test that needs them is disabled, aloud, where they are absent:
/// `@Test(.enabled(if: SharedFixtures.exist, "…"))`.
public enum SharedFixtures {
    /// The folder, or nil when there is none.
    public static let root: String? = {
        let files = FileManager.default
        if let named = ProcessInfo.processInfo.environment["FISCAL_FIXTURES"], files.fileExists(atPath: named) {
            return named
        }
        // This file is Tests/FiscalTestSupport/SharedFixtures.swift in the checkout.
        let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let beside = checkout.deletingLastPathComponent().appendingPathComponent("shared/fixtures").path
        return files.fileExists(atPath: beside) ? beside : nil
    }()

    public static var exist: Bool { self.root != nil }

    /// Said of a test that is skipped for want of them.
    public static let absenceText = "the official samples (../shared/fixtures or FISCAL_FIXTURES) are absent"

    /// The bytes of one fixture, by its path below the folder.
    public static func bytes(_ path: String) throws -> [UInt8] {
        guard let root else { throw CocoaError(.fileNoSuchFile) }
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: root).appendingPathComponent(path)))
    }

    /// The whole path of a fixture, for outside tools.
    public static func path(_ path: String) throws -> String {
        guard let root else { throw CocoaError(.fileNoSuchFile) }
        return root + "/" + path
    }
}
