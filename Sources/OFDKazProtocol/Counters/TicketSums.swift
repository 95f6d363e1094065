/// What one receipt brings to the counters.
///
/// The document names the totals and does not define them; these are our readings (ambiguities F15 to F18, decisions
/// K31, K32):
/// - Sections and operations count the lines of goods, and sum them as they stand before any discount or markup. A line
///   that takes goods out again (storno) lowers the sum and leaves the count.
/// - Discounts and markups count and sum those of lines and those of the whole receipt; a storno lowers the sum alone.
/// - A tax is what the receipt says it is. Its turnover is the sum of the line, discount or markup that names it, or the
///   total for a tax of the whole receipt; storno lines and discounts take it away again.
/// - Payments count as they stand: a cash payment is what was kept, so change is deducted nowhere.
struct TicketSums {
    let operation: CountedOperation
    let time: DateTime
    let total: Int64
    private(set) var lines = Tally()
    private(set) var sections: [(code: String, tally: Tally)] = []
    private(set) var discounts = Tally()
    private(set) var markups = Tally()
    private(set) var taxes: [TaxSum] = []
    private(set) var payments = PerPayment(repeating: Tally())
    private(set) var change: Int64 = 0

    struct TaxSum {
        var type: UInt32
        var percent: UInt32
        var turnover: Int64 = 0
        var sum: Int64 = 0
    }

    /// What a tax, or an amount, does to the counters.
    private enum Direction: Int64 {
        case adds = 1
        case takesAway = -1
    }

    /// - Throws: `CounterError` for a receipt that lacks what counts, or has a code for which no report has an entry.
    init(_ ticket: PBTicketRequest) throws(CounterError) {
        guard ticket.hasOperation, let operation = CountedOperation(rawValue: OperationType(ticket.operation).rawValue)
        else { throw CounterError(.unreadable, "operation") }
        guard let time = ticket.dateTime.dateTime else { throw CounterError(.unreadable, "date_time") }
        self.operation = operation
        self.time = time
        self.total = try Int64(ticket.amounts.hasTotal ? ticket.amounts.total : nil, "amounts.total")
        for (index, item) in ticket.items.enumerated() { try self.add(item, "items[\(index)]") }
        try self.addWholeTicket(ticket)
        for (index, payment) in ticket.payments.enumerated() {
            let field = "payments[\(index)]"
            guard payment.hasType, let type = CountedPayment(rawValue: PaymentType(payment.type).rawValue) else {
                throw CounterError(.unreadable, field + ".type")
            }
            let sum = try Int64(payment.hasSum ? payment.sum : nil, field + ".sum")
            try self.payments[type].add(Tally(count: 1, sum: sum), field)
        }
        if ticket.amounts.hasChange { self.change = try Int64(ticket.amounts.change, "amounts.change") }
    }

    private mutating func add(_ item: PBTicketRequest.Item, _ field: String) throws(CounterError) {
        switch ItemType(item.type) {
        case .commodity:
            let (line, field) = (item.commodity, field + ".commodity")
            let sum = try Int64(line.hasSum ? line.sum : nil, field + ".sum")
            guard line.hasSectionCode else { throw CounterError(.unreadable, field + ".section_code") }
            try self.addLine(line.sectionCode, count: 1, sum, field)
            try self.add(line.taxes, turnover: sum, .adds, field)
        case .stornoCommodity:
            let (line, field) = (item.stornoCommodity, field + ".storno_commodity")
            let sum = try Int64(line.hasSum ? line.sum : nil, field + ".sum")
            guard line.hasSectionCode else { throw CounterError(.unreadable, field + ".section_code") }
            try self.addLine(line.sectionCode, count: 0, -sum, field)
            try self.add(line.taxes, turnover: sum, .takesAway, field)
        case .markup: try self.add(item.markup, to: \.markups, count: 1, .adds, field + ".markup")
        case .stornoMarkup:
            try self.add(item.stornoMarkup, to: \.markups, count: 0, .takesAway, field + ".storno_markup")
        case .discount: try self.add(item.discount, to: \.discounts, count: 1, .takesAway, field + ".discount")
        case .stornoDiscount:
            try self.add(item.stornoDiscount, to: \.discounts, count: 0, .adds, field + ".storno_discount")
        default: throw CounterError(.unreadable, field + ".type")
        }
    }

