import Foundation
import Testing

@Suite("What fuzzing starts from, and what it found")
struct WireInvariantsTests {
    /// Every file below `Fuzz/Corpus/ofd-frame` and `Fuzz/FailCases`.
    static let files: [URL] = {
        // This file is Tests/OFDKazProtocolTests/Wire/WireInvariantsTests.swift in the checkout.
        let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return ["Fuzz/Corpus/ofd-frame", "Fuzz/FailCases"].flatMap { folder in
            (try? FileManager.default.contentsOfDirectory(
                at: checkout.appendingPathComponent(folder), includingPropertiesForKeys: nil)) ?? []
        }
    }()

    @Test("Every such file gives frames or an error, however it is cut, and payloads that survive JSON")
    func replayed() throws {
        #expect(Self.files.count > 20)
        for file in Self.files {
            let bytes = [UInt8](try Data(contentsOf: file))
            #expect(throws: Never.self, "\(file.lastPathComponent)") { try WireInvariants.check(bytes) }
        }
    }
}
