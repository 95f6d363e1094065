public import FiscalCore

/// Whose seal on an answer is believed. A confirmation without a believed seal is not a confirmation.
///
/// The authority changes its seal certificate every year, so the certificate itself is not pinned: it must be issued
/// below one of the anchors, to the right organisation, and be valid at the time of the answer.
public struct SealTrust: Sendable, Hashable {
    /// Certificates at which a chain may end, self-signed or not; they also serve as links of it. With none, every seal
    /// is ``EETAnswer/Seal/untrusted``.
    public var anchors: [Certificate]
    /// To whom the seal certificate must be issued.
    public var organisation: Organisation
    /// Whether a seal certificate that had expired at the time of the answer is believed.
    ///
    /// In May 2018 the playground sealed with an expired certificate for days. The answer's problems name it either way.
    public var acceptsExpiredCertificate: Bool

    public init(
        anchors: [Certificate], organisation: Organisation = .generalFinancialDirectorate,
        acceptsExpiredCertificate: Bool = false
    ) {
        self.anchors = anchors
        self.organisation = organisation
        self.acceptsExpiredCertificate = acceptsExpiredCertificate
    }

    /// The holder of a seal, by the subject of its certificate.
    public struct Organisation: Sendable, Hashable {
        /// Accepted values of organizationIdentifier (2.5.4.97). A certificate that has one is judged by it alone.
        public var identifiers: [String]
        /// Accepted values of organizationName (O), for certificates without an identifier.
        public var names: [String]

        public init(identifiers: [String], names: [String]) {
            self.identifiers = identifiers
            self.names = names
        }

        /// The authority that runs EET, under the names of its certificates since 2016.
        public static let generalFinancialDirectorate = Self(
            identifiers: ["NTRCZ-72080043"],
            names: ["Česká republika - Generální finanční ředitelství", "Generální finanční ředitelství"])

        /// Whether it is the holder. A certificate with several identifiers or names is nobody's.
        public func holds(_ certificate: Certificate) -> Bool {
            let identifiers = certificate.subject.values(.organizationIdentifier)
            guard identifiers.isEmpty else {
                return identifiers.count == 1 && self.identifiers.contains(identifiers[0])
            }
            let names = certificate.subject.values(.organization)
            return names.count == 1 && self.names.contains(names[0])
        }
    }

    /// Judges a certificate whose seal holds mathematically.
    func judge(_ certificate: Certificate, at time: FiscalInstant?) -> (seal: EETAnswer.Seal, findings: [Finding]) {
        guard !self.anchors.isEmpty else {
            return (.untrusted, [Finding(.trust, "no authority is configured that could have issued the seal")])
        }
        guard let time else {
            return (.untrusted, [Finding(.time, "dat_prij does not tell when the seal has to be valid")])
        }
        guard self.organisation.holds(certificate) else {
            return (.untrusted, [Finding(.organisation, "the seal is issued to \(certificate.subject)")])
        }
        if let usage = certificate.keyUsage, usage.isDisjoint(with: [.digitalSignature, .nonRepudiation]) {
            return (.untrusted, [Finding(.trust, "the seal's key is for \(usage)")])
        }
        do throws(ChainError) {
            _ = try certificate.verifyChain(at: time, policy: ChainPolicy(anchors: self.anchors))
            return (.valid, [])
        } catch {
            let finding = Finding(error == .expired ? .expired : .trust, "the seal's chain: \(error)")
            guard error == .expired, self.acceptsExpiredCertificate, certificate.notAfter < time,
                (try? certificate.verifyChain(at: certificate.notAfter, policy: ChainPolicy(anchors: self.anchors)))
                    != nil
            else { return (.untrusted, [finding]) }
            return (.valid, [finding])
        }
    }
}
