import OFDKazProtocol

extension OFDBooks {
    /// Opens the next shift with a document of that time, unless one is open.
    mutating func openShift(at time: OFDTime) {
        guard self.shift == nil else { return }
        self.shiftNumber &+= 1
        self.shift = OFDShift(openedAt: time, sumsAtOpening: self.sumsEver)
    }

    /// By how much a ticket changes the cash in the drawer. A cash payment says what was kept (decision K31).
    static func cashMoved(by ticket: PBTicketRequest) throws(AmountTooLarge) -> Int64 {
        var cash: Int64 = 0
        for payment in ticket.payments where payment.type == .paymentCash { try cash.book(Int64(payment.sum)) }
        return OperationType(rawValue: UInt32(ticket.operation.rawValue)).bringsMoneyIn ? cash : -cash
    }

    /// Counts an accepted ticket. A ticket is offline when it has a number of the register's own.
    mutating func count(_ ticket: PBTicketRequest) throws(AmountTooLarge) {
        self.openShift(at: OFDTime(ticket.dateTime))
        guard var shift else { return }
        let operation = ticket.operation.rawValue
        let total = try Int64(ticket.amounts.total)
        let linesBefore = shift.operations[operation].count
        for item in ticket.items { try shift.count(item, operation) }
        try shift.count(ticket.amounts, operation)
        for tax in ticket.taxes { try shift.count(tax, on: total, operation, sign: 1) }
        try shift.results[operation].book(total, lines: shift.operations[operation].count &- linesBefore)

        shift.tickets[operation].count &+= 1
        try shift.tickets[operation].sum.book(total)
        for payment in ticket.payments {
            guard
                let place = [PBPaymentTypeEnum.paymentCash, .paymentCard, .paymentMobile].firstIndex(of: payment.type)
            else { continue }
            try shift.tickets[operation].payments[place].book(Int64(payment.sum), lines: 1)
        }
        if ticket.hasOfflineTicketNumber { shift.tickets[operation].offlineCount &+= 1 }
        try shift.tickets[operation].change.book(Int64(ticket.amounts.change))

        self.shift = shift
        self.ticketsEver[operation] &+= 1
        try self.sumsEver[operation].book(total)
        try self.cash.book(Self.cashMoved(by: ticket))
    }
}

extension OFDShift {
    /// Counts one line. A storno takes its sum back; the lines that were there stay counted.
    fileprivate mutating func count(_ item: PBTicketRequest.Item, _ operation: Int) throws(AmountTooLarge) {
        switch item.type {
        case .itemTypeCommodity:
            let line = item.commodity
            try self.count(Int64(line.sum), line.sectionCode, line.taxes, operation, sign: 1)
        case .itemTypeStornoCommodity:
            let line = item.stornoCommodity
            try self.count(Int64(line.sum), line.sectionCode, line.taxes, operation, sign: -1)
        case .itemTypeMarkup: try self.countMarkup(item.markup, operation, sign: 1)
        case .itemTypeStornoMarkup: try self.countMarkup(item.stornoMarkup, operation, sign: -1)
        case .itemTypeDiscount: try self.countDiscount(item.discount, operation, sign: 1)
        case .itemTypeStornoDiscount: try self.countDiscount(item.stornoDiscount, operation, sign: -1)
        case .itemTypeUnspecified, .UNRECOGNIZED: break
        }
    }

    private mutating func count(
        _ sum: Int64, _ section: String, _ taxes: [PBTicketRequest.Tax], _ operation: Int, sign: Int64
    ) throws(AmountTooLarge) {
        let lines: UInt32 = sign > 0 ? 1 : 0
        try self.operations[operation].book(sign * sum, lines: lines)
        let place: Int
        if let known = self.sections.firstIndex(where: { $0.code == section }) {
            place = known
        } else {
            place = self.sections.endIndex
            self.sections.append(Section(code: section))
        }
        try self.sections[place].operations[operation].book(sign * sum, lines: lines)
        for tax in taxes { try self.count(tax, on: sum, operation, sign: sign) }
    }

    /// Markup or discount of the whole ticket.
    fileprivate mutating func count(_ amounts: PBTicketRequest.Amounts, _ operation: Int) throws(AmountTooLarge) {
        if amounts.hasMarkup { try self.countMarkup(amounts.markup, operation, sign: 1) }
        if amounts.hasDiscount { try self.countDiscount(amounts.discount, operation, sign: 1) }
    }

    private mutating func countMarkup(
        _ modifier: PBTicketRequest.Modifier, _ operation: Int, sign: Int64
    ) throws(AmountTooLarge) {
        let sum = try Int64(modifier.sum)
        try self.markups[operation].book(sign * sum, lines: sign > 0 ? 1 : 0)
        try self.tickets[operation].markups.book(sign * sum)
        for tax in modifier.taxes { try self.count(tax, on: sum, operation, sign: sign) }
    }

    /// A discount takes off what was taxed.
    private mutating func countDiscount(
        _ modifier: PBTicketRequest.Modifier, _ operation: Int, sign: Int64
    ) throws(AmountTooLarge) {
        let sum = try Int64(modifier.sum)
        try self.discounts[operation].book(sign * sum, lines: sign > 0 ? 1 : 0)
        try self.tickets[operation].discounts.book(sign * sum)
        for tax in modifier.taxes { try self.count(tax, on: sum, operation, sign: -sign) }
    }

    /// Adds what was taxed, tax included, to the entry of its rate.
    fileprivate mutating func count(
        _ tax: PBTicketRequest.Tax, on turnover: Int64, _ operation: Int, sign: Int64
    ) throws(AmountTooLarge) {
        let place: Int
        if let known = self.taxes.firstIndex(where: { $0.type == tax.taxType && $0.percent == tax.percent }) {
            place = known
        } else {
            place = self.taxes.endIndex
            self.taxes.append(Tax(type: tax.taxType, percent: tax.percent))
        }
        try self.taxes[place].turnover[operation].book(sign * turnover)
        try self.taxes[place].sum[operation].book(sign * Int64(tax.sum))
    }
}
