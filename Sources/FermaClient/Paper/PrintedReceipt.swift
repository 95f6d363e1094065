import FiscalCore

/// A receipt as its stored request has it, for paper: what was sent is what is printed, also years later.
struct PrintedReceipt {
    let type: DocumentType?
    let lines: [PrintedLine]
    let nonCash: [Money]
    let cash: Money
    let taxMode: TaxMode?
    let contact: String?
    let place: String?
    let agentModes: AgentModes

    init(_ request: JSON, dialect: FermaDialect, vatTable: VATTable) {
        self.type = request["DocumentType"]?.integer.map { DocumentType(rawValue: $0) }
        self.lines = (request["Lines"]?.array ?? []).map { PrintedLine($0, dialect: dialect, vatTable: vatTable) }
        self.nonCash = (request["NonCash"]?.array ?? []).compactMap { $0.integer.map(Self.roubles) }
        self.cash = Self.roubles(request["Cash"]?.integer ?? 0)
        self.taxMode = request["TaxMode"]?.integer.flatMap { $0 == 0 ? nil : TaxMode(rawValue: $0) }
        self.contact = Self.text(request["PhoneOrEmail"])
        self.place = Self.text(request["Place"])
        self.agentModes = AgentModes(rawValue: request["PaymentAgentModes"]?.integer ?? 0)
    }

    static func roubles(_ kopecks: Int64) -> Money { Money(minorUnits: kopecks, currency: .rub) }

    static func text(_ value: JSON?) -> String? { value?.string.flatMap { $0.isEmpty ? nil : $0 } }

    /// What all lines cost; nil when it does not fit.
    var total: Money? { Self.sum(self.lines.map(\.total)) }

    var nonCashTotal: Money? { Self.sum(self.nonCash) }

    /// What is given back; nil when it is nothing.
    func change(of total: Money) -> Money? {
        guard let paid = Self.sum(self.nonCash + [self.cash]) else { return nil }
        let (change, overflow) = paid.minorUnits.subtractingReportingOverflow(total.minorUnits)
        return overflow || change <= 0 ? nil : Self.roubles(change)
    }

    /// The VAT inside the lines, by the words of the rate, in the order of the lines.
    var taxes: [(words: String, amount: Money)] {
        var taxes: [(words: String, amount: Money)] = []
        for line in self.lines {
            guard let row = line.vat, row.rate != nil, let total = line.total,
                let tax = try? row.tax(insideSum: total)
            else { continue }
            if let index = taxes.firstIndex(where: { $0.words == row.words }) {
                taxes[index].amount = Self.sum([taxes[index].amount, tax]) ?? taxes[index].amount
            } else {
                taxes.append((row.words, tax))
            }
        }
        return taxes
    }

    private static func sum(_ amounts: [Money?]) -> Money? {
        var total = Int64(0)
        for amount in amounts {
            guard let amount else { return nil }
            let (next, overflow) = total.addingReportingOverflow(amount.minorUnits)
            guard !overflow else { return nil }
            total = next
        }
        return Self.roubles(total)
    }
}

/// One of its lines.
struct PrintedLine {
    let name: String
    let quantity: Quantity
    let price: Money
    let payAttribute: PayAttribute?
    let lineAttribute: LineAttribute?
    let vat: VATTable.Row?
    let taxID: Int64?
    let agentModes: AgentModes
    let provider: JSON?

    init(_ line: JSON, dialect: FermaDialect, vatTable: VATTable) {
        self.name = line["Description"]?.string ?? ""
        self.quantity = Quantity(thousandths: line["Qty"]?.integer ?? 0)
        self.price = PrintedReceipt.roubles(line["Price"]?.integer ?? 0)
        self.payAttribute = line["PayAttribute"]?.integer.map { PayAttribute(rawValue: $0) }
        self.lineAttribute = line["LineAttribute"]?.integer.map { LineAttribute(rawValue: $0) }
        self.taxID = line["Taxid"]?.integer
        self.vat = self.taxID.flatMap { vatTable.vat(number: $0, dialect) }.flatMap { vatTable[$0] }
        self.agentModes = AgentModes(rawValue: line["AgentModes"]?.integer ?? 0)
        self.provider = line["ProviderData"]
    }

    var total: Money? { try? LineArithmetic.total(price: self.price, quantity: self.quantity) }

    /// What the document says in place of the name.
    func words(_ incomes: NonOperatingIncome) -> String {
        // The device leaves the name of an advance out of the document.
        if self.payAttribute == .advance { return "АВАНС" }
        guard self.lineAttribute?.descriptionNumbers != nil, let number = Int(self.name) else { return self.name }
        return incomes.label(for: number)
    }
}

extension Quantity {
    /// As on paper: `2.5`, `1`.
    var words: String {
        let digits = String(self.thousandths.magnitude)
        let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        var fraction = padded.suffix(3)
        while fraction.last == "0" { fraction.removeLast() }
        return (self.thousandths < 0 ? "-" : "") + padded.dropLast(3) + (fraction.isEmpty ? "" : "." + fraction)
    }
}
