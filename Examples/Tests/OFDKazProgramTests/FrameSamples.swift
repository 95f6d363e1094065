import FiscalCore
import Foundation

/// Frames from elsewhere: two servers' answers, and requests that Google's runtime encoded (`Fuzz/Corpus/ofd-frame`).
enum FrameSamples {
    static let requests = [
        "system-request", "info-request", "sale-request", "return-request", "withdrawal-request", "close-shift-request",
        "every-field-request",
    ]
    static let responses = ["ticket-answer", "every-field-response"]
    /// It has a field that the schema lacks.
    static let withUnknownField = "info-answer"

    static func path(_ name: String) -> String {
        // This file is Examples/Tests/OFDKazProgramTests/FrameSamples.swift in the checkout.
        let checkout = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        return checkout.appendingPathComponent("Fuzz/Corpus/ofd-frame/\(name).frame").path
    }

    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: self.path(name))))
    }
}
