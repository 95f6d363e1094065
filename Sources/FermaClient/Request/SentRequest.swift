public import FiscalCore

/// What an answer is held against: the facts of the request that it has to belong to. What is nil is not compared.
public struct SentRequest: Sendable, Hashable {
    public var requestID: String?
    public var clientID: String?
    public var type: DocumentType?
    public var total: Money?
    /// What tag 1199 of each line has to be in a full answer.
    public var taxTags: [Int64?]

    /// A receipt as it was sent.
    public init(_ receipt: Receipt, as identity: RequestIdentity, vatTable: VATTable = .standard) {
        self.requestID = identity.requestID
        self.clientID = identity.clientID
        self.type = receipt.type
        self.total = receipt.total
        self.taxTags = receipt.lines.map { vatTable[$0.vat]?.tag1199 }
    }

    /// A request in the spelling of the wire, as far as it can be read.
    public init(reading request: JSON, dialect: FermaDialect = .ferma, rules: ReceiptRules = ReceiptRules()) {
        let document = WireObject(json: request, prefix: "")
        if case .value(let text) = document.text("Requestid"), !text.isEmpty { self.requestID = text }
        if case .value(let text) = document.text("Clientid"), !text.isEmpty { self.clientID = text }
        if case .value(let number) = document.integer("DocumentType") { self.type = DocumentType(rawValue: number) }
        if self.type == nil, dialect == .nativeCheckOnline { self.type = .income }
        self.total = RequestReport(checking: request, dialect: dialect, rules: rules).totalKopecks.map {
            Money(minorUnits: $0, currency: .rub)
        }
        self.taxTags = (document.value("Lines")?.array ?? []).map { line in
            guard case .value(let number) = WireObject(json: line, prefix: "").integer("Taxid"),
                let vat = rules.vatTable.vat(number: number, dialect)
            else { return nil }
            return rules.vatTable[vat]?.tag1199
        }
    }
}
