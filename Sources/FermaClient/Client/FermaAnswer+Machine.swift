/// What an answer is to the machine, to the operator and to the log.
extension FermaAnswer {
    /// The event for the machine (decisions F3, F4).
    var ending: AttemptEnding {
        switch self.outcome {
        case .fiscalised: .fiscalised
        case .deviceError, .serviceError:
            .answered(self.retry, repeatsByItself: self.repeatsByItself, isFatal: self.isFatal == true)
        // Nothing tells what happened, but a repeat is said to fail.
        case .unknown where self.isFatal == true:
            .answered(self.retry, repeatsByItself: false, isFatal: true)
        case .unknown: .unreadable
        }
    }

    private var repeatsByItself: Bool {
        if case .repeatSame = self.plan { return true }
        return false
    }

    /// The code and the service's own words; the words of the table where it has none.
    var operatorText: String {
        switch self.outcome {
        case .fiscalised: "fiscalised"
        case .deviceError(let error): "device error \(error.code): \(self.message ?? error.text ?? "")"
        case .serviceError(let error): "service error \(error.code): \(self.message ?? error.text ?? "")"
        case .unknown: "no answer that can be read"
        }
    }

    /// One word and a number for the log: never a text of the peer.
    var logText: String {
        switch self.outcome {
        case .fiscalised: "fiscalised"
        case .deviceError(let error): "device error \(error.code)"
        case .serviceError(let error): "service error \(error.code)"
        case .unknown: "no readable answer"
        }
    }
}
