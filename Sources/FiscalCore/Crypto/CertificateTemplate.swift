/// What a certificate to be issued says.
package struct CertificateTemplate: Sendable {
    package var subject: DistinguishedName
    /// Positive, big endian, at most 20 bytes (RFC 5280 §4.1.2.2); unpredictable ones come from the caller.
    package var serialNumber: [UInt8]
    package var notBefore: FiscalInstant
    package var notAfter: FiscalInstant
    package var role = Role.endEntity
    /// Critical. Nil writes none.
    package var keyUsage: KeyUsage?
    package var extendedKeyUsage: [ExtendedKeyUsage] = []
    /// Host names and addresses of a server; addresses as text, `127.0.0.1`, `::1`.
    package var dnsNames: [String] = []
    package var ipAddresses: [String] = []
    /// Marks the SubjectKeyIdentifier critical, against RFC 5280, as "EET CA 1 Playground" does.
    package var marksSubjectKeyIdentifierCritical = false
    /// The hash of the issuer's signature: PKCS#1 v1.5 for RSA keys, ECDSA for EC keys.
    package var digest = DigestAlgorithm.sha256

    package init(
        subject: DistinguishedName, serialNumber: [UInt8], notBefore: FiscalInstant, notAfter: FiscalInstant
    ) {
        self.subject = subject
        self.serialNumber = serialNumber
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    package enum Role: Sendable, Hashable {
        case endEntity
        /// May sign certificates, with at most that many authorities below it.
        case authority(pathLength: Int?)
    }

    package enum ExtendedKeyUsage: String, Sendable, Hashable {
        case serverAuth, clientAuth
    }
}
