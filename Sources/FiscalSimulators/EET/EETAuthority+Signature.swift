import EETProtocol
import FiscalCore

extension EETAuthority {
    struct SignatureFault: Error {
        var reason: String
    }

    /// The taxpayer's certificate, when the message is signed as the profile wants and the certificate counts now.
    func signer(of message: XMLTree, at now: FiscalInstant) -> Result<Certificate, SignatureFault> {
        switch SOAPSignature(message) {
        case .absent: .failure(SignatureFault(reason: "not signed"))
        case .invalid(let problem): .failure(SignatureFault(reason: "signature: \(problem)"))
        case .holds(let certificate, _): self.check(certificate, at: now)
        }
    }

    private func check(_ certificate: Certificate, at now: FiscalInstant) -> Result<Certificate, SignatureFault> {
        if let usage = certificate.keyUsage, !usage.contains(.digitalSignature) {
            return .failure(SignatureFault(reason: "the certificate is not for signatures"))
        }
        // "EET CA 1 Playground" has a critical extension that it should not have.
        let policy = ChainPolicy(
            anchors: [self.identity.taxpayerAuthority.certificate] + self.extraTaxpayerAuthorities,
            ignoresUnhandledCriticalExtensions: true)
        let time =
            self.rules.acceptsExpiredCertificates
            ? min(max(now, certificate.notBefore), certificate.notAfter) : now
        do throws(ChainError) {
            _ = try certificate.verifyChain(at: time, policy: policy)
            return .success(certificate)
        } catch {
            return .failure(SignatureFault(reason: "the taxpayer's certificate: \(error)"))
        }
    }
}