    private mutating func addLine(
        _ section: String, count: UInt32, _ sum: Int64, _ field: String
    ) throws(CounterError) {
        try self.lines.count.add(count, field)
        try self.lines.sum.add(sum, field + ".sum")
        let index = self.sections.firstIndex { $0.code.utf8.elementsEqual(section.utf8) } ?? self.sections.endIndex
        if index == self.sections.endIndex { self.sections.append((section, Tally())) }
        try self.sections[index].tally.count.add(count, field)
        try self.sections[index].tally.sum.add(sum, field + ".sum")
    }

    /// A discount, a markup, or the storno of one.
    /// - Parameter direction: what it does to the total; a storno of a discount raises it.
    private mutating func add(
        _ modifier: PBTicketRequest.Modifier, to tally: WritableKeyPath<Self, Tally>, count: UInt32,
        _ direction: Direction, _ field: String
    ) throws(CounterError) {
        let sum = try Int64(modifier.hasSum ? modifier.sum : nil, field + ".sum")
        try self[keyPath: tally].count.add(count, field)
        // Only the stornos, which count nothing, lower the tally.
        try self[keyPath: tally].sum.add(count == 0 ? -sum : sum, field + ".sum")
        try self.add(modifier.taxes, turnover: sum, direction, field)
    }

    /// Taxes, discount and markup of the whole receipt.
    private mutating func addWholeTicket(_ ticket: PBTicketRequest) throws(CounterError) {
        let amounts = ticket.amounts
        for (index, tax) in ticket.taxes.enumerated() {
            // The total has the discount or markup in it already. One that names the same tax brings, or takes away,
            // its own turnover below, so that the two together come to the total.
            var turnover = self.total
            let field = "taxes[\(index)]"
            if amounts.hasMarkup, amounts.markup.taxes.contains(where: { $0.percent == tax.percent }) {
                try turnover.add(-(try Int64(amounts.markup.sum, "amounts.markup.sum")), field)
            }
            if amounts.hasDiscount, amounts.discount.taxes.contains(where: { $0.percent == tax.percent }) {
                try turnover.add(try Int64(amounts.discount.sum, "amounts.discount.sum"), field)
            }
            try self.add(tax, turnover: turnover, .adds, field)
        }
        if amounts.hasMarkup { try self.add(amounts.markup, to: \.markups, count: 1, .adds, "amounts.markup") }
        if amounts.hasDiscount {
            try self.add(amounts.discount, to: \.discounts, count: 1, .takesAway, "amounts.discount")
        }
    }

    private mutating func add(
        _ taxes: [PBTicketRequest.Tax], turnover: Int64, _ direction: Direction, _ field: String
    ) throws(CounterError) {
        for (index, tax) in taxes.enumerated() {
            try self.add(tax, turnover: turnover, direction, field + ".taxes[\(index)]")
        }
    }

    /// The percentage alone tells taxes apart (3.8; ambiguity E14).
    private mutating func add(
        _ tax: PBTicketRequest.Tax, turnover: Int64, _ direction: Direction, _ field: String
    ) throws(CounterError) {
        guard tax.hasPercent else { throw CounterError(.unreadable, field + ".percent") }
        let sum = try Int64(tax.hasSum ? tax.sum : nil, field + ".sum")
        let index = self.taxes.firstIndex { $0.percent == tax.percent } ?? self.taxes.endIndex
        if index == self.taxes.endIndex { self.taxes.append(TaxSum(type: tax.taxType, percent: tax.percent)) }
        try self.taxes[index].turnover.add(direction.rawValue * turnover, field)
        try self.taxes[index].sum.add(direction.rawValue * sum, field + ".sum")
    }
}

extension Int64 {
    /// An amount of the wire in tiyn. It is not negative, so its negation fits.
    fileprivate init(_ pb: PBMoney?, _ field: String) throws(CounterError) {
        guard let tiyn = pb?.tiyn, let value = Self(exactly: tiyn) else { throw CounterError(.unreadable, field) }
        self = value
    }
}
