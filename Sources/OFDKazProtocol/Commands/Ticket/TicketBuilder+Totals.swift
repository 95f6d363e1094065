public import FiscalCore

extension TicketBuilder {
    /// What was paid with, in the order of the calls.
    enum Tender: Sendable {
        /// Cash pays what nothing else does; nil for exactly that.
        case cash(taken: Money?)
        case card(Money?, Ticket.CardPaymentFields?)
        case mobile(Money?, Ticket.MobilePaymentFields?)
    }

    /// The receipt's own markup or discount.
    struct TicketModifier: Sendable {
        enum Amount: Sendable { case sum(Money), percent(Rate) }
        var name: String
        var amount: Amount
        var isDiscount: Bool
    }

    /// Makes the whole receipt cheaper. It replaces an earlier markup or discount of the whole receipt.
    public mutating func discountTicket(_ name: String, _ sum: Money) {
        self.ticketModifier = TicketModifier(name: name, amount: .sum(sum), isDiscount: true)
    }

    /// Makes the whole receipt cheaper by a part of it.
    public mutating func discountTicket(_ name: String, percent: Rate) {
        self.ticketModifier = TicketModifier(name: name, amount: .percent(percent), isDiscount: true)
    }

    /// Makes the whole receipt dearer. It replaces an earlier markup or discount of the whole receipt.
    public mutating func markupTicket(_ name: String, _ sum: Money) {
        self.ticketModifier = TicketModifier(name: name, amount: .sum(sum), isDiscount: false)
    }

    /// Makes the whole receipt dearer by a part of it.
    public mutating func markupTicket(_ name: String, percent: Rate) {
        self.ticketModifier = TicketModifier(name: name, amount: .percent(percent), isDiscount: false)
    }

    /// Cash pays what nothing else does.
    /// - Parameter taken: what the customer gave; nil for exactly what is due.
    public mutating func pay(cash taken: Money? = nil) { self.tenders.append(.cash(taken: taken)) }

    /// - Parameter sum: nil for what nothing else pays.
    public mutating func pay(card sum: Money? = nil, _ fields: Ticket.CardPaymentFields? = nil) {
        self.tenders.append(.card(sum, fields))
    }

    /// - Parameter sum: nil for what nothing else pays.
    public mutating func pay(mobile sum: Money? = nil, _ fields: Ticket.MobilePaymentFields? = nil) {
        self.tenders.append(.mobile(sum, fields))
    }

    /// What the customer has to pay for what was added so far.
    public func total() throws(InvalidField) -> Money { try self.totals().amounts.total }

    /// The receipt.
    /// - Throws: `InvalidField` where the payments do not fit the total, where more is taken off than there is, and
    ///   for what no arithmetic mends: an empty name, a return without its parent.
    public func build() throws(InvalidField) -> Ticket {
        var (amounts, taxes) = try self.totals()
        let payments = try self.payments(&amounts)
        return try Ticket(
            operation: self.operation, operator: self.operator, domain: self.domain, items: self.entries.map(\.item),
            payments: payments, taxes: taxes, amounts: amounts, extensionOptions: self.extensionOptions,
            parentTicket: self.parentTicket, printedTicket: self.printedTicket, edition: self.edition)
    }

    private func totals() throws(InvalidField) -> (amounts: Ticket.Amounts, taxes: [Ticket.Tax]) {
        var base = Int128(0)
        for entry in self.entries { base += entry.item.effect }
        try Self.requireNotNegative(base)
        var amounts = Ticket.Amounts(total: .zero(.kzt))
        if let modifier = self.ticketModifier {
            let field = modifier.isDiscount ? "amounts.discount" : "amounts.markup"
            let sum: Money =
                switch modifier.amount {
                case .sum(let sum): sum
                case .percent(let rate): try Self.part(rate, of: base, field + ".sum")
                }
            let tiyn = try PBMoney(sum, field: field + ".sum").exactTiyn
            base += modifier.isDiscount ? -tiyn : tiyn
            let value = Ticket.Modifier(name: modifier.name, sum: sum)
            if modifier.isDiscount { amounts.discount = value } else { amounts.markup = value }
        }
        try Self.requireNotNegative(base)
        let (total, taxes) = try self.sum(
            base, self.vat, sumField: "amounts.total", taxField: "taxes[0].sum")
        amounts.total = total
        return (amounts, taxes)
    }

