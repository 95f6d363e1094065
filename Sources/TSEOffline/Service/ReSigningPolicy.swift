/// What becomes of documents that were finished while the TSE was down (decision T8).
///
/// The source document has them signed afterwards; others hold that German law neither asks for nor foresees it. That is
/// for the host to judge.
public enum ReSigningPolicy: String, Sendable, Hashable, Codable, CaseIterable {
    /// They are signed as soon as the TSE is back, in the order in which they were stored.
    case automatic
    /// They stay unsigned and stand in the outage log only. Transactions that were opened for them are closed as orphans.
    case never
}
