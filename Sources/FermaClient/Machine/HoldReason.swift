/// Why a sale goes out by a person's word only (decisions F4, F5). Its request identifier stays bound to it.
public enum HoldReason: String, Sendable, Hashable, Codable, CaseIterable {
    /// The answer says that a repeat fails (`Fatal` true).
    case fatal
    /// The answer has a code and does not say that a repeat does no harm, or the server's cache has failed, which is
    /// what makes a repeat harmless.
    case notSafe
    /// The request was refused as it stands, but an earlier attempt may have made the document.
    case refusedWhileUnknown
    /// Thirty days have passed since the first sending: the server may have forgotten the request, and the same
    /// identifier could print again.
    case repeatsRanOut
    /// A person had it sent, and no readable answer came.
    case personsAttemptFailed
}
