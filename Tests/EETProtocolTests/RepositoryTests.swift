import Foundation
import Testing

@Suite("The checkout")
struct RepositoryTests {
    @Test("No key file and no private key is part of it: the authority's test certificates are the user's to fetch")
    func noKeyFiles() throws {
        // This file is Tests/EETProtocolTests/RepositoryTests.swift in the checkout.
        let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        var looked = 0
        for folder in [
            "Sources", "Tests", "Examples/Sources", "Examples/Tests", "Benchmarks/Sources", "Conformance", "dev",
        ] {
            let files = FileManager.default.enumerator(
                at: checkout.appendingPathComponent(folder), includingPropertiesForKeys: [.isRegularFileKey])
            while let file = files?.nextObject() as? URL {
                if file.lastPathComponent == ".build" { files?.skipDescendants() }
                guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
                looked += 1
                #expect(
                    !["p12", "pfx", "key", "der", "crt", "cer"].contains(file.pathExtension.lowercased()), "\(file)")
                let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
                let isKey = text.contains("-----BEGIN PRIVATE" + " KEY-----\nMI")
                #expect(!isKey, "\(file)")
            }
        }
        #expect(looked > 100)
    }
}
