import Foundation

/// The official samples, which lie beside the checkout (`../shared/fixtures`) or in the folder named by
/// `FISCAL_FIXTURES`, and are not part of it.
enum OfficialSamples {
    static let root: String? = {
        let files = FileManager.default
        if let named = ProcessInfo.processInfo.environment["FISCAL_FIXTURES"], files.fileExists(atPath: named) {
            return named
        }
        // This file is Examples/Tests/EETProgramTests/OfficialSamples.swift in the checkout.
        var checkout = URL(fileURLWithPath: #filePath)
        for _ in 1...4 { checkout.deleteLastPathComponent() }
        let beside = checkout.deletingLastPathComponent().appendingPathComponent("shared/fixtures").path
        return files.fileExists(atPath: beside) ? beside : nil
    }()

    static var exist: Bool { self.root != nil }

    /// Said of a test that is skipped for want of them.
    static let absence = "the official samples (../shared/fixtures or FISCAL_FIXTURES) are absent"

    static func path(_ name: String) -> String { "\(self.root ?? "")/eet/\(name)" }

    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: self.path(name))))
    }

    /// One entry of `vectors.json`.
    struct Vector: Decodable, Sendable {
        var p12, password, plaintext, pkp, bkp: String
        var hlavicka: [String: String]?
        var data: [String: String]?

        /// The attributes of `Data`; where the entry has only the signed text, those that it consists of.
        var attributes: [String: String] {
            if let data { return data }
            let names = ["dic_popl", "id_provoz", "id_pokl", "porad_cis", "dat_trzby", "celk_trzba"]
            let values = self.plaintext.split(separator: "|").map(String.init)
            return Dictionary(uniqueKeysWithValues: zip(names, values)).merging(["rezim": "0"]) { $1 }
        }
    }

    static func vectors() throws -> [Vector] {
        try JSONDecoder().decode([Vector].self, from: Data(Self.bytes("vectors.json")))
    }
}
