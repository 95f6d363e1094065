import ArgumentParser
import FiscalCore
import OFDKazProtocol
import ProgramSupport

/// Shows how a document ended, and ends the program by it.
enum DocumentOutcome {
    /// - Throws: the exit status: 0 registered, 1 refused, 2 bad input, 3 pending or unknown.
    static func show(json: Bool, _ issue: () async throws -> OFDOutcome) async throws {
        let outcome: OFDOutcome
        do { outcome = try await issue() } catch let error as OFDError where Self.isRefusal(error.code) {
            // The register's own rules say no: nothing was kept, nothing was sent.
            Terminal.say("\(error)")
            Self.print(
                Self.members("refused", nil, nil, []).merging(["reason": .string("\(error.code)")]) { $1 }, json: json)
            throw ExitCode(1)
        } catch { throw Terminal.fail("\(error)") }
        Self.print(Self.members(of: outcome), json: json)
        throw ExitCode(Self.status(of: outcome))
    }

    /// What the contract wants of a document, and some more.
    static func members(of outcome: OFDOutcome) -> [String: JSONValue] {
        var members = Self.members(
            Self.word(of: outcome), outcome.number, outcome.paper.qr, outcome.paper.lines)
        members["document"] = .int(Int(outcome.facts.number))
        members["reference"] = .optional(outcome.facts.reference)
        members["kind"] = .string(outcome.facts.kind.rawValue)
        members["shift"] = outcome.facts.shiftNumber.map { .int(Int($0)) } ?? .null
        switch outcome.state {
        case .refused(let refusal):
            members["code"] = .int(Int(refusal.code.rawValue))
            members["text"] = .optional(refusal.text)
        case .unknown(let question):
            members["code"] = .int(Int(question.code.rawValue))
            members["text"] = .optional(question.text)
        case .registered, .pending: break
        }
        return members
    }

    private static func members(
        _ word: String, _ number: String?, _ qr: String?, _ lines: [String]
    ) -> [String: JSONValue] {
        [
            "outcome": .string(word), "number": .optional(number), "qr": .optional(qr),
            "print": .array(lines.map { .string($0) }),
        ]
    }

    static func word(of outcome: OFDOutcome) -> String {
        switch outcome.state {
        case .registered: "registered"
        case .pending: "pending"
        case .refused: "refused"
        case .unknown: "unknown"
        }
    }

    static func status(of outcome: OFDOutcome) -> Int32 {
        switch outcome.state {
        case .registered: 0
        case .refused: 1
        case .pending, .unknown: 3
        }
    }

    private static func print(_ members: [String: JSONValue], json: Bool) {
        guard !json else { return Terminal.print(JSONValue.object(members).text) }
        if case .string(let word) = members["outcome"] { Terminal.print(word) }
        guard case .array(let lines) = members["print"] else { return }
        for case .string(let line) in lines { Terminal.print(line) }
    }

    /// What the register refuses by its own rules; all other errors are bad input or a broken store.
    private static func isRefusal(_ code: OFDError.Code) -> Bool {
        let rules: [OFDError.Code] = [
            .blocked, .serverBlocked, .shiftMustBeClosed, .offlineTooLong, .queueFull, .notEnoughCash,
        ]
        return rules.contains(code)
    }
}
