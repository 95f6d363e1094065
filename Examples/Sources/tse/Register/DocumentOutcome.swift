import ArgumentParser
import FiscalCore
import ProgramSupport
import TSEOffline

/// Shows how a call ended, and ends the program by it.
enum DocumentOutcome {
    /// - Throws: the exit status 3 when the TSE is down.
    static func show(_ opened: TillOpened, json: Bool) throws {
        var members = Self.members(opened.answer, Paper())
        members["outcome"] = .string(opened.tseFailed ? "pending" : "registered")
        Self.print(members, json: json)
        if opened.tseFailed { throw ExitCode(3) }
    }

    /// - Throws: the exit status: 1 refused, 3 pending or unknown.
    static func show(_ outcome: FiscalServiceOutcome, step: FiscalStep, json: Bool) throws {
        var members =
            outcome.answer.map { Self.members($0, outcome.paper) } ?? [
                "document": .string(outcome.documentID), "step": .string(step.rawValue), "kind": .null,
                "number": .null, "qr": .null, "print": .array([]),
            ]
        members["outcome"] = .string(Self.word(outcome))
        if let fault = outcome.fault { members["reason"] = .string("\(fault)") }
        Self.print(members, json: json)
        switch outcome.state {
        case .registered: return
        case .refused: throw ExitCode(1)
        case .pending, .unknown: throw ExitCode(3)
        }
    }

    private static func word(_ outcome: FiscalServiceOutcome) -> String {
        switch outcome.state {
        case .registered: "registered"
        case .pending: "pending"
        case .refused: "refused"
        case .unknown: "unknown"
        }
    }

    private static func members(_ answer: TillAnswer, _ paper: Paper) -> [String: JSONValue] {
        let qr = answer.verdict.signature?.qr
        return [
            "document": .string(answer.documentID),
            "step": .string(answer.verdict.step.rawValue),
            "kind": .string(answer.verdict.kind.rawValue),
            // The number of a call that failed (−99, 0) names nothing.
            "number": answer.response.number.flatMap { $0 > 0 ? .int(Int($0)) : nil } ?? .null,
            "qr": .optional(paper.qr),
            "print": .array(paper.lines.map { .string($0) }),
            "notice": .optional(answer.notice),
            "signature": .optional(answer.verdict.signatureVerdict?.rawValue),
            "transaction": qr.map { .int(Int(clamping: $0.transactionNumber)) } ?? .null,
            "signatureCounter": qr.map { .int(Int(clamping: $0.signatureCounter)) } ?? .null,
            "fromJournal": .bool(answer.isFromJournal),
            "unfinished": .int(answer.unfinishedDocuments),
            "inconsistencies": .array(answer.verdict.inconsistencies.map { .string($0) }),
        ]
    }

    private static func print(_ members: [String: JSONValue], json: Bool) {
        guard !json else { return Terminal.print(JSONValue.object(members).text) }
        if case .string(let word) = members["outcome"], case .string(let document) = members["document"] {
            Terminal.print("\(word): \(document)")
        }
        guard case .array(let lines) = members["print"] else { return }
        for case .string(let line) in lines { Terminal.print(line) }
    }
}
