import CRKProtocol
import FiscalCore

/// Certificates for tests about trust: all under one key, told apart by their names.
struct TrustCertificates {
    private let key: PrivateKey
    static let start = FiscalInstant(secondsSinceEpoch: 1_795_255_200)

    static let shared = Result { TrustCertificates(key: try .generateEC(.secp256r1)) }

    private init(key: PrivateKey) { self.key = key }

    func named(_ name: String, days: Int64 = 365) throws -> Certificate {
        try self.certificate([.init(.commonName, name)], days: days)
    }

    func certificate(_ subject: [DistinguishedName.Attribute], days: Int64 = 365) throws -> Certificate {
        let template = CertificateTemplate(
            subject: DistinguishedName(subject), serialNumber: [0x41], notBefore: Self.start,
            notAfter: Self.start + .seconds(86_400 * days))
        return try CertificateIssuer.root(template, key: self.key).certificate
    }
}
