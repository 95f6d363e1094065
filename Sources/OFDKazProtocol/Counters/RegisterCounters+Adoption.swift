import FiscalCore

/// Taking over the server's counters: after the start, and when the queue has been sent (3.2, 3.6, 3.8; decision K26).
extension RegisterCounters {
    /// The server's values win whole; what its report does not tell stays as it is.
    ///
    /// A server may leave zeros out, and the first answer of all has been seen without any list. So a list that is empty
    /// tells nothing; in a list that has entries, a missing one means zero for the totals of the shift, and nothing for
    /// the sums that run on. Sections and taxes are told as soon as any total of the shift is. A count that could not
    /// be sent on (above 2147483647) is not taken over: the next report would be refused for it.
    public mutating func adopt(_ report: ZXReport, from source: CounterSource, at now: DateTime) {
        switch source {
        case .openShift: self.adoptOpenShift(report, at: now)
        case .noOpenShift, .closedShift: self.adoptClosedShift(report, source)
        }
        if let cash = report.cashSum { self.cashTiyn = cash.minorUnits }
        for operation in CountedOperation.allCases {
            if let sum = report.nonNullableSums.first(where: { $0.operation == operation.code })?.sum {
                self.nonNullable[operation] = sum.minorUnits
            }
            let entry = report.ticketOperations.first { $0.operation == operation.code }
            self.ticketsTotal[operation].adopt(entry?.ticketsTotalCount)
        }
        for direction in CountedPlacement.allCases {
            let entry = report.moneyPlacements.first { $0.operation == direction.code }
            self.placementsTotal[direction].adopt(entry?.operationsTotalCount)
        }
    }

    private mutating func adoptOpenShift(_ report: ZXReport, at now: DateTime) {
        let number = report.shiftNumber.flatMap { $0 <= UInt32.largestSent ? $0 : nil }
        // Our own shift, whatever number we had given it, unless the server says that it is another one.
        let isOurs = number == nil || !self.shiftNumberIsKnown || self.shift?.number == number
        var shift: ShiftTotals
        if isOurs, let own = self.shift {
            shift = own
        } else {
            shift = ShiftTotals(
                number: self.shiftNumber, openedAt: report.dateTime ?? now, startNonNullable: self.nonNullable)
        }
        if let number {
            shift.number = number
            self.lastClosedShift = number == 0 ? 0 : number - 1
            self.shiftNumberIsKnown = true
        }
        shift.adopt(report)
        self.shift = shift
    }

    private mutating func adoptClosedShift(_ report: ZXReport, _ source: CounterSource) {
        self.shift = nil
        guard let number = Self.lastClosedShift(by: report, source) else { return }
        self.lastClosedShift = number
        self.shiftNumberIsKnown = true
    }

    /// The shift that was closed last, by a Z report of the server; nil when it does not tell, or tells a number that
    /// could not be sent on.
    ///
    /// Decision K34: the shift of a Z report with a closing time was closed, and so was shift 0; one without was not, and
    /// its number is still to be used. The answer to a close needs no time to say that the shift is closed.
    static func lastClosedShift(by report: ZXReport, _ source: CounterSource) -> UInt32? {
        guard let number = report.shiftNumber, number < UInt32.largestSent else { return nil }
        let wasClosed = source == .closedShift || report.closeShiftTime != nil || number == 0
        return wasClosed ? number : number - 1
    }
}

extension ShiftTotals {
    fileprivate mutating func adopt(_ report: ZXReport) {
        if let time = report.openShiftTime { self.openedAt = StoredDateTime(dateTime: time) }
        if let revenue = report.revenue { self.revenue = revenue.minorUnits }
        for operation in CountedOperation.allCases {
            let start = report.startShiftNonNullableSums.first { $0.operation == operation.code }
            if let sum = start?.sum { self.startNonNullable[operation] = sum.minorUnits }
        }
        self.operations.adopt(report.operations)
        self.discounts.adopt(report.discounts)
        self.markups.adopt(report.markups)
        self.results.adopt(report.totalResult)
        if !report.ticketOperations.isEmpty {
            for operation in CountedOperation.allCases {
                let entry = report.ticketOperations.first { $0.operation == operation.code }
                self.tickets[operation].adopt(entry)
            }
        }
        if !report.moneyPlacements.isEmpty {
            for direction in CountedPlacement.allCases {
                let entry = report.moneyPlacements.first { $0.operation == direction.code }
                self.placements[direction].adopt(entry)
            }
        }
        if report.tellsTheShift { self.adoptLists(report) }
    }

    private mutating func adoptLists(_ report: ZXReport) {
        let complete = report.completed
        self.sections = complete.sections.map { section in
            var totals = SectionTotals(code: section.sectionCode)
            totals.operations.adopt(section.operations)
            return totals
        }
        self.taxes = complete.taxes.map { tax in
            var totals = TaxTotals(type: tax.type.rawValue, percent: tax.percent)
            for operation in CountedOperation.allCases {
                guard let entry = tax.operations.first(where: { $0.operation == operation.code }) else { continue }
                totals.operations[operation] = TaxTotals.Sums(
                    turnover: entry.turnover?.minorUnits ?? 0,
                    turnoverWithoutTax: entry.turnoverWithoutTax?.minorUnits ?? 0, tax: entry.sum?.minorUnits ?? 0)
            }
            return totals
        }
    }
}

extension ZXReport {
    /// Whether any total of a shift is told, so that absent sections and taxes mean that there were none.
    var tellsTheShift: Bool {
        !(self.sections.isEmpty && self.taxes.isEmpty && self.operations.isEmpty && self.totalResult.isEmpty
            && self.ticketOperations.isEmpty)
    }
}

extension PerOperation<Tally> {
    fileprivate mutating func adopt(_ entries: [ZXReport.Operation]) {
        guard !entries.isEmpty else { return }
        for operation in CountedOperation.allCases {
            let entry = entries.first { $0.operation == operation.code }
            self[operation].count.adopt(entry == nil ? 0 : entry?.count)
            self[operation].sum.adopt(entry == nil ? .zero(.kzt) : entry?.sum)
        }
    }
}

extension TicketTotals {
    /// - Parameter entry: nil where the server has none for this kind of receipt: nothing was issued.
    fileprivate mutating func adopt(_ entry: ZXReport.TicketOperation?) {
        guard let entry else {
            self = Self()
            return
        }
        self.count.adopt(entry.ticketsCount)
        self.sum.adopt(entry.ticketsSum)
        self.offlineCount.adopt(entry.offlineCount)
        self.discount.adopt(entry.discountSum)
        self.markup.adopt(entry.markupSum)
        self.change.adopt(entry.changeSum)
        guard !entry.payments.isEmpty else { return }
        for payment in CountedPayment.allCases {
            let totals = entry.payments.first { $0.payment == payment.code }
            self.payments[payment].count.adopt(totals == nil ? 0 : totals?.count)
            self.payments[payment].sum.adopt(totals == nil ? .zero(.kzt) : totals?.sum)
        }
    }
}

extension PlacementTotals {
    fileprivate mutating func adopt(_ entry: ZXReport.MoneyPlacement?) {
        guard let entry else {
            self = Self()
            return
        }
        self.count.adopt(entry.operationsCount)
        self.sum.adopt(entry.operationsSum)
        self.offlineCount.adopt(entry.offlineCount)
    }
}

extension UInt32 {
    fileprivate mutating func adopt(_ count: UInt32?) {
        if let count, count <= Self.largestSent { self = count }
    }
}

extension Int64 {
    fileprivate mutating func adopt(_ sum: Money?) {
        if let sum { self = sum.minorUnits }
    }
}
