/// What becomes of a sale after a `Chyba` (decision E10). A warning changes nothing and has no row here.
public enum ChybaDisposition: Sendable, Hashable {
    /// Sent again by itself (−1).
    case retry
    /// Sent again by itself a few times, then held (8).
    case retryLimited
    /// The same data would be refused again (2–7): out of the queue, kept for correction.
    case refuse
    /// Nothing promises that a repeat helps (0 without being asked for, 1, 9…999, −2…−999): kept, and sent again only
    /// by a person's word.
    case hold
}

extension Chyba {
    /// What becomes of a sale that was sent to be registered. In verification mode nothing was to be registered.
    public var disposition: ChybaDisposition {
        switch self {
        case .temporaryFault: .retry
        case .notProcessed: .retryLimited
        case .badEncoding, .schemaViolation, .badSignature, .badBKP, .badTaxpayer, .tooLarge: .refuse
        default: .hold
        }
    }
}
