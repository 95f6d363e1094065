public import EETProtocol
public import FiscalCore

/// What a taxpayer gets from the authority: a key file and its password.
public struct EETCredentials: Sendable {
    /// PKCS#12.
    public var pkcs12: [UInt8]
    public var password: String
    public var certificate: Certificate
    public var key: PrivateKey
}

extension EETCredentials: CustomStringConvertible {
    public var description: String { "EETCredentials(\(self.certificate.subject), password and key redacted)" }
}

extension EETAuthorityIdentity {
    /// Issues a certificate to a taxpayer, in a key file encrypted as the real ones are (RC2-40 and 3DES).
    ///
    /// - Parameters:
    ///   - dic: the CN of the certificate, such as `CZ1212121218`; not checked.
    ///   - edition: v3 certificates are valid for 3 years, v4 ones for 366 days, counted from yesterday.
    ///   - isLegacy: false encrypts with AES.
    ///   - validDays: first and last day of validity counted from `now`, instead of the edition's.
    /// - Throws: ``CryptoError`` or ``PKCS12Error``.
    public func issueCredentials(
        dic: String, edition: Edition = .v3, password: String = "eet", isLegacy: Bool = true,
        validDays: ClosedRange<Int64>? = nil, at now: FiscalInstant, random: some RandomSource
    ) throws -> EETCredentials {
        let subject =
            switch edition {
            case .v3:
                DistinguishedName([
                    .init(.country, "CZ"), .init(.commonName, dic), .init(.organization, "Osoba Fyzická"),
                ])
            case .v4:
                DistinguishedName([
                    .init(.description, "pravnicka osoba"), .init(.commonName, dic), .init(.country, "CZ"),
                ])
            }
        let issuer = try CertificateIssuer(
            certificate: self.taxpayerAuthority.certificate, key: self.taxpayerAuthority.key)
        let key = try PrivateKey.generateRSA(bits: 2048)
        let certificate = try IdentityFactory(now: now, random: random).leaf(
            subject, of: key, by: issuer, days: validDays ?? (edition == .v3 ? -1...1095 : -1...365))
        let file = try PKCS12.write(
            key: key, leaf: certificate, chain: [issuer.certificate], password: password,
            encryption: isLegacy ? .legacyRC2 : .modern)
        return EETCredentials(pkcs12: file, password: password, certificate: certificate, key: key)
    }
}
