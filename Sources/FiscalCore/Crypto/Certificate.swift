import COpenSSL

/// An X.509 certificate (RFC 5280). Two are equal when their bytes are.
///
/// Having been read says nothing about trust: ``verifyChain(at:policy:)`` does.
public struct Certificate: Sendable {
    let handle: OpenSSLCertificate
    /// The certificate as it was read.
    public let der: [UInt8]
    /// The first instant at which it is valid.
    public let notBefore: FiscalInstant
    /// The last second in which it is valid.
    public let notAfter: FiscalInstant
    public let publicKey: PublicKey

    init(_ handle: OpenSSLCertificate, der: [UInt8]) throws(CryptoError) {
        self.handle = handle
        self.der = der
        guard let notBefore = handle.instant(X509_get0_notBefore), let notAfter = handle.instant(X509_get0_notAfter)
        else { throw CryptoError(.malformed, "the certificate's validity is no time") }
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.publicKey = try handle.publicKey()
    }

    /// Whether `instant` lies in the validity, both ends included (RFC 5280 §4.1.2.5).
    public func isValid(at instant: FiscalInstant) -> Bool {
        self.notBefore.secondsSinceEpoch <= instant.secondsSinceEpoch
            && instant.secondsSinceEpoch <= self.notAfter.secondsSinceEpoch
    }

    public var subject: DistinguishedName { self.handle.name(X509_get_subject_name) }
    public var issuer: DistinguishedName { self.handle.name(X509_get_issuer_name) }

    /// The serial number, big endian without leading zeros (zero is one zero byte).
    public var serialNumber: [UInt8] { self.handle.serialNumber }

    /// The serial number as upper-case hex, two digits a byte.
    public var serialNumberHex: String {
        self.serialNumber.map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    /// What the key may be used for; nil when the certificate does not say (then nothing is forbidden).
    public var keyUsage: KeyUsage? { self.handle.keyUsage }

    /// Whether it is a certification authority by its basic constraints.
    public var isCA: Bool { self.handle.isCA }

    /// How many authorities may stand below it; nil when it is no authority or sets no limit.
    public var pathLengthConstraint: Int? { self.handle.pathLengthConstraint }

    /// Whether subject and issuer are the same name. Such a certificate is its own issuer, or a renewed authority's.
    public var isSelfIssued: Bool { self.handle.isSelfIssued }

    /// The digest of the whole certificate.
    public func fingerprint(_ algorithm: DigestAlgorithm) -> [UInt8] { Digest.hash(algorithm, self.der) }

    /// The certificate as a PEM text (`CERTIFICATE`).
    public var pem: String { pemText("CERTIFICATE", self.der) }
}

extension Certificate: Hashable {
    public static func == (left: Certificate, right: Certificate) -> Bool { left.der == right.der }
    public func hash(into hasher: inout Hasher) { hasher.combine(self.der) }
}

extension Certificate: CustomStringConvertible {
    public var description: String { "Certificate(\(self.subject), serial \(self.serialNumberHex))" }
}
