public import CRKProtocol
public import FiscalCore

/// What the producer puts into a register: a certificate and key for connections, and another pair for packets and
/// orders. The common name of both is the unique number.
public struct CRKCredentials: Sendable {
    public var unit: UniqueNumber
    /// In the certificates of registers in the form of software.
    public var taxpayer: NIP?
    /// `digitalCertificateCashRegisterTLS`
    public var tlsCertificate: Certificate
    public var tlsKey: PrivateKey
    /// `digitalCertificateCashRegisterEncrypt`
    public var encryptCertificate: Certificate
    public var encryptKey: PrivateKey
}

extension CRKCredentials: CustomStringConvertible {
    public var description: String { "CRKCredentials(\(self.unit), keys redacted)" }
}

extension CRKAuthorityIdentity {
    /// Issues the certificates of a register.
    /// - Parameters:
    ///   - taxpayer: stands in the certificates of software alone, as `organizationIdentifier` `VATPL-<NIP>` (ETSI
    ///     EN 319 412-1); where the real producers put it is not public.
    ///   - validDays: first and last day of validity, counted from `now`.
    /// - Throws: ``CryptoError`` when a key cannot be made.
    public func issueCredentials(
        _ unit: UniqueNumber, taxpayer: NIP? = nil, validDays: ClosedRange<Int64> = -1...1826,
        at now: FiscalInstant, random: some RandomSource
    ) throws(CryptoError) -> CRKCredentials {
        let factory = IdentityFactory(now: now, random: random)
        var attributes: [DistinguishedName.Attribute] = [.init(.commonName, unit.text)]
        if let taxpayer { attributes.append(.init(.organizationIdentifier, "VATPL-\(taxpayer.text)")) }
        let subject = DistinguishedName(attributes)
        let issuer = try self.producer.issuer
        let tlsKey = try PrivateKey.generateEC(.secp256r1)
        var tls = factory.template(subject, days: validDays)
        tls.keyUsage = [.digitalSignature]
        tls.extendedKeyUsage = [.clientAuth]
        let encryptKey = try self.packetKeys.make()
        var encrypt = factory.template(subject, days: validDays)
        encrypt.keyUsage = [.digitalSignature, .keyEncipherment, .keyAgreement]
        return CRKCredentials(
            unit: unit, taxpayer: taxpayer, tlsCertificate: try issuer.issue(tls, for: tlsKey.publicKey),
            tlsKey: tlsKey, encryptCertificate: try issuer.issue(encrypt, for: encryptKey.publicKey),
            encryptKey: encryptKey)
    }
}

/// What the servers read in the certificate of a register.
struct CRKRegisterName: Hashable {
    var unit: String?
    /// The text after `VATPL-`, whatever its form.
    var taxpayer: String?

    init(_ certificate: Certificate) {
        self.unit = certificate.subject.commonName
        let prefix = "VATPL-"
        self.taxpayer = certificate.subject.values(.organizationIdentifier).first { $0.hasPrefix(prefix) }
            .map { String($0.dropFirst(prefix.count)) }
    }
}
