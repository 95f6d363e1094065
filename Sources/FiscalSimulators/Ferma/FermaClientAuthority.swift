public import FiscalCore

/// Issues the client certificates of the simulated service. A server trusts its certificate and nothing else.
///
/// As JSON it holds a private key, so its file belongs to its owner alone.
public struct FermaClientAuthority: Sendable, Codable {
    /// What a server has to trust.
    public let certificatePEM: String
    /// PKCS#8.
    private let keyPEM: String

    /// Makes a new key and certificate, valid for 20 years.
    /// - Throws: ``CryptoError`` when a key cannot be made.
    public init(at now: FiscalInstant, random: some RandomSource) throws(CryptoError) {
        let root = try IdentityFactory(now: now, random: random).root(
            DistinguishedName([.init(.commonName, "CA of the simulated Ferma")]))
        self.certificatePEM = root.certificate.pem
        self.keyPEM = try root.key.pkcs8PEM()
    }

    /// Issues a certificate that stands for these enterprises, the first of which is meant when a request names none.
    /// - Parameter validDays: first and last day of validity, counted from `now`.
    /// - Throws: ``CryptoError`` or ``PKCS12Error``.
    public func issueCredentials(
        groups: [String] = FermaCaller.demonstration.groups, password: String = "ferma",
        validDays: ClosedRange<Int64> = -1...1095, at now: FiscalInstant, random: some RandomSource
    ) throws -> FermaCredentials {
        let issuer = try CertificateIssuer(
            certificate: Certificate(pem: self.certificatePEM), key: PrivateKey(pem: self.keyPEM))
        let key = try PrivateKey.generateRSA(bits: 2048)
        var attributes: [DistinguishedName.Attribute] = groups.map { .init(.organizationalUnit, $0) }
        attributes.append(.init(.commonName, "Ferma client"))
        var template = IdentityFactory(now: now, random: random).template(
            DistinguishedName(attributes), days: validDays)
        template.keyUsage = [.digitalSignature]
        template.extendedKeyUsage = [.clientAuth]
        let certificate = try issuer.issue(template, for: key.publicKey)
        let file = try PKCS12.write(
            key: key, leaf: certificate, chain: [issuer.certificate], password: password, encryption: .modern)
        return FermaCredentials(
            certificatePEM: certificate.pem, keyPEM: try key.pkcs8PEM(), pkcs12: file, password: password,
            certificate: certificate)
    }
}

extension FermaClientAuthority: CustomStringConvertible {
    public var description: String { "FermaClientAuthority(key redacted)" }
}

/// What a client gets from the cabinet: certificate and key, as PEM and in a key file.
public struct FermaCredentials: Sendable {
    public var certificatePEM: String
    /// PKCS#8.
    public var keyPEM: String
    public var pkcs12: [UInt8]
    public var password: String
    public var certificate: Certificate
}

extension FermaCredentials: CustomStringConvertible {
    public var description: String { "FermaCredentials(\(self.certificate.subject), password and key redacted)" }
}
