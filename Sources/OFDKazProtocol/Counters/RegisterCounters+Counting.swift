import FiscalCore

extension RegisterCounters {
    /// Counts a receipt; opens a shift if none is open.
    ///
    /// Purchases and returned sales take their cash payments out of the register.
    /// - Throws: `CounterError`; then nothing is counted and no shift is opened.
    package mutating func add(
        ticket: PBTicketRequest, isOffline: Bool, cash rule: CashRule = .neverBelowZero
    ) throws(CounterError) {
        let sums = try TicketSums(ticket)
        var next = self
        var shift = try next.openedShift(at: sums.time)
        try shift.add(sums, isOffline: isOffline)
        next.shift = shift
        let name = sums.operation.code.documentName
        try next.nonNullable[sums.operation].add(sums.total, "non_nullable_sums[\(name)].sum")
        try next.ticketsTotal[sums.operation].add(1, "ticket_operations[\(name)].tickets_total_count")
        let cash = sums.payments.cash.sum
        try next.moveCash(by: sums.operation.code.bringsMoneyIn ? cash : -cash, rule, "payments")
        self = next
    }

    /// Counts cash put in or taken out; opens a shift if none is open.
    /// - Throws: `CounterError`; then nothing is counted and no shift is opened.
    package mutating func add(
        placement: PBMoneyPlacementRequest, isOffline: Bool, cash rule: CashRule = .neverBelowZero
    ) throws(CounterError) {
        guard placement.hasOperation,
            let direction = CountedPlacement(rawValue: MoneyPlacementType(placement.operation).rawValue)
        else { throw CounterError(.unreadable, "operation") }
        guard let time = placement.datetime.dateTime else { throw CounterError(.unreadable, "datetime") }
        guard placement.hasSum, let money = placement.sum.money else { throw CounterError(.unreadable, "sum") }
        var next = self
        next.shift = try next.openedShift(at: time)
        try next.move(money.minorUnits, direction, isOffline: isOffline, rule)
        self = next
    }

    /// Cash in or out, in the shift that is open.
    /// - Parameter sum: not negative.
    mutating func move(
        _ sum: Int64, _ direction: CountedPlacement, isOffline: Bool, _ rule: CashRule
    ) throws(CounterError) {
        let field = "money_placements[\(direction.code.documentName)]"
        try self.shift?.placements[direction].add(sum, isOffline: isOffline, field)
        try self.placementsTotal[direction].add(1, field + ".operations_total_count")
        try self.moveCash(by: direction == .deposit ? sum : -sum, rule, "sum")
    }

    private mutating func moveCash(by amount: Int64, _ rule: CashRule, _ field: String) throws(CounterError) {
        try self.cashTiyn.add(amount, "cash_sum")
        if rule == .neverBelowZero, amount < 0, self.cashTiyn < 0 { throw CounterError(.notEnoughCash, field) }
    }

    /// The open shift, or a new one. Its number is the server's business until the server has told one; so is a number
    /// that has run out.
    private func openedShift(at time: DateTime) throws(CounterError) -> ShiftTotals {
        if let shift = self.shift { return shift }
        guard self.lastClosedShift < UInt32.largestSent else { throw CounterError(.overflow, "shift_number") }
        return ShiftTotals(
            number: self.lastClosedShift + 1, openedAt: time, startNonNullable: self.nonNullable)
    }
}
