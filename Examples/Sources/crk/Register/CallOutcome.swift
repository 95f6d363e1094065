import ArgumentParser
import CRKProtocol
import FiscalCore
import ProgramSupport

extension CRKCallOutcome {
    /// One word for how a call ended.
    private var word: String {
        switch self {
        case .answered: "answered"
        case .refused(let refusal): refusal.isServerFailure ? "unanswered" : "refused"
        case .failed(let failure): failure.kind == .serverError ? "unanswered" : "refused"
        case .unanswered: "unanswered"
        case .unreadable: "unreadable"
        }
    }

    /// Shows how a call ended, and ends the program by it.
    /// - Throws: the exit status: 1 refused, 3 no usable answer.
    func show(_ arguments: RegisterArguments, _ members: (Answer) -> [String: JSONValue], _ line: String) throws {
        var shown: [String: JSONValue] = ["outcome": .string(self.word), "trouble": .optional(self.trouble)]
        switch self {
        case .answered(let answer): shown.merge(members(answer)) { $1 }
        case .refused(let refusal):
            shown["code"] = .optional(refusal.code?.rawValue)
            shown["words"] = .optional(refusal.code?.words ?? refusal.message)
        case .failed(let failure): shown["code"] = .optional(failure.code.map { "\($0)" })
        case .unanswered, .unreadable: break
        }
        arguments.show(shown, self.answer == nil ? "\(self.word): \(self.trouble ?? "")" : line)
        switch self.word {
        case "answered": return
        case "refused": throw ExitCode(1)
        default: throw ExitCode(3)
        }
    }
}
