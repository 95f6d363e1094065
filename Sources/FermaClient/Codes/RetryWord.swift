/// What a repeat is good for after an answer (decision F3). The code decides the word; `Fatal` decides only whether the
/// library repeats by itself.
public enum RetryWord: String, Sendable, Hashable, CaseIterable {
    /// The receipt exists: there is nothing to repeat.
    case none
    /// The request is being worked on: wait, then ask under the same id.
    case waitSameId
    /// Nobody had time for it: later, under the same id.
    case laterSameId
    /// The cause lies outside the request: remove it, then repeat under the same id.
    case sameId
    /// The request was refused for good, and no receipt was made: correct it and send it under a new id.
    case fixThenNewId
    /// The request as it stands can never succeed, and no receipt was made.
    case never
    /// A receipt may exist: only the same id is safe.
    case unknownStateSameIdOnly
}
