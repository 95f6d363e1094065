import FiscalCore

/// Issues certificates counted from one instant, with serial numbers from one source.
struct IdentityFactory: Sendable {
    let now: FiscalInstant
    let random: any RandomSource

    /// An authority of its own, with a new RSA key: valid from a year ago for 20 years.
    func root(_ subject: DistinguishedName) throws(CryptoError) -> CertificateIssuer {
        let template = self.template(subject, days: -366...7300)
        return try .root(template, key: .generateRSA(bits: 2048))
    }

    /// A certificate for signatures.
    /// - Parameter days: first and last day of validity, counted from now.
    func leaf(
        _ subject: DistinguishedName, of key: PrivateKey, by issuer: CertificateIssuer, days: ClosedRange<Int64>
    ) throws(CryptoError) -> Certificate {
        var template = self.template(subject, days: days)
        template.keyUsage = [.digitalSignature, .nonRepudiation]
        return try issuer.issue(template, for: key.publicKey)
    }

    func template(_ subject: DistinguishedName, days: ClosedRange<Int64>) -> CertificateTemplate {
        var serial = self.random.bytes(count: 8)
        serial[0] = serial[0] & 0x3F | 0x40
        return CertificateTemplate(
            subject: subject, serialNumber: serial, notBefore: self.now + .seconds(days.lowerBound * 86_400),
            notAfter: self.now + .seconds(days.upperBound * 86_400))
    }
}
