import FiscalCore

/// The rules of a request (decision F12), applied to the form in which it goes out.
struct RequestChecker {
    let dialect: FermaDialect
    let rules: ReceiptRules
    var notes = RequestNotes()
    /// The total of the lines in kopecks, once the lines hold.
    var total: Int64?

    init(dialect: FermaDialect, rules: ReceiptRules) {
        self.dialect = dialect
        self.rules = rules
    }

    mutating func check(_ request: JSON) {
        guard request.members != nil else { return self.notes.add(.wrongType, "", limit: "an object") }
        let document = WireObject(json: request, prefix: "")
        document.noteNames(known: Self.members, in: &self.notes)
        self.checkIdentity(document)
        self.checkDocumentType(document)
        self.checkLines(document)
        self.checkPayments(document)
        self.checkTaxMode(document)
        self.checkContact(document)
        self.checkText(document, "Place", limit: self.rules.limits.place)
        self.checkAgentModes(document, "PaymentAgentModes")
        switch document.value("FullResponse") {
        case nil: self.noteIfEmpty(document, "FullResponse")
        case .bool: break
        default: self.notes.add(.wrongType, "FullResponse", limit: "true or false")
        }
    }

    private static let members = [
        "Group", "Requestid", "Clientid", "Device", "DocumentType", "Lines", "NonCash", "Cash", "TaxMode",
        "PhoneOrEmail", "Place", "FullResponse", "PaymentAgentModes",
    ]

    private mutating func checkIdentity(_ document: WireObject) {
        switch document.text("Requestid") {
        case .value(let id) where !BlankText.isBlank(id): break
        case .value, .absent: self.notes.add(.requestIdMissing, "Requestid")
        case .wrongType: self.notes.add(.wrongType, "Requestid", limit: "text")
        }
        for name in ["Group", "Clientid"] {
            switch document.text(name) {
            case .value(let text) where !text.isEmpty: break
            case .value, .absent: self.noteIfEmpty(document, name)
            case .wrongType: self.notes.add(.wrongType, name, limit: "text")
            }
        }
        switch document.text("Device") {
        case .value("auto"): break
        case .value, .absent: self.notes.add(.deviceNotAuto, "Device")
        case .wrongType: self.notes.add(.wrongType, "Device", limit: "text")
        }
    }

    private mutating func checkDocumentType(_ document: WireObject) {
        switch document.integer("DocumentType") {
        case .absent where self.dialect == .nativeCheckOnline: self.noteIfEmpty(document, "DocumentType")
        case .absent: self.notes.add(.documentTypeMissing, "DocumentType")
        case .value(let number) where DocumentType.all.contains(DocumentType(rawValue: number)): break
        case .value, .huge: self.notes.add(.documentTypeUnknown, "DocumentType")
        case .wrongType: self.notes.add(.wrongType, "DocumentType", limit: "a whole number")
        }
    }

    private mutating func checkTaxMode(_ document: WireObject) {
        switch document.integer("TaxMode") {
        case .absent: self.noteIfEmpty(document, "TaxMode")
        case .value(0): self.notes.warn(.taxModeZero, "TaxMode")
        case .value(let number) where TaxMode.allCases.contains(TaxMode(rawValue: number)):
            if number == TaxMode.imputedIncome.rawValue { self.notes.warn(.taxModeAbolished, "TaxMode") }
        case .value, .huge: self.notes.add(.taxModeNotSingleBit, "TaxMode")
        case .wrongType: self.notes.add(.wrongType, "TaxMode", limit: "a whole number")
        }
    }

    private mutating func checkContact(_ document: WireObject) {
        self.checkText(document, "PhoneOrEmail", limit: self.rules.limits.phoneOrEmail)
        guard case .value(let text) = document.text("PhoneOrEmail"), !text.isEmpty else { return }
        if let issue = PhoneOrEmail.issue(of: CP866.composed(text)) { self.notes.add(issue, "PhoneOrEmail") }
    }

    /// A mask of agents; nothing is as good as 0.
    @discardableResult
    mutating func checkAgentModes(_ object: WireObject, _ name: String) -> AgentModes {
        switch object.integer(name) {
        case .absent: self.noteIfEmpty(object, name)
        case .value(0): self.notes.warn(.emptyMember, object.path(name))
        case .value(let number) where AgentModes.range.contains(number): return AgentModes(rawValue: number)
        case .value, .huge: self.notes.add(.agentModesUnknown, object.path(name))
        case .wrongType: self.notes.add(.wrongType, object.path(name), limit: "a whole number")
        }
        return []
    }

    /// An optional text that is printed.
    mutating func checkText(_ object: WireObject, _ name: String, limit: Int?) {
        switch object.text(name) {
        case .absent: self.noteIfEmpty(object, name)
        case .value(""): self.notes.warn(.emptyMember, object.path(name))
        case .value(let text): self.checkPrintable(text, object.path(name), tooLong: .textTooLong, limit: limit)
        case .wrongType: self.notes.add(.wrongType, object.path(name), limit: "text")
        }
    }

    /// Length and characters of a text in the form in which it is sent.
    mutating func checkPrintable(_ text: String, _ field: String, tooLong: RequestIssue, limit: Int?) {
        let composed = CP866.composed(text)
        if let limit, CP866.count(composed) > limit {
            self.notes.add(tooLong, field, limit: "at most \(limit) characters")
        }
        if !CP866.canPrint(composed) { self.notes.add(.notCP866, field) }
    }

    /// An optional member that is there with null.
    mutating func noteIfEmpty(_ object: WireObject, _ name: String) {
        if object.has(name) { self.notes.warn(.emptyMember, object.path(name)) }
    }
}
