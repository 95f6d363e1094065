import EETProtocol
import FiscalCore
import HTTPTypes

extension EETAuthority {
    /// What the authority thinks of one request, before a fault spoils the answer.
    struct Ruling: Sendable {
        enum Decision: Sendable {
            case confirm
            case verify
            case refuse(code: Int, text: String)
            /// An answer below the application, with a SOAP fault or an empty body.
            case http(status: Int, isSOAPFault: Bool)
            /// No answer.
            case ignore
        }

        var decision: Decision
        var reason: String?
        var warnings: [EETWarning] = []
        /// What could be read, also when the schema does not allow it.
        var sale: ReceivedSale?
        var isSchemaValid = false

        init(_ decision: Decision, _ reason: String? = nil, sale: ReceivedSale? = nil) {
            self.decision = decision
            self.reason = reason
            self.sale = sale
        }

        func outcome(code: String) -> EETReceivedMessage.Outcome {
            switch self.decision {
            case .confirm: .confirmed(code: code)
            case .verify: .verified
            case .refuse(let code, _): .refused(code: code)
            case .http(let status, _): .httpStatus(status)
            case .ignore: .ignored
            }
        }
    }

    /// Decides on a request: the planned fault may take the decision away from the checks.
    func rule(on request: HTTPExchangeRequest, _ fault: EETFault?, at now: FiscalInstant) -> Ruling {
        switch fault {
        case .silence(recorded: false), .lost(recorded: false): return Ruling(.ignore)
        case .soapFault: return Ruling(.http(status: 500, isSOAPFault: true))
        case .status(let status): return Ruling(.http(status: status, isSOAPFault: false))
        case .garbage: return Ruling(.http(status: 200, isSOAPFault: false))
        default: break
        }
        if let ruling = self.checkHTTP(request) { return ruling }
        var ruling = self.examine(request.body, at: now)
        if case .refuse(let code, let text) = fault {
            ruling.decision = .refuse(code: code, text: text ?? Chyba(rawValue: code).text(self.edition))
            ruling.reason = "as planned"
            ruling.warnings = []
        }
        if case .warn(let warnings) = fault { ruling.warnings += warnings }
        return ruling
    }

