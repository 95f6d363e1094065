/// Reads `Odpoved`: `Hlavicka`, exactly one of `Potvrzeni` and `Chyba`, then up to ten `Varovani`.
///
/// What the schema does not have is passed over and reported as long as the meaning cannot depend on it.
struct OdpovedReader {
    let edition: Edition
    private(set) var header = EETAnswer.Header()
    private(set) var content = EETAnswer.Content.unclear
    private(set) var warnings: [Warning] = []
    private(set) var findings: [Finding] = []

    /// `body` is the signed one, when there is one; otherwise it is looked for.
    init(_ document: XMLTree, body signedBody: XMLElementNode?) throws(UnreadableAnswer) {
        let bodies =
            document.root.name.isNamed("Envelope", XMLNamespace.soap)
            ? document.root.elements("Body", XMLNamespace.soap) : []
        let body = signedBody ?? (bodies.count == 1 ? bodies[0] : nil)
        if let body, body.elements.count == 1, let edition = Self.edition(of: body.elements[0]) {
            self.edition = edition
            if body.hasOwnText { self.findings.append(Finding(.unknown, "text in Body")) }
            self.read(body.elements[0])
            return
        }
        // An Odpoved in the wrong place is worth a verdict, but nothing is read from it.
        if let edition = document.root.selfAndDescendants.lazy.compactMap({ Self.edition(of: $0) }).first {
            self.edition = edition
            self.findings.append(Finding(.structure, "Odpoved is not the only child of the only Body", blocks: true))
            return
        }
        if let fault = bodies.lazy.compactMap({ $0.elements("Fault", XMLNamespace.soap).first }).first {
            throw UnreadableAnswer(.soapFault, "the server answered with a SOAP fault", fault: .init(fault))
        }
        throw UnreadableAnswer(.noOdpoved, "there is no Odpoved in it")
    }

    private static func edition(of element: XMLElementNode) -> Edition? {
        guard element.name.local == "Odpoved" else { return nil }
        return Edition.allCases.first { XMLString($0.namespace) == element.name.namespace }
    }

    // MARK: Elements

    private mutating func read(_ odpoved: XMLElementNode) {
        self.checkExtras(of: odpoved, attributes: [])
        if odpoved.hasOwnText { self.findings.append(Finding(.unknown, "text in Odpoved")) }
        let namespace = odpoved.name.namespace
        let order: [XMLString] = ["Hlavicka", "Potvrzeni", "Chyba", "Varovani"]
        let known = odpoved.elements.filter { $0.name.namespace == namespace && order.contains($0.name.local) }
        // Elements of those names in other namespaces are somebody's attempt to be taken for them.
        for element in odpoved.elements where !known.contains(where: { $0.offset == element.offset }) {
            let isLookalike = order.contains { $0.equalsIgnoringASCIICase(element.name.local) }
            self.findings.append(
                Finding(.unknown, "an element that Odpoved does not have", blocks: isLookalike))
        }
        let positions = known.map { order.firstIndex(of: $0.name.local) ?? 0 }
        if zip(positions, positions.dropFirst()).contains(where: >) {
            self.findings.append(Finding(.structure, "the elements of Odpoved are not in order"))
        }
        let headers = odpoved.elements("Hlavicka", namespace)
        if headers.count == 1 {
            self.read(header: headers[0])
        } else {
            self.findings.append(Finding(.structure, "there is not exactly one Hlavicka", blocks: true))
        }
        let results = odpoved.elements("Potvrzeni", namespace) + odpoved.elements("Chyba", namespace)
        if results.count != 1 {
            self.findings.append(Finding(.structure, "there is not exactly one Potvrzeni or Chyba", blocks: true))
        } else if results[0].name.local == "Potvrzeni" {
            self.read(potvrzeni: results[0])
        } else {
            self.read(chyba: results[0])
        }
        self.read(varovani: odpoved.elements("Varovani", namespace))
    }

    private mutating func read(header: XMLElementNode) {
        self.checkExtras(of: header, attributes: ["uuid_zpravy", "bkp", "dat_prij", "dat_odmit"])
        self.header.uuid = header.attribute("uuid_zpravy")?.string
        self.header.bkp = header.attribute("bkp")?.string
        self.header.datPrij = header.attribute("dat_prij").map { EETAnswer.Stamp($0.string) }
        self.header.datOdmit = header.attribute("dat_odmit").map { EETAnswer.Stamp($0.string) }
        for (name, stamp) in [("dat_prij", self.header.datPrij), ("dat_odmit", self.header.datOdmit)] {
            if let stamp, stamp.time == nil { self.findings.append(Finding(.time, "\(name) is no time")) }
        }
    }

