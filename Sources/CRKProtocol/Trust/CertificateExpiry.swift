public import FiscalCore

/// What a certificate is for.
public enum CertificateRole: String, Sendable, Hashable, Codable, CaseIterable {
    /// Given by the host: counts until CMD07 has brought others.
    case anchor
    case cpdServerTLS
    case webApiTLS
    case repositoryEncrypt
    case eventHubAuthority
    case registerTLS
    case registerEncrypt
}

/// When a certificate ends. A register whose certificates have ended can neither be fiscalised nor send.
public struct CertificateExpiry: Sendable, Hashable {
    public var role: CertificateRole
    /// The common name of its subject, or the whole subject.
    public var subject: String
    public var notAfter: FiscalInstant
    /// Whole days from now; negative once it has ended.
    public var daysLeft: Int64

    public init(_ role: CertificateRole, _ certificate: Certificate, at now: FiscalInstant) {
        self.role = role
        self.subject =
            certificate.subject.attributes.last { $0.type == .commonName }?.value ?? "\(certificate.subject)"
        self.notAfter = certificate.notAfter
        let seconds = (certificate.notAfter - now).wholeMilliseconds / 1000
        self.daysLeft = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    }
}