    /// SOAP 1.1 over HTTP; nil when the body is to be looked at.
    private func checkHTTP(_ request: HTTPExchangeRequest) -> Ruling? {
        let path = (request.head.path ?? "").prefix { $0 != "?" }
        guard path == self.path else { return Ruling(.http(status: 404, isSOAPFault: false), "unknown path") }
        guard request.head.method == .post else { return Ruling(.http(status: 405, isSOAPFault: false), "no POST") }
        let contentType = (request.head.headerFields[.contentType] ?? "").lowercased()
            .split(separator: ";").map { $0.filter { $0 != " " && $0 != "\"" } }
        guard contentType.first == "text/xml" else {
            return Ruling(.http(status: 500, isSOAPFault: true), "Content-Type is not text/xml")
        }
        let charset = contentType.dropFirst().first { $0.hasPrefix("charset=") }?.dropFirst("charset=".count)
        if let charset, charset != "utf-8" { return self.unreadable("charset is not utf-8") }
        if self.edition == .v4, charset == nil,
            !request.body.starts(with: Array(#"<?xml version="1.0" encoding="UTF-8"?>"#.utf8))
        {
            return self.unreadable("neither charset nor XML declaration")
        }
        let action = HTTPField.Name("SOAPAction").flatMap { request.head.headerFields[$0] } ?? ""
        guard [self.edition.soapAction, "\"\(self.edition.soapAction)\""].contains(action) else {
            return Ruling(.http(status: 500, isSOAPFault: true), "SOAPAction")
        }
        return nil
    }

    /// Looks at a message: size, encoding, SOAP, schema, signature, taxpayer, codes, in this order.
    private func examine(_ body: [UInt8], at now: FiscalInstant) -> Ruling {
        let isTooLarge = body.count > self.rules.maximumBytes
        let tree: XMLTree
        do {
            tree = try XMLTree(body)
        } catch {
            if isTooLarge { return self.refuse(.tooLarge, "\(body.count) bytes") }
            // A document type looks like an attack, which gets no answer at all.
            if error.code == .documentType { return Ruling(.ignore, "document type") }
            if error.code == .encoding { return self.unreadable("encoding") }
            return Ruling(.http(status: 500, isSOAPFault: true), "no XML: \(error)")
        }
        let envelope = SOAPEnvelope(tree.root)
        let trzba = envelope?.body.elements.first
        let sale = trzba.map { ReceivedSale($0, self.edition) }
        if isTooLarge { return self.refuse(.tooLarge, "\(body.count) bytes", sale) }
        guard let envelope else { return Ruling(.http(status: 500, isSOAPFault: true), "no SOAP 1.1 envelope") }
        guard let trzba, let sale, envelope.body.elements.count == 1, !envelope.body.hasOwnText else {
            return self.refuse(.schemaViolation, "the Body does not hold one element", sale)
        }
        if let violation = TrzbaSchema(edition: self.edition).violation(trzba) {
            return self.refuse(.schemaViolation, violation, sale)
        }
        var ruling = self.examine(sale, tree, at: now)
        ruling.isSchemaValid = true
        return ruling
    }

    /// The checks of a message that the schema allows.
    private func examine(_ sale: ReceivedSale, _ tree: XMLTree, at now: FiscalInstant) -> Ruling {
        let certificate: Certificate
        switch self.signer(of: tree, at: now) {
        case .success(let signer): certificate = signer
        case .failure(let fault): return self.refuse(.badSignature, fault.reason, sale)
        }
        var warnings: [Varovani] = []
        if certificate.subject.commonName != sale.taxpayer {
            let reason = "the certificate is not that of \(sale.taxpayer)"
            if self.rules.refusesOtherTaxpayer { return self.refuse(.badSignature, reason, sale) }
            warnings.append(.taxpayerDiffersFromCertificate)
        }
        guard self.rules.taxpayerStructure.accepts(sale.taxpayer) else {
            return self.refuse(.badTaxpayer, "\(sale.taxpayer) is no taxpayer's number", sale)
        }
        if let appointing = sale.appointing, !self.rules.taxpayerStructure.accepts(appointing) {
            warnings.append(.badAppointingTaxpayer)
        }
        if self.edition == .v3 {
            let pkp = sale.pkp ?? []
            let bkp = Hex.encode(Digest.hash(.sha1, pkp))
            guard bkp == sale.bkp?.lowercased().filter({ $0 != "-" }) else {
                return self.refuse(.badBKP, "BKP is not the digest of PKP", sale)
            }
            if !certificate.publicKey.verify(pkp, over: sale.plaintext, .rsaPKCS1(.sha256)) {
                warnings.append(.badPKP)
            }
        }
        warnings += self.warnings(onTimeOf: sale, at: now)
        if self.edition == .v4 { warnings += self.warningsOfV4(sale) }
        var ruling = Ruling(sale.isVerification ? .verify : .confirm, sale: sale)
        ruling.warnings = warnings.map { EETWarning(code: $0.rawValue) }
        return ruling
    }

    private func warnings(onTimeOf sale: ReceivedSale, at now: FiscalInstant) -> [Varovani] {
        let soldAt = sale.soldAt
        if soldAt > now + .seconds(self.rules.futureToleranceSeconds) { return [.saleInTheFuture] }
        let isLongAgo = soldAt < now - .seconds(self.rules.pastLimitSeconds)
        let isTooEarly = self.rules.earliestSale.map { soldAt < $0 } ?? false
        return isLongAgo || isTooEarly ? [.saleLongAgo] : []
    }

    /// Assigned numbers have at least two digits, the last of which is 1 to 4 (4.1 §3.3.3.8).
    private func warningsOfV4(_ sale: ReceivedSale) -> [Varovani] {
        var warnings: [Varovani] = []
        let unit = SchemaType.collapsed(sale.premises)
        let isAssignable = unit.count >= 2 && unit.last.map { "1234".contains($0) } ?? false
        if !isAssignable { warnings.append(.badUnit) }
        if sale.appointing == sale.taxpayer { warnings.append(.appointsHimself) }
        return warnings
    }

    private func refuse(_ chyba: Chyba, _ reason: String, _ sale: ReceivedSale? = nil) -> Ruling {
        Ruling(.refuse(code: chyba.rawValue, text: chyba.text(self.edition)), reason, sale: sale)
    }

    private func unreadable(_ reason: String) -> Ruling {
        switch self.rules.unreadable {
        case .error: self.refuse(.badEncoding, reason)
        case .soapFault: Ruling(.http(status: 500, isSOAPFault: true), reason)
        case .silence: Ruling(.ignore, reason)
        }
    }
}

extension EETRules.TaxpayerStructure {
    /// Whether a number that the schema allows is well structured.
    func accepts(_ number: String) -> Bool {
        switch self {
        case .lenient: number.contains { ("1"..."9").contains($0) }
        case .checkDigits: (try? DIC(number))?.hasPlausibleStructure ?? false
        }
    }
}

/// The parts of a SOAP 1.1 envelope.
private struct SOAPEnvelope {
    var body: XMLElementNode

    init?(_ root: XMLElementNode) {
        let soap: XMLString = "http://schemas.xmlsoap.org/soap/envelope/"
        let bodies = root.elements("Body", soap)
        guard root.name.isNamed("Envelope", soap), bodies.count == 1 else { return nil }
        self.body = bodies[0]
    }
}
