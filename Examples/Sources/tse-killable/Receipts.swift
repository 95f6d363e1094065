import Foundation
import Killing

/// What the till was told at each step, and has printed. A till never does a step twice that it has a line of.
final class Receipts {
    /// One step.
    struct Line: Codable {
        /// The place in the script, from 0.
        var place: Int
        var step: String
        var document: String
        /// The kind of the answer (decision T2).
        var kind: String
        /// What `createDocument` answered, to be sent back.
        var number, revision, startTime: Int64
        var paper: [String]
        /// Empty without a signature.
        var qr: String
    }

    private(set) var lines: [Line]
    private let file: FileHandle
    private let plan: KillPlan

    init(_ url: URL, plan: KillPlan) throws {
        if !FileManager.default.fileExists(atPath: url.path) {
            _ = FileManager.default.createFile(atPath: url.path, contents: nil)
        }
        self.lines = try Data(contentsOf: url).split(separator: UInt8(ascii: "\n"))
            .map { try JSONDecoder().decode(Line.self, from: $0) }
        self.file = try FileHandle(forWritingTo: url)
        self.plan = plan
    }

    /// The answer that opened a document.
    func opening(of document: String) -> Line? {
        self.lines.first { $0.document == document && $0.step == "create" }
    }

    func print(_ line: Line) throws {
        self.plan.pass("before printing")
        try self.file.seekToEnd()
        // One write: a line is there or not.
        try self.file.write(contentsOf: try JSONEncoder().encode(line) + [UInt8(ascii: "\n")])
        self.plan.pass("after printing")
        self.lines.append(line)
    }
}
