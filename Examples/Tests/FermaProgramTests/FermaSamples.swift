import FiscalCore
import Foundation

/// The samples of requests, answers and QR texts, which lie beside the checkout (`../shared/fixtures`) or in the folder
/// named by `FISCAL_FIXTURES`, and are not part of it.
enum FermaSamples {
    private static let root: String? = {
        let files = FileManager.default
        if let named = ProcessInfo.processInfo.environment["FISCAL_FIXTURES"], files.fileExists(atPath: named) {
            return named
        }
        // This file is Examples/Tests/FermaProgramTests/FermaSamples.swift in the checkout.
        var checkout = URL(fileURLWithPath: #filePath)
        for _ in 1...4 { checkout.deleteLastPathComponent() }
        let beside = checkout.deletingLastPathComponent().appendingPathComponent("shared/fixtures").path
        return files.fileExists(atPath: beside) ? beside : nil
    }()

    static var exist: Bool { self.root.map { FileManager.default.fileExists(atPath: "\($0)/ferma") } ?? false }

    /// Said of a test that is skipped for want of them.
    static let absence = "the samples (../shared/fixtures or FISCAL_FIXTURES) are absent"

    /// A whole file of samples.
    static func file(_ name: String) throws -> JSON {
        let url = URL(fileURLWithPath: "\(self.root ?? "")/ferma/\(name).json")
        return try JSON(parsing: [UInt8](try Data(contentsOf: url)))
    }

    /// The samples in one member of a file.
    static func list(_ name: String, _ member: String = "cases") throws -> [JSON] {
        try self.file(name)[member]?.array ?? []
    }
}