    private mutating func read(potvrzeni: XMLElementNode) {
        let name = XMLString(self.edition.confirmationAttribute)
        self.checkExtras(of: potvrzeni, attributes: [name, "test"])
        guard let code = potvrzeni.attribute(name) else {
            self.findings.append(Finding(.code, "Potvrzeni has no \(name)", blocks: true))
            return
        }
        if !Self.isConfirmationCode(code) {
            self.findings.append(Finding(.code, "\(name) does not have the form of one", blocks: true))
        }
        self.content = .confirmation(code: code.string, test: self.test(of: potvrzeni))
        if self.header.datPrij == nil { self.findings.append(Finding(.time, "there is no dat_prij")) }
    }

    private mutating func read(chyba: XMLElementNode) {
        self.checkExtras(of: chyba, attributes: ["kod", "test"])
        guard let code = Self.integer(chyba.attribute("kod")), -999...999 ~= code else {
            self.findings.append(Finding(.code, "kod of Chyba is no number from -999 to 999", blocks: true))
            return
        }
        self.content = .chyba(Chyba(rawValue: code), text: chyba.text.collapsed, test: self.test(of: chyba))
    }

    private mutating func read(varovani: [XMLElementNode]) {
        if varovani.count > 10 { self.findings.append(Finding(.warning, "there are \(varovani.count), not up to ten")) }
        for element in varovani {
            self.checkExtras(of: element, attributes: ["kod_varov"])
            guard let code = Self.integer(element.attribute("kod_varov")), 1...999 ~= code else {
                self.findings.append(Finding(.warning, "kod_varov is no number from 1 to 999"))
                continue
            }
            self.warnings.append(Warning(code: Varovani(rawValue: code), text: element.text.collapsed))
        }
    }

    private mutating func checkExtras(of element: XMLElementNode, attributes known: [XMLString]) {
        let extra = element.attributes.filter { !$0.name.namespace.isEmpty || !known.contains($0.name.local) }
        if !extra.isEmpty { self.findings.append(Finding(.unknown, "an attribute of \(element.name.local)")) }
        if element.name.local != "Odpoved", !element.elements.isEmpty {
            self.findings.append(Finding(.unknown, "an element in \(element.name.local)"))
        }
    }

    // MARK: Values

    /// xs:boolean; absent means false.
    private mutating func test(of element: XMLElementNode) -> Bool {
        switch element.attribute("test")?.collapsed {
        case "true", "1": return true
        case nil, "false", "0": return false
        default:
            self.findings.append(Finding(.test, "it is neither true nor false", blocks: true))
            return false
        }
    }

    /// xs:int, as far as three digits and leading zeros need it.
    private static func integer(_ text: XMLString?) -> Int? {
        guard let text = text?.collapsed, text.utf8.count <= 10 else { return nil }
        return Int(text)
    }

    /// A version 4 UUID and two more hex digits, whatever they are: the last two never told the environment reliably.
    static func isConfirmationCode(_ text: XMLString) -> Bool {
        let bytes = Array(text.string.utf8)
        guard bytes.count == 39 else { return false }
        return bytes.enumerated().allSatisfy { index, byte in
            switch index {
            case 8, 13, 18, 23, 36: byte == UInt8(ascii: "-")
            case 14: byte == UInt8(ascii: "4")
            case 19: "89abAB".utf8.contains(byte)
            default: "0123456789abcdefABCDEF".utf8.contains(byte)
            }
        }
    }

    // MARK: Expectations

    func compare(with expected: EETAnswer.Expected) -> [Finding] {
        var findings: [Finding] = []
        let isConfirmation = if case .confirmation = self.content { true } else { false }
        // A refusal repeats uuid and bkp only if the server could read them.
        func check(_ word: Finding.Word, _ expected: String?, _ actual: String?) {
            guard let expected, isConfirmation || actual != nil else { return }
            guard let actual, XMLString(actual).equalsIgnoringASCIICase(XMLString(expected)) else {
                findings.append(Finding(word, "it is not that of the message", blocks: true))
                return
            }
        }
        check(.uuid, expected.uuid, self.header.uuid)
        check(.bkp, expected.bkp, self.header.bkp)
        switch self.content {
        case .confirmation(_, let test), .chyba(_, _, let test):
            if let expected = expected.test, expected != test {
                findings.append(
                    Finding(.test, "the answer is \(test ? "" : "not ")from the playground", blocks: true))
            }
        case .unclear: break
        }
        return findings
    }
}

extension UnreadableAnswer.Fault {
    fileprivate init(_ fault: XMLElementNode) {
        func text(_ name: XMLString) -> String {
            String((fault.elements.first { $0.name.local == name }?.text.collapsed ?? "").prefix(500))
        }
        self.init(code: text("faultcode"), text: text("faultstring"))
    }
}
