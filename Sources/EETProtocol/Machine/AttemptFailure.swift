/// Why no usable answer came (decision E11). All are repeated alike; only the operator's hint differs.
public enum AttemptFailure: String, Sendable, Hashable, Codable, CaseIterable {
    /// No connection, or TLS not established: nothing was sent.
    case unreachable
    /// The time limit ran out before anything was sent.
    case deadlineBeforeSending
    /// The time limit ran out; the authority may have the message.
    case deadline
    /// Connected, but no usable answer; the authority may have the message.
    case noUsableAnswer

    /// The code of `eetout.txt`.
    public var moduleCode: ModuleCode {
        switch self {
        case .unreachable: .internetUnavailable
        case .deadlineBeforeSending, .deadline: .timeout
        case .noUsableAnswer: .noAnswer
        }
    }

    /// Whether the authority may have accepted the sale.
    public var mayHaveArrived: Bool {
        switch self {
        case .unreachable, .deadlineBeforeSending: false
        case .deadline, .noUsableAnswer: true
        }
    }
}

/// Why a sale waits in the outbox.
public enum WaitingReason: Sendable, Hashable, Codable {
    case failed(AttemptFailure)
    /// The authority answered −1 or 8.
    case answered(Chyba)
    /// The process ended while the message was under way.
    case interrupted
    /// A person released it.
    case released
}
