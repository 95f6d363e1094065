import FiscalCore

/// The arithmetic of the receipt (decisions K31, K32): lines, taxes, total, payments, each only where its parts are
/// right.
extension TicketReview {
    mutating func checkSums() {
        for (index, item) in self.ticket.items.enumerated() { self.checkItem(item, "items[\(index)].") }
        if self.ticket.amounts.hasMarkup { self.checkModifier(self.ticket.amounts.markup, "amounts.markup") }
        if self.ticket.amounts.hasDiscount { self.checkModifier(self.ticket.amounts.discount, "amounts.discount") }
        self.checkTotal()
        self.checkPayments()
    }

    private mutating func checkItem(_ item: PBTicketRequest.Item, _ field: String) {
        if item.hasCommodity {
            let part = item.commodity
            self.checkLine(
                field + "commodity", price: part.price, quantity: part.quantity, sum: part.sum, taxes: part.taxes)
        }
        if item.hasStornoCommodity {
            let part = item.stornoCommodity
            self.checkLine(
                field + "storno_commodity", price: part.price, quantity: part.quantity, sum: part.sum,
                taxes: part.taxes)
        }
        if let modifier = item.modifier { self.checkModifier(modifier.part, field + modifier.name) }
    }

    private mutating func checkLine(
        _ field: String, price: PBMoney, quantity: UInt64, sum: PBMoney, taxes: [PBTicketRequest.Tax]
    ) {
        guard self.issues.areNone(at: field + ".price"), self.issues.areNone(at: field + ".quantity"),
            self.issues.areNone(at: field + ".sum"), self.issues.areNone(at: field + ".taxes"),
            let line = TicketArithmetic.line(price: price.exactTiyn, thousandths: Int128(quantity))
        else { return }
        self.checkSum(
            sum.exactTiyn, field + ".sum", of: line, taxes: taxes, bases: taxes.map { _ in line }, field + ".taxes",
            limit: "price x quantity / 1000 and the taxes on top")
    }

    private mutating func checkTotal() {
        guard self.issues.areNone(at: "items"), self.issues.areNone(at: "amounts"), self.issues.areNone(at: "taxes")
        else { return }
        let amounts = self.ticket.amounts
        let lines = self.ticket.items.reduce(Int128(0)) { $0 + Self.effect(of: $1) }
        let base = lines + amounts.markup.sum.exactTiyn - amounts.discount.sum.exactTiyn
        guard lines >= 0, base >= 0 else {
            self.issues.add("amounts.total", .range, "more is taken off than there is")
            return
        }
        // A markup or discount that names the same tax brings its own part of it, as one among the lines does.
        let named = Set((amounts.markup.taxes + amounts.discount.taxes).map(\.percent))
        let bases = self.ticket.taxes.map { named.contains($0.percent) ? lines : base }
        self.checkSum(
            amounts.total.exactTiyn, "amounts.total", of: base, taxes: self.ticket.taxes, bases: bases, "taxes",
            limit: "lines, markups and discounts, and the taxes on top")
    }

    /// What a line adds to the total.
    private static func effect(of item: PBTicketRequest.Item) -> Int128 {
        switch item.type {
        case .itemTypeCommodity: item.commodity.sum.exactTiyn
        case .itemTypeStornoCommodity: -item.stornoCommodity.sum.exactTiyn
        case .itemTypeMarkup: item.markup.sum.exactTiyn
        case .itemTypeStornoMarkup: -item.stornoMarkup.sum.exactTiyn
        case .itemTypeDiscount: -item.discount.sum.exactTiyn
        case .itemTypeStornoDiscount: item.stornoDiscount.sum.exactTiyn
        case .itemTypeUnspecified, .UNRECOGNIZED: 0
        }
    }

    /// A sum is what it is made of, and the taxes on top of that. Where both the sum and its taxes differ, the sum
    /// is the issue; where it is right with the right taxes, they are.
    private mutating func checkSum(
        _ sum: Int128, _ field: String, of base: Int128, taxes: [PBTicketRequest.Tax], bases: [Int128],
        _ taxField: String, limit: String
    ) {
        guard let expected = Self.expectedTaxes(taxes, on: bases) else { return }
        let right = zip(taxes, expected).reduce(base) { $1.0.isInTotalSum ? $0 : $0 + $1.1 }
        guard sum == base + Self.onTop(taxes) || sum == right else {
            self.issues.add(field, .consistency, "\(limit): \(TicketArithmetic.text(right))")
            return
        }
        self.compare(taxes, expected, bases, taxField)
    }

    /// A markup or discount has no price; what it is made of is its sum less its taxes on top, which are inside the sum
    /// as a line's are.
    private mutating func checkModifier(_ modifier: PBTicketRequest.Modifier, _ field: String) {
        guard self.issues.areNone(at: field + ".sum"), self.issues.areNone(at: field + ".taxes") else { return }
        let base = modifier.sum.exactTiyn - Self.onTop(modifier.taxes)
        guard base >= 0 else {
            self.issues.add(field + ".sum", .consistency, "not less than its taxes on top")
            return
        }
        let bases = modifier.taxes.map { _ in base }
        guard let expected = Self.expectedTaxes(modifier.taxes, on: bases) else { return }
        self.compare(modifier.taxes, expected, bases, field + ".taxes")
    }

    private mutating func compare(
        _ taxes: [PBTicketRequest.Tax], _ expected: [Int128], _ bases: [Int128], _ field: String
    ) {
        for (index, tax) in taxes.enumerated() where tax.sum.exactTiyn != expected[index] {
            let place = tax.isInTotalSum ? "inside" : "on top of"
            let base = TicketArithmetic.text(bases[index]), right = TicketArithmetic.text(expected[index])
            self.issues.add("\(field)[\(index)].sum", .consistency, "the percent \(place) \(base): \(right)")
        }
    }

    /// One for each tax, or nil where an amount is beyond any reckoning.
    private static func expectedTaxes(_ taxes: [PBTicketRequest.Tax], on bases: [Int128]) -> [Int128]? {
        var expected: [Int128] = []
        for (tax, base) in zip(taxes, bases) {
            guard let sum = TicketArithmetic.tax(on: base, percent: tax.percent, isInTotalSum: tax.isInTotalSum)
            else { return nil }
            expected.append(sum)
        }
        return expected
    }

    private static func onTop(_ taxes: [PBTicketRequest.Tax]) -> Int128 {
        taxes.reduce(0) { $1.isInTotalSum ? $0 : $0 + $1.sum.exactTiyn }
    }

    /// All payments make the total, unless there are none; the cash payment is what was taken less the change.
    private mutating func checkPayments() {
        let payments = self.ticket.payments
        guard !payments.isEmpty, self.issues.areNone(at: "payments"), self.issues.areNone(at: "amounts") else { return }
        let total = self.ticket.amounts.total.exactTiyn
        let isWhole = payments.reduce(0) { $0 + $1.sum.exactTiyn } == total
        if let index = payments.firstIndex(where: { $0.type == .paymentCash }) {
            let kept = self.ticket.amounts.taken.exactTiyn - self.ticket.amounts.change.exactTiyn
            if payments[index].sum.exactTiyn != kept {
                self.issues.add(
                    isWhole ? "amounts.change" : "payments[\(index)].sum", .consistency,
                    "taken less change is the cash payment")
                return
            }
        }
        if !isWhole {
            self.issues.add("payments", .consistency, "together the total: \(TicketArithmetic.text(total))")
        }
    }
}
