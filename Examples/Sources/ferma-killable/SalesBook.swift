import FermaClient
import FiscalCore
import Foundation
import Killing

/// What the till knows: one line for each sale that has ended.
final class SalesBook {
    private struct Line: Codable {
        var place: Int
        var requestID: String
        /// registered or refused.
        var outcome: String
        var number: Int64?
        var sign: UInt32?
        /// In kopecks.
        var total: Int64
        var type: Int64
    }

    private(set) var places: Set<Int>
    private let file: FileHandle
    private let plan: KillPlan

    init(_ url: URL, plan: KillPlan) throws {
        if !FileManager.default.fileExists(atPath: url.path) {
            _ = FileManager.default.createFile(atPath: url.path, contents: nil)
        }
        self.places = Set(
            try Data(contentsOf: url).split(separator: UInt8(ascii: "\n"))
                .map { try JSONDecoder().decode(Line.self, from: $0).place })
        self.file = try FileHandle(forWritingTo: url)
        self.plan = plan
    }

    func write(_ outcome: FermaOutcome, _ place: Int) throws {
        let document = outcome.document
        let line = Line(
            place: place, requestID: outcome.facts.identity.requestID,
            outcome: document == nil ? "refused" : "registered", number: document?.number, sign: document?.sign,
            total: outcome.facts.total?.minorUnits ?? 0, type: document?.type?.rawValue ?? 0)
        self.plan.pass("before the book")
        try self.file.seekToEnd()
        // One write: a line is there or not.
        try self.file.write(contentsOf: try JSONEncoder().encode(line) + [UInt8(ascii: "\n")])
        self.plan.pass("after the book")
        self.places.insert(place)
    }
}
