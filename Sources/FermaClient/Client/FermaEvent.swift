/// What happened, for a host that watches. It is told after it was stored.
public enum FermaEvent: Sendable {
    /// A submission or a repeat ended.
    case outcome(FermaOutcome)
    case alarm(FermaAlarm)
    /// A person decided about a sale.
    case decided(RequestIdentity, FermaDecision)
    /// New sales go out again: by a person's word, or because a document was made.
    case resumed(FermaStop)
}
