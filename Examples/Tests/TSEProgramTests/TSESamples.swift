import Foundation

/// The samples of the TSE country, which lie beside the checkout (`../shared/fixtures`) or in the folder named by
/// `FISCAL_FIXTURES`, and are not part of it.
enum TSESamples {
    private static let root: String? = {
        let files = FileManager.default
        if let named = ProcessInfo.processInfo.environment["FISCAL_FIXTURES"], files.fileExists(atPath: named) {
            return named
        }
        // This file is Examples/Tests/TSEProgramTests/TSESamples.swift in the checkout.
        var checkout = URL(fileURLWithPath: #filePath)
        for _ in 1...4 { checkout.deleteLastPathComponent() }
        let beside = checkout.deletingLastPathComponent().appendingPathComponent("shared/fixtures").path
        return files.fileExists(atPath: beside) ? beside : nil
    }()

    static var exist: Bool { self.root.map { FileManager.default.fileExists(atPath: "\($0)/tse") } ?? false }

    /// Said of a test that is skipped for want of them.
    static let absence = "the samples (../shared/fixtures or FISCAL_FIXTURES) are absent"

    /// The JSON object in a file.
    static func object(_ name: String) throws -> [String: Any] {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(self.root ?? "")/tse/\(name)"))
        return try JSONSerialization.jsonObject(with: bytes) as? [String: Any] ?? [:]
    }

    /// The objects in one of its arrays.
    static func list(_ name: String, _ member: String) throws -> [[String: Any]] {
        try self.object(name)[member] as? [[String: Any]] ?? []
    }
}

/// A value of `JSONSerialization` as text, so that two can be compared: nil is null.
func text(_ value: Any?) -> String {
    switch value {
    case nil, is NSNull: "null"
    case let value?:
        (try? JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .fragmentsAllowed]))
            .map { String(decoding: $0, as: UTF8.self) } ?? "?"
    }
}
