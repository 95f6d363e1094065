/// What to do after an answer, for an attempt that stands alone (decisions F3 and F4). A sale that was ever unknown
/// stays so until its own receipt, or a refusal for good, comes under the same id (decision F6): that is the client's
/// to know.
public enum Plan: Sendable, Hashable {
    /// The receipt exists.
    case done
    /// Send the same bytes under the same id again, after a growing pause; with an alarm where somebody has to look.
    case repeatSame(isAlarm: Bool)
    /// Refused for good, nothing printed: a corrected receipt may go out under a new id.
    case fixThenNewID
    /// The request can never succeed, nothing printed.
    case stop
    /// Not by the library: a person decides, and if the request is repeated, it is under the same id.
    case askPerson
}

extension FermaAnswer {
    /// What to do next.
    public var plan: Plan {
        switch self.retry {
        case .none: .done
        case .fixThenNewId: .fixThenNewID
        case .never: .stop
        case .waitSameId, .laterSameId, .sameId, .unknownStateSameIdOnly:
            self.repeatsByItself ? .repeatSame(isAlarm: self.raisesAlarm) : .askPerson
        }
    }

    /// Whether somebody has to know of the answer at once.
    public var raisesAlarm: Bool {
        switch self.outcome {
        case .fiscalised: false
        case .serviceError(let error): error.raisesAlarm
        case .deviceError(let error): error.raisesAlarm
        case .unknown(let reason): reason.raisesAlarm
        }
    }

    private var repeatsByItself: Bool {
        if self.isFatal == true { return false }
        switch self.outcome {
        case .fiscalised: return false
        // Nobody said anything against it, and the same id is safe.
        case .unknown: return true
        case .serviceError(let error):
            return error.allowsAutomaticRepeat && (self.isWaiting || self.isFatal == false)
        case .deviceError: return self.isWaiting || self.isFatal == false
        }
    }

    /// Whether the code itself says that time alone will help.
    private var isWaiting: Bool { [.waitSameId, .laterSameId].contains(self.retry) }
}
