/// Counting one document. Anything may be half done when these throw: they work on a copy.
extension ShiftTotals {
    mutating func add(_ ticket: TicketSums, isOffline: Bool) throws(CounterError) {
        let operation = ticket.operation
        let name = "[\(operation.code.documentName)]"
        for section in ticket.sections { try self.add(section.tally, toSection: section.code, operation) }
        try self.operations[operation].add(ticket.lines, "operations" + name)
        try self.discounts[operation].add(ticket.discounts, "discounts" + name)
        try self.markups[operation].add(ticket.markups, "markups" + name)
        // The final totals count what the operations count: they are the same lists, before and after discounts.
        try self.results[operation].add(
            Tally(count: ticket.lines.count, sum: ticket.total), "total_result" + name)
        for tax in ticket.taxes { try self.add(tax, operation) }
        try self.tickets[operation].add(ticket, isOffline: isOffline, "ticket_operations" + name)
        try self.revenue.add(operation.code.bringsMoneyIn ? ticket.total : -ticket.total, "revenue")
    }

    private mutating func add(
        _ tally: Tally, toSection code: String, _ operation: CountedOperation
    ) throws(CounterError) {
        let index =
            self.sections.firstIndex { !$0.code.utf8.lexicographicallyPrecedes(code.utf8) } ?? self.sections.count
        if index == self.sections.count || !self.sections[index].code.utf8.elementsEqual(code.utf8) {
            self.sections.insert(SectionTotals(code: code), at: index)
        }
        try self.sections[index].operations[operation].add(
            tally, "sections[\(index)].operations[\(operation.code.documentName)]")
    }

    private mutating func add(_ tax: TicketSums.TaxSum, _ operation: CountedOperation) throws(CounterError) {
        let index = self.taxes.firstIndex { $0.percent >= tax.percent } ?? self.taxes.count
        if index == self.taxes.count || self.taxes[index].percent != tax.percent {
            self.taxes.insert(TaxTotals(type: tax.type, percent: tax.percent), at: index)
        }
        let field = "taxes[\(tax.percent)].operations[\(operation.code.documentName)]"
        var withoutTax = tax.turnover
        try withoutTax.add(-tax.sum, field + ".turnover_without_tax")
        var sums = self.taxes[index].operations[operation]
        try sums.turnover.addStayingPositive(tax.turnover, field + ".turnover")
        try sums.turnoverWithoutTax.addStayingPositive(withoutTax, field + ".turnover_without_tax")
        try sums.tax.addStayingPositive(tax.sum, field + ".sum")
        self.taxes[index].operations[operation] = sums
    }
}

extension TicketTotals {
    fileprivate mutating func add(
        _ ticket: TicketSums, isOffline: Bool, _ field: String
    ) throws(CounterError) {
        try self.count.add(1, field + ".tickets_count")
        try self.sum.add(ticket.total, field + ".tickets_sum")
        for payment in CountedPayment.allCases {
            try self.payments[payment].add(
                ticket.payments[payment], field + ".payments[\(payment.code.documentName)]")
        }
        if isOffline { try self.offlineCount.add(1, field + ".offline_count") }
        try self.discount.addStayingPositive(ticket.discounts.sum, field + ".discount_sum")
        try self.markup.addStayingPositive(ticket.markups.sum, field + ".markup_sum")
        try self.change.add(ticket.change, field + ".change_sum")
    }
}

extension PlacementTotals {
    mutating func add(_ sum: Int64, isOffline: Bool, _ field: String) throws(CounterError) {
        try self.count.add(1, field + ".operations_count")
        try self.sum.add(sum, field + ".operations_sum")
        if isOffline { try self.offlineCount.add(1, field + ".offline_count") }
    }
}
