/// The regime of a sale (`rezim`): when it has to be reported.
public enum Regime: Sendable, Hashable {
    /// Reported at once; without an answer the receipt carries the PKP and the sale is sent within 48 hours.
    case regular
    /// Reported within 5 days; only with a permit of the tax office.
    case simplified(SimplifiedRegimePermit)

    /// The wire's value: 0 or 1.
    public var wireValue: String {
        switch self {
        case .regular: "0"
        case .simplified: "1"
        }
    }
}

/// The host's declaration that the tax office permitted the simplified regime to this taxpayer.
public struct SimplifiedRegimePermit: Sendable, Hashable {
    /// How the permit is named in the host's papers; not sent.
    public var reference: String

    public init(reference: String) {
        self.reference = reference
    }
}
