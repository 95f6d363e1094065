/// Whose servers the register talks to (section 2.1).
public enum CRKEnvironment: String, Sendable, Hashable, CaseIterable {
    case test, production

    /// The base address of the CPD server.
    public var cpd: String {
        switch self {
        case .test: "https://esb-te.mf.gov.pl:5062"
        case .production: "https://esb.mf.gov.pl:5062"
        }
    }

    /// The base address of the WebApi, until the repository gives another.
    public var webApi: String {
        switch self {
        case .test: "https://test-e-kasy.mf.gov.pl:443"
        case .production: "https://e-kasy.mf.gov.pl:443"
        }
    }
}