    private static func requireNotNegative(_ base: Int128) throws(InvalidField) {
        guard base >= 0 else {
            throw InvalidField("amounts.total", .range, limit: "more is taken off than there is")
        }
    }

    /// Whoever pays the rest gets it; cash brings what was taken, and the change.
    private func payments(_ amounts: inout Ticket.Amounts) throws(InvalidField) -> [Ticket.Payment] {
        var rest = Int128(amounts.total.minorUnits)
        for (index, tender) in self.tenders.enumerated() {
            switch tender {
            case .card(let sum?, _), .mobile(let sum?, _):
                rest -= try PBMoney(sum, field: "payments[\(index)].sum").exactTiyn
            case .cash, .card(nil, _), .mobile(nil, _): break
            }
        }
        guard rest >= 0 else {
            let limit = "together the total: \(amounts.total.text)"
            throw InvalidField("payments", .consistency, limit: limit)
        }
        let due = try Self.money(rest, "payments")
        var payments: [Ticket.Payment] = []
        for tender in self.tenders {
            switch tender {
            case .cash(let taken):
                let change = try Self.change(of: taken ?? due, due)
                amounts.taken = taken ?? due
                amounts.change = change
                payments.append(.cash(due))
            case .card(let sum, let fields): payments.append(.card(sum ?? due, fields))
            case .mobile(let sum, let fields): payments.append(.mobile(sum ?? due, fields))
            }
        }
        return payments
    }

    private static func change(of taken: Money, _ due: Money) throws(InvalidField) -> Money {
        let change = try PBMoney(taken, field: "amounts.taken").exactTiyn - Int128(due.minorUnits)
        guard change >= 0 else {
            throw InvalidField("amounts.taken", .range, limit: "at least \(due.text)")
        }
        return try Self.money(change, "amounts.change")
    }

    // MARK: Arithmetic

    static func line(_ price: Money, _ quantity: Quantity, _ field: String) throws(InvalidField) -> Int128 {
        let price = try PBMoney(price, field: field + ".price").exactTiyn
        guard let line = TicketArithmetic.line(price: price, thousandths: Int128(quantity.thousandths)) else {
            throw Self.tooLarge(field + ".sum")
        }
        return line
    }

    static func part(_ percent: Rate, of base: Int128, _ field: String) throws(InvalidField) -> Money {
        let percent = percent.thousandthsOfPercent
        guard let part = TicketArithmetic.tax(on: base, percent: percent, isInTotalSum: false) else {
            throw Self.tooLarge(field)
        }
        return try Self.money(part, field)
    }

    /// A base with its tax: the sum, which contains the tax, and the tax.
    func sum(
        _ base: Int128, _ vat: VAT?, sumField: String, taxField: String
    ) throws(InvalidField) -> (Money, [Ticket.Tax]) {
        guard let vat else { return (try Self.money(base, sumField), []) }
        let percent = vat.rate.thousandthsOfPercent
        guard let tax = TicketArithmetic.tax(on: base, percent: percent, isInTotalSum: vat.isInTotalSum) else {
            throw Self.tooLarge(sumField)
        }
        let sum = try Self.money(vat.isInTotalSum ? base : base + tax, sumField)
        let taxSum = try Self.money(tax, taxField)
        let value = Ticket.Tax(
            taxationType: self.taxationType, percent: vat.rate, sum: taxSum, isInTotalSum: vat.isInTotalSum)
        return (sum, [value])
    }

    private static func money(_ tiyn: Int128, _ field: String) throws(InvalidField) -> Money {
        guard let minorUnits = Int64(exactly: tiyn) else { throw Self.tooLarge(field) }
        return Money(minorUnits: minorUnits, currency: .kzt)
    }

    private static func tooLarge(_ field: String) -> InvalidField {
        InvalidField(field, .range, limit: "at most \(Money(minorUnits: .max, currency: .kzt).text)")
    }
}

extension Ticket.Item {
    /// What the line adds to the total, in tiyn.
    fileprivate var effect: Int128 {
        switch self {
        case .commodity(let part): Int128(part.sum.minorUnits)
        case .stornoCommodity(let part): -Int128(part.sum.minorUnits)
        case .markup(let part), .stornoDiscount(let part): Int128(part.sum.minorUnits)
        case .discount(let part), .stornoMarkup(let part): -Int128(part.sum.minorUnits)
        }
    }
}
