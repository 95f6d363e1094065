public import FiscalCore

/// A receipt to be made by a register of the service: a value of the type is valid by having been made.
///
/// It says nothing about under which id it is sent (``RequestIdentity``); ``encoded(as:options:)`` writes the request.
public struct Receipt: Sendable, Hashable {
    /// `DocumentType`
    public let type: DocumentType
    /// `Lines`, at least one. Texts are in the form in which they are sent.
    public private(set) var lines: [ReceiptLine]
    /// `NonCash`: one to three sums, by kind of card where the host tells kinds apart; together at most the total.
    public let nonCash: [Money]
    /// `Cash`: what the buyer handed over; more than is owed is given back (``change``).
    public let cash: Money
    /// `TaxMode`; nil for the one system that the device was registered with.
    public let taxMode: TaxMode?
    /// `PhoneOrEmail`
    public let contact: PhoneOrEmail?
    /// `Place`; nil for the registered one.
    public let place: String?
    /// `PaymentAgentModes`: for all lines.
    public let agentModes: AgentModes
    /// `FullResponse`: whether the answer shows every command, and with them the tags of the document.
    public let wantsFullResponse: Bool
    /// What the lines cost together.
    public private(set) var total: Money
    /// What is allowed, but deserves a look.
    public private(set) var warnings: [RequestWarning]

    /// - Throws: `InvalidField` for the first field that breaks a rule of ``RequestIssue``, named as on the wire.
    public init(
        _ type: DocumentType, lines: [ReceiptLine], nonCash: [Money] = [.zero(.rub)], cash: Money = .zero(.rub),
        taxMode: TaxMode? = nil, contact: PhoneOrEmail? = nil, place: String? = nil, agentModes: AgentModes = [],
        wantsFullResponse: Bool = false, rules: ReceiptRules = ReceiptRules()
    ) throws(InvalidField) {
        try self.init(
            unchecked: type, lines: lines, nonCash: nonCash, cash: cash, taxMode: taxMode, contact: contact,
            place: place, agentModes: agentModes, wantsFullResponse: wantsFullResponse,
            folding: rules.foldsTypography)
        try Self.requireNamedRates(lines, in: rules.vatTable)
        let report = RequestReport(checking: self.request(as: .placeholder, EncodingOptions()), rules: rules)
        if let finding = report.findings.first { throw finding.invalidField }
        self.total = Money(minorUnits: report.totalKopecks ?? 0, currency: .rub)
        self.warnings = report.warnings
    }

    /// What is given back to the buyer: all payments less the total.
    public var change: Money {
        // Both sums were formed when the receipt was checked.
        let paid = (self.nonCash + [self.cash]).reduce(Int64(0)) { $0 &+ $1.minorUnits }
        return Money(minorUnits: paid &- self.total.minorUnits, currency: .rub)
    }

    private init(
        unchecked type: DocumentType, lines: [ReceiptLine], nonCash: [Money], cash: Money, taxMode: TaxMode?,
        contact: PhoneOrEmail?, place: String?, agentModes: AgentModes, wantsFullResponse: Bool, folding: Bool
    ) throws(InvalidField) {
        for (index, line) in lines.enumerated() { try Self.requireRoubles(line.price, "Lines[\(index)].Price") }
        for (index, sum) in nonCash.enumerated() { try Self.requireRoubles(sum, "NonCash[\(index)]") }
        try Self.requireRoubles(cash, "Cash")
        let form: (String) -> String = { CP866.composed(folding ? TypographicFolding.folded($0) : $0) }
        self.type = type
        self.lines = lines.map { $0.mapTexts(form) }
        self.nonCash = nonCash
        self.cash = cash
        self.taxMode = taxMode
        self.contact = contact
        self.place = place.map(form)
        self.agentModes = agentModes
        self.wantsFullResponse = wantsFullResponse
        self.total = .zero(.rub)
        self.warnings = []
    }

    private static func requireRoubles(_ amount: Money, _ field: String) throws(InvalidField) {
        guard amount.currency == .rub else { throw InvalidField(field, .consistency, limit: "RUB") }
    }

    /// A number of the host's own needs a row of its own, lest a typing error become another rate.
    private static func requireNamedRates(_ lines: [ReceiptLine], in table: VATTable) throws(InvalidField) {
        for (index, line) in lines.enumerated() where table[line.vat] == nil {
            throw RequestFinding(.taxidUnknown, "Lines[\(index)].Taxid").invalidField
        }
    }
}

extension Receipt {
    /// A receipt that no rule was applied to, for documents that must be written as they stand, such as the sample of
    /// the source document, and for tests of the other side. The service may refuse it under its id for good.
    /// - Throws: `InvalidField` only when amounts are not in roubles or the total does not fit.
    public static func unchecked(
        _ type: DocumentType, lines: [ReceiptLine], nonCash: [Money], cash: Money = .zero(.rub),
        taxMode: TaxMode? = nil, contact: PhoneOrEmail? = nil, place: String? = nil, agentModes: AgentModes = [],
        wantsFullResponse: Bool = false
    ) throws(InvalidField) -> Receipt {
        var receipt = try Receipt(
            unchecked: type, lines: lines, nonCash: nonCash, cash: cash, taxMode: taxMode, contact: contact,
            place: place, agentModes: agentModes, wantsFullResponse: wantsFullResponse, folding: false)
        do throws(MoneyError) {
            var total = Money.zero(.rub)
            for line in lines { total = try total + line.total }
            receipt.total = total
        } catch {
            throw RequestFinding(.amountOverflow, "Lines").invalidField
        }
        return receipt
    }
}

extension Receipt: CustomStringConvertible {
    /// What kind of receipt over how much; nothing of the buyer's or the supplier's.
    public var description: String {
        "DocumentType \(self.type.rawValue), \(self.lines.count) lines, \(self.total)"
    }
}
