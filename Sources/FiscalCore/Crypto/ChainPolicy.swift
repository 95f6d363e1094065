/// What a chain of certificates is judged by. Nothing else is: no store of the system, no clock of the machine.
public struct ChainPolicy: Sendable, Hashable {
    /// Certificates that are trusted. Any of them may end a chain, self-signed or not, and may also stand inside one.
    public var anchors: [Certificate]
    /// Certificates that may stand inside a chain and are not trusted by themselves.
    public var intermediates: [Certificate]
    /// Whether a critical extension that OpenSSL cannot judge is passed over instead of refused. The authority
    /// "EET CA 1 Playground" marks its SubjectKeyIdentifier critical, against RFC 5280 §4.2.1.2.
    public var ignoresUnhandledCriticalExtensions: Bool

    public init(
        anchors: [Certificate], intermediates: [Certificate] = [], ignoresUnhandledCriticalExtensions: Bool = false
    ) {
        self.anchors = anchors
        self.intermediates = intermediates
        self.ignoresUnhandledCriticalExtensions = ignoresUnhandledCriticalExtensions
    }
}

/// Why a chain does not hold.
public enum ChainError: Error, Sendable, Hashable {
    /// A certificate of the chain was no longer valid at the time.
    case expired
    /// A certificate of the chain was not valid yet at the time.
    case notYetValid
    /// No chain leads to an anchor.
    case untrusted
    /// A certificate was not signed by the key of its issuer.
    case badSignature
    /// Anything else: the backend's code and text (OpenSSL's `X509_V_ERR_…`).
    case other(code: Int, text: String)
}

extension ChainError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .expired: "a certificate of the chain has expired"
        case .notYetValid: "a certificate of the chain is not valid yet"
        case .untrusted: "no chain leads to a trusted certificate"
        case .badSignature: "a certificate of the chain is not signed by its issuer"
        case .other(let code, let text): "\(text) (\(code))"
        }
    }
}
