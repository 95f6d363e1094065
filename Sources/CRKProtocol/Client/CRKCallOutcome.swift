public import FiscalCore

/// How a call that the host started ended.
public enum CRKCallOutcome<Answer: Sendable>: Sendable {
    case answered(Answer)
    /// The CPD server said no.
    case refused(CPDRefusal)
    /// The WebApi said no.
    case failed(WebApiFailure)
    /// No answer came; the error says whether the call may have arrived.
    case unanswered(TransportError)
    /// An answer came that cannot be used.
    case unreadable(UnreadableMessage)

    /// What was answered; nil when nothing usable was.
    public var answer: Answer? {
        if case .answered(let answer) = self { answer } else { nil }
    }

    /// Whether the same call may be repeated as it is: nobody said no (decision P25).
    public var mayBeRepeated: Bool {
        switch self {
        case .answered: false
        case .refused(let refusal): refusal.isServerFailure
        case .failed(let failure): failure.kind == .serverError
        case .unanswered, .unreadable: true
        }
    }

    /// What went wrong, in a line without contents; nil for an answer.
    public var trouble: String? {
        switch self {
        case .answered: nil
        case .refused(let refusal): "HTTP \(refusal.httpStatus)" + (refusal.code.map { " \($0.rawValue)" } ?? "")
        case .failed(let failure): "HTTP \(failure.httpStatus)" + (failure.code.map { " code \($0)" } ?? "")
        case .unanswered(let error): "no answer (\(error.reason))"
        case .unreadable(let message): "an answer that cannot be used: \(message)"
        }
    }
}
