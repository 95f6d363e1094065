/// What happened, for a host that watches.
public enum EETEvent: Sendable {
    /// A submission or resend ended.
    case outcome(EETOutcome)
    /// A person decided about a sale.
    case decided(SaleIdentity, Decision)
}
