import EETProtocol
import FiscalCore
import FiscalTestSupport

/// Taxpayers whose keys and certificates are made here, for one run.
enum TestTaxpayers {
    /// From whenever to whenever: tests choose their own times.
    static let validFrom = FiscalInstant(secondsSinceEpoch: 1_400_000_000)
    static let validTo = FiscalInstant(secondsSinceEpoch: 2_400_000_000)

    /// CZ1212121218 with an RSA key of 2048 bits.
    static let main: Taxpayer = make("CZ1212121218")
    /// The same taxpayer after his certificate was renewed.
    static let renewed: Taxpayer = make("CZ1212121218")
    /// A certificate that ended in 2024.
    static let expired: Taxpayer = make("CZ1212121218", to: FiscalInstant(secondsSinceEpoch: 1_704_067_200))
    /// Another taxpayer, whose key is too long for PKP.
    static let longKey: Taxpayer = make("CZ00000019", bits: 3072)

    static func make(
        _ dic: String, bits: Int = 2048, from: FiscalInstant = validFrom, to: FiscalInstant = validTo
    ) -> Taxpayer {
        do {
            let key = try PrivateKey.generateRSA(bits: bits)
            return try Taxpayer(
                signer: key, certificate: certificate(dic, for: key.publicKey, from: from, to: to))
        } catch {
            preconditionFailure("no key or certificate could be made: \(error)")
        }
    }

    /// A certificate of a new authority.
    static func certificate(
        _ dic: String, for key: PublicKey, from: FiscalInstant = validFrom, to: FiscalInstant = validTo,
        dnsNames: [String] = []
    ) throws -> Certificate {
        let authority = try CertificateIssuer.root(
            CertificateTemplate(
                subject: DistinguishedName([.init(.commonName, "Test CA")]), serialNumber: [1], notBefore: validFrom,
                notAfter: validTo),
            key: .generateRSA(bits: 2048))
        var template = CertificateTemplate(
            subject: DistinguishedName([.init(.commonName, dic)]), serialNumber: [2], notBefore: from, notAfter: to)
        template.dnsNames = dnsNames
        return try authority.issue(template, for: key)
    }
}
