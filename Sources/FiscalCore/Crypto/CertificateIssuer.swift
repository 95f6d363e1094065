/// A certification authority, for simulators and tests: a certificate and the key that signs in its name.
package struct CertificateIssuer: Sendable {
    package let certificate: Certificate
    package let key: PrivateKey

    /// - Throws: ``CryptoError`` with `malformed` when the key is not the certificate's.
    package init(certificate: Certificate, key: PrivateKey) throws(CryptoError) {
        guard certificate.publicKey.isSameKey(as: key.publicKey) else {
            throw CryptoError(.malformed, "the key is not the certificate's")
        }
        self.certificate = certificate
        self.key = key
    }

    /// A root: signed by itself. Role and key usage that the template leaves open become those of an authority.
    package static func root(_ template: CertificateTemplate, key: PrivateKey) throws(CryptoError) -> CertificateIssuer
    {
        let template = Self.asAuthority(template)
        let certificate = try OpenSSLCertificateBuilder.make(
            template, for: key.publicKey, issuer: nil, issuerKey: key)
        return try CertificateIssuer(certificate: certificate, key: key)
    }

    /// An authority below this one.
    package func authority(
        _ template: CertificateTemplate, key: PrivateKey
    ) throws(CryptoError) -> CertificateIssuer {
        let certificate = try self.issue(Self.asAuthority(template), for: key.publicKey)
        return try CertificateIssuer(certificate: certificate, key: key)
    }

    /// A certificate as the template says.
    package func issue(_ template: CertificateTemplate, for publicKey: PublicKey) throws(CryptoError) -> Certificate {
        try OpenSSLCertificateBuilder.make(
            template, for: publicKey, issuer: self.certificate, issuerKey: self.key)
    }

    private static func asAuthority(_ template: CertificateTemplate) -> CertificateTemplate {
        var template = template
        if template.role == .endEntity { template.role = .authority(pathLength: nil) }
        if template.keyUsage == nil { template.keyUsage = [.keyCertSign, .cRLSign] }
        return template
    }
}
