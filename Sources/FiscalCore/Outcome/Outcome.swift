/// How a submission ended (design decision D4), and what goes on paper now.
///
/// A refusal by the authority or an answer that did not come is a fiscal fact, not an error: it is kept and returned.
public struct Outcome<Registration: Sendable, Pending: Sendable, Refusal: Sendable, Question: Sendable>: Sendable {
    /// The four ways in which every submission ends.
    public enum State: Sendable {
        /// The authority has it; the value carries its code.
        case registered(Registration)
        /// Kept; goes out by itself or when the host says so. The receipt may be handed out.
        case pending(Pending)
        /// The authority said no; nothing is left in the queue.
        case refused(Refusal)
        /// It may have been accepted; only the library may repeat it.
        case unknown(Question)
    }

    public var state: State
    /// Everything that must go on the receipt, in order, and nothing else.
    public var paper: Paper

    public init(state: State, paper: Paper) {
        self.state = state
        self.paper = paper
    }
}

extension Outcome.State: Equatable
where Registration: Equatable, Pending: Equatable, Refusal: Equatable, Question: Equatable {}
extension Outcome: Equatable
where Registration: Equatable, Pending: Equatable, Refusal: Equatable, Question: Equatable {}
