import FiscalCore
import Foundation
import Killing
import OFDKazProtocol

/// What was printed and handed out. A till must never print a document twice.
final class Receipts {
    /// One receipt.
    struct Line: Codable {
        /// The place in the day, from 1.
        var place: Int
        /// registered or pending.
        var outcome: String
        /// Our number of the document.
        var document: Int64
        var kind: String
        /// The fiscal sign, or our own offline number.
        var number: String?
        var date: String
        var total: Int64?
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

    func print(_ outcome: OFDOutcome, _ place: Int) throws {
        let word: String
        switch outcome.state {
        case .registered: word = "registered"
        case .pending: word = "pending"
        case .refused(let refusal): throw Unexpected("document \(place) was refused with \(refusal.code.rawValue)")
        case .unknown(let question): throw Unexpected("document \(place) is unknown after \(question.code.rawValue)")
        }
        let facts = outcome.facts
        let line = Line(
            place: place, outcome: word, document: facts.number, kind: facts.kind.rawValue, number: outcome.number,
            date: "\(facts.dateTime)", total: Day.total(place))
        self.plan.pass("before printing")
        try self.file.seekToEnd()
        // One write: a line is there or not.
        try self.file.write(contentsOf: try JSONEncoder().encode(line) + [UInt8(ascii: "\n")])
        self.plan.pass("after printing")
        self.lines.append(line)
    }
}

/// A document ended as no document of this day may.
struct Unexpected: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
}
