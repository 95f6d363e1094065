public import FiscalCore

/// Who reports sales: the key that signs and the certificate that names the taxpayer.
///
/// The key stays behind ``Signer``, so that a smart card or an HSM can take its place.
public struct Taxpayer: Sendable {
    public let signer: any Signer
    public let certificate: Certificate

    /// - Throws: ``EETError`` (`unsuitableKey`) when the key is not RSA or not the certificate's.
    public init(signer: any Signer, certificate: Certificate) throws(EETError) {
        guard case .rsa(let bits) = certificate.publicKey.kind, bits >= 2048 else {
            throw EETError(.unsuitableKey, "an RSA key of at least 2048 bits is needed")
        }
        guard signer.publicKey == certificate.publicKey else {
            throw EETError(.unsuitableKey, "the key does not belong to the certificate")
        }
        self.signer = signer
        self.certificate = certificate
    }

    /// Key and certificate from the file that the authority issues.
    /// - Throws: ``PKCS12Error`` telling a wrong password, an unsupported encryption and damage apart, or ``EETError``.
    public init(pkcs12: [UInt8], password: String) throws {
        let contents = try PKCS12.read(pkcs12, password: password)
        try self.init(signer: contents.key, certificate: contents.leaf)
    }

    /// The taxpayer's number: the CN of the certificate, when it is one.
    public var dic: DIC? {
        guard let name = self.certificate.subject.commonName else { return nil }
        return try? DIC(name)
    }

    /// Whether PKP can be made: its form allows RSA 2048 only (`RSA2048`, 256 bytes).
    var canMakeSecurityCodes: Bool { self.certificate.publicKey.kind == .rsa(bits: 2048) }

    /// Checks the certificate's validity at an instant.
    func checkValidity(at instant: FiscalInstant) throws(EETError) {
        if instant < self.certificate.notBefore {
            throw EETError(.certificateNotYetValid, "the taxpayer's certificate is not valid yet; is the clock right?")
        }
        if instant > self.certificate.notAfter {
            throw EETError(.certificateExpired, "the taxpayer's certificate has expired")
        }
    }
}

/// At which time the taxpayer's certificate has to be valid for a signature to be made.
public enum CertificateValidity: Sendable, Hashable {
    /// At `dat_odesl` of the message.
    case whenSent
    /// At this instant.
    case at(FiscalInstant)
    /// Not checked: for archives and test certificates, which have all expired. The authority answers 4.
    case notChecked
}
