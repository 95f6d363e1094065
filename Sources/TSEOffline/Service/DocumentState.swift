public import FiscalCore

/// How a document stands with the TSE (TSE-117). The printed receipt never changes, whatever becomes of it here.
public enum DocumentState: Sendable, Hashable {
    /// Opened, and not finished.
    case open
    /// Answered with its signature.
    case regular
    /// Answered offline, or not yet; it waits for its signature.
    case offlinePending
    /// Answered offline and signed since. The signature has its own time; `at` is when the service had it.
    case reSigned(DocumentSignature, at: FiscalInstant)
    /// The TSE has signed it and cannot give the signature back; somebody has to look (decision T10).
    case signedNotAtHand
    /// Answered offline, and by the policy it stays unsigned.
    case neverSigned

    /// The word: `open`, `regular`, `offlinePending`, `reSigned`, `signedNotAtHand`, `neverSigned`.
    public var name: String {
        switch self {
        case .open: "open"
        case .regular: "regular"
        case .offlinePending: "offlinePending"
        case .reSigned: "reSigned"
        case .signedNotAtHand: "signedNotAtHand"
        case .neverSigned: "neverSigned"
        }
    }
}
