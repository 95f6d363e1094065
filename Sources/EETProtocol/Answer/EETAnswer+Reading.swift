public import FiscalCore

extension EETAnswer {
    /// The largest answer that is read. Real ones have five thousand bytes.
    public static let maximumByteCount = 256 << 10

    /// Reads an answer and judges it.
    ///
    /// - Parameters:
    ///   - bytes: the body of the HTTP response, unchanged.
    ///   - edition: the edition of the message that is answered; nil takes the answer's own.
    ///   - expected: what the answer must repeat.
    ///   - trust: whose seal is believed.
    ///   - time: when the seal's certificate has to be valid; nil takes `dat_prij` of the signed Body, which is right for
    ///     fresh and archived answers alike. Replays are found by `uuid` and `bkp`.
    /// - Throws: what is no answer at all. Everything else, however odd, gets a verdict.
    public init(
        bytes: [UInt8], edition: Edition? = nil, expecting expected: Expected = Expected(), trust: SealTrust,
        at time: FiscalInstant? = nil
    ) throws(UnreadableAnswer) {
        let document: XMLTree
        do {
            document = try XMLTree(bytes, limits: .init(bytes: Self.maximumByteCount))
        } catch {
            throw UnreadableAnswer(error)
        }
        let signature = SOAPSignature(document)
        let odpoved: OdpovedReader
        switch signature {
        // Nothing but the signed Body is looked at, so no other element can pass for it.
        case .holds(_, let body): odpoved = try OdpovedReader(document, body: body)
        case .absent, .invalid: odpoved = try OdpovedReader(document, body: nil)
        }
        var findings = odpoved.findings
        if let edition, edition != odpoved.edition {
            findings.append(Finding(.edition, "asked for \(edition), answered by \(odpoved.edition)", blocks: true))
        }
        findings += odpoved.compare(with: expected)

        switch signature {
        case .absent:
            self.signature = .absent
            self.sealCertificate = nil
            if case .chyba = odpoved.content {
            } else {
                findings.append(Finding(.signature, "the answer is not signed"))
            }
        case .invalid(let problem):
            self.signature = .invalid
            self.sealCertificate = nil
            findings.append(Finding(.signature, problem.description))
        case .holds(let certificate, _):
            let stamp = odpoved.header.datPrij ?? odpoved.header.datOdmit
            let (seal, more) = trust.judge(certificate, at: time ?? stamp?.time?.instant)
            self.signature = seal
            self.sealCertificate = certificate
            findings += more
        }
        self.edition = odpoved.edition
        self.header = odpoved.header
        self.content = odpoved.content
        self.warnings = odpoved.warnings
        self.problems = findings.map(\.description)
        if case .confirmation = odpoved.content {
            self.accepted = self.signature == .valid && !findings.contains(where: \.blocks)
        } else {
            self.accepted = false
        }
    }
}
