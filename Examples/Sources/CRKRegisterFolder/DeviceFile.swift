import CRKProtocol
import FiscalCore
import Foundation
import Synchronization

/// What a device writes once and for ever, played by a small file that is written whole at each step.
///
/// It counts what is done and refuses to do what cannot be undone a second time, as a fiscal memory does.
final class DeviceFile: FiscalisationDevice {
    /// What the device holds.
    struct Content: Codable {
        /// How often each step was carried out, by its number; the fiscal report counts itself in the protected memory.
        var steps: [Int: Int] = [:]
        /// How often somebody wanted to repeat what cannot be undone.
        var refused = 0
        /// The number under which the fiscal report is made, chosen before it is.
        var report: Int64?
        var facts: FiscalisationFacts?
    }

    private let url: URL
    private let documents: DocumentFile
    private let moment: @Sendable (String) -> Void
    private let lock = Mutex(())

    init(_ url: URL, _ documents: DocumentFile, _ moment: @escaping @Sendable (String) -> Void) {
        self.url = url
        self.documents = documents
        self.moment = moment
    }

    private func read() throws -> Content {
        guard FileManager.default.fileExists(atPath: self.url.path) else { return Content() }
        return try JSONDecoder().decode(Content.self, from: try Data(contentsOf: self.url))
    }

    private func write(_ content: Content) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try AtomicFile.write([UInt8](try encoder.encode(content)), to: self.url.path)
    }

    func isDone(_ step: FiscalisationStep, _ facts: FiscalisationFacts) async throws -> DeviceAnswer {
        try self.lock.withLock { _ in
            let content = try self.read()
            guard step == .makeFiscalReport else {
                return content.steps[step.rawValue] == nil ? .notDone : .done(report: nil)
            }
            guard let number = content.report, try self.documents.last() >= number else { return .notDone }
            return .done(report: number)
        }
    }

    func perform(_ step: FiscalisationStep, _ facts: FiscalisationFacts) async throws -> Int64? {
        try self.lock.withLock { _ in
            var content = try self.read()
            if step == .makeFiscalReport { return try self.makeReport(&content, facts) }
            if step.isIrreversible, content.steps[step.rawValue] != nil { try self.refuse(&content, step) }
            content.steps[step.rawValue, default: 0] += 1
            content.facts = facts
            self.moment("before \(step)")
            try self.write(content)
            self.moment("after \(step)")
            return nil
        }
    }

    /// The report is in the protected memory or it is not: its number, chosen first, tells.
    private func makeReport(_ content: inout Content, _ facts: FiscalisationFacts) throws -> Int64 {
        let step = FiscalisationStep.makeFiscalReport
        let last = try self.documents.last()
        if let number = content.report, last >= number { try self.refuse(&content, step) }
        content.report = last + 1
        content.facts = facts
        self.moment("before the number of the report")
        try self.write(content)
        self.moment("before the report")
        let report: JSON = [
            "JPKID": .integer(last + 1), "numerEwidencyjny": .string(facts.registrationNumber.text),
            "numerUnikatowy": .string(facts.unit.text), "NIP": .string(facts.taxpayer.text),
            "data": .string(facts.time.utcMilliseconds),
        ]
        try self.documents.append([.init(number: last + 1, type: "RF", detailed: report, short: nil)])
        self.moment("after the report")
        return last + 1
    }

    private func refuse(_ content: inout Content, _ step: FiscalisationStep) throws {
        content.refused += 1
        try self.write(content)
        throw AlreadyDone(step: step)
    }
}

/// A device was asked to do again what cannot be undone.
struct AlreadyDone: Error, CustomStringConvertible {
    var step: FiscalisationStep
    var description: String { "the device has done \(self.step) before, and for ever" }
}
