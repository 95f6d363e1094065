public import FiscalCore

/// Puts a receipt together and does its arithmetic, so that a host neither multiplies nor rounds.
///
///     var sale = ReceiptBuilder(.income)
///     sale.add("Яблоки", quantity: try Quantity("2.5"), price: price, vat: .rate20)
///     try sale.payNonCash()
///     let receipt = try sale.receipt()
public struct ReceiptBuilder: Sendable, Hashable {
    public var type: DocumentType
    public private(set) var lines: [ReceiptLine] = []
    public var nonCash: [Money] = []
    public var cash = Money.zero(.rub)
    public var taxMode: TaxMode?
    public var contact: PhoneOrEmail?
    public var place: String?
    public var agentModes: AgentModes = []
    public var wantsFullResponse = false
    public var rules = ReceiptRules()

    public init(_ type: DocumentType) {
        self.type = type
    }

    public mutating func add(_ line: ReceiptLine) {
        self.lines.append(line)
    }

    /// Adds goods that are paid in full when they are handed over.
    public mutating func add(
        _ description: String, quantity: Quantity = .one, price: Money, vat: VAT,
        payAttribute: PayAttribute = .fullPayment, lineAttribute: LineAttribute = .goods
    ) {
        self.add(
            ReceiptLine(
                description, quantity: quantity, price: price, vat: vat, payAttribute: payAttribute,
                lineAttribute: lineAttribute))
    }

    /// What the lines so far cost together.
    /// - Throws: `MoneyError` when it does not fit.
    public var total: Money {
        get throws(MoneyError) {
            var total = Money.zero(.rub)
            for line in self.lines { total = try total + line.total }
            return total
        }
    }

    /// The VAT inside the lines so far, by rate, each line rounded half up to a kopeck: what a device that rounds so
    /// will print.
    /// - Throws: `MoneyError` when it does not fit.
    public var tax: [VAT: Money] {
        get throws(MoneyError) {
            var tax: [VAT: Money] = [:]
            for line in self.lines {
                guard let row = self.rules.vatTable[line.vat] else { continue }
                tax[line.vat] = try (tax[line.vat] ?? .zero(.rub)) + row.tax(insideSum: line.total)
            }
            return tax
        }
    }

    /// What is still to be paid; never less than nothing.
    /// - Throws: `MoneyError` when it does not fit.
    public var due: Money {
        get throws(MoneyError) {
            let paid = try Money.sum(self.nonCash + [self.cash], in: .rub)
            let due = try self.total - paid
            return due.minorUnits < 0 ? .zero(.rub) : due
        }
    }

    /// Has all that is still to be paid paid without cash.
    /// - Throws: `MoneyError` when it does not fit.
    public mutating func payNonCash() throws(MoneyError) {
        self.nonCash.append(try self.due)
    }

    /// The receipt, checked.
    /// - Throws: `InvalidField` for the first field that breaks a rule.
    public func receipt() throws(InvalidField) -> Receipt {
        try Receipt(
            self.type, lines: self.lines, nonCash: self.nonCash.isEmpty ? [.zero(.rub)] : self.nonCash,
            cash: self.cash, taxMode: self.taxMode, contact: self.contact, place: self.place,
            agentModes: self.agentModes, wantsFullResponse: self.wantsFullResponse, rules: self.rules)
    }
}
