/// What happened, for a host that watches. It is told after it was stored.
public enum OFDEvent: Sendable {
    /// A document was settled, became pending or was stopped.
    case outcome(OFDOutcome)
    case modeChanged(from: RegisterMode, to: RegisterMode)
    case incident(OFDIncident)
    /// What the server's counters say otherwise, where that is no incident (decision K26).
    case differences([CounterDifference])
    /// What was odd about an answer that counts all the same.
    case anomalies([Anomaly])
    /// Texts that replaced others.
    case ads([TicketAd])
    /// The list of goods was replaced.
    case nomenclature(version: UInt32)
}
