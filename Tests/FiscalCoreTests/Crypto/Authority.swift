import FiscalCore

/// Certificates made once for all tests of this folder: root -> sub -> leaf, RSA.
enum Authority {
    static let start = FiscalInstant(secondsSinceEpoch: 1_700_000_000)
    static let end = start + .seconds(365 * 86400)
    static let middle = start + .seconds(100 * 86400)

    static func name(_ commonName: String) -> DistinguishedName {
        DistinguishedName([
            .init(.country, "CZ"), .init(.organization, "Generální finanční ředitelství"),
            .init(.organizationIdentifier, "NTRCZ-72080043"), .init(.commonName, commonName),
        ])
    }

    static func template(_ commonName: String, serial: UInt8) -> CertificateTemplate {
        CertificateTemplate(
            subject: name(commonName), serialNumber: [0x7F, serial], notBefore: start, notAfter: end)
    }

    static let root: CertificateIssuer = make { () throws(CryptoError) in
        var template = Authority.template("Test root", serial: 1)
        template.notAfter = Authority.end + .seconds(86400)
        return try CertificateIssuer.root(template, key: KeyPool.rsa2048)
    }

    static let sub: CertificateIssuer = make { () throws(CryptoError) in
        var template = Authority.template("Test sub", serial: 2)
        template.role = .authority(pathLength: 0)
        return try Authority.root.authority(template, key: KeyPool.otherRSA2048)
    }

    static let leafTemplate: CertificateTemplate = {
        var template = Authority.template("CZ1212121218", serial: 3)
        template.keyUsage = [.digitalSignature, .nonRepudiation]
        template.notAfter = Authority.end - .seconds(86400)
        return template
    }()

    static let leaf: Certificate = make { () throws(CryptoError) in
        try Authority.sub.issue(Authority.leafTemplate, for: KeyPool.ecP256.publicKey)
    }

    static func make<Value>(_ body: () throws(CryptoError) -> Value) -> Value {
        do { return try body() } catch { fatalError("no certificate could be made: \(error)") }
    }
}
