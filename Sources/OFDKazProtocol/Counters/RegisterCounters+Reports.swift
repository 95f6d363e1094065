import FiscalCore

extension RegisterCounters {
    /// The X report of this moment, without a checksum.
    ///
    /// While no shift is open it has zero totals, the number of the shift that was closed last, and the sums that run on
    /// (ambiguity F14); its shift is opened, as far as it can be said, at that very moment.
    public func xReport(at time: DateTime) -> ZXReport {
        let shift =
            self.shift
            ?? ShiftTotals(number: self.lastClosedShift, openedAt: time, startNonNullable: self.nonNullable)
        return self.report(of: shift, at: time)
    }

    /// Closes the shift: its Z report, without a checksum. What belongs to the shift starts anew with the next document.
    /// - Parameters:
    ///   - withdrawsMoney: All cash is taken out before, as one more withdrawal of this shift (3.6, ambiguity F4); none is
    ///     counted when there is no cash.
    ///   - isOffline: Whether the shift is closed offline; so is the withdrawal then.
    /// - Throws: `CounterError` when no shift is open, or the withdrawal cannot be counted.
    public mutating func closeShift(
        at time: DateTime, withdrawsMoney: Bool = false, isOffline: Bool = false
    ) throws(CounterError) -> ZXReport {
        guard self.shift != nil else { throw CounterError(.noOpenShift, "close_shift") }
        var next = self
        if withdrawsMoney, next.cashTiyn > 0 {
            try next.move(next.cashTiyn, .withdrawal, isOffline: isOffline, .neverBelowZero)
        }
        guard let shift = next.shift else { throw CounterError(.noOpenShift, "close_shift") }
        var report = next.report(of: shift, at: time)
        report.closeShiftTime = time
        next.lastClosedShift = shift.number
        next.shift = nil
        self = next
        return report
    }

    private func report(of shift: ShiftTotals, at time: DateTime) -> ZXReport {
        var report = ZXReport()
        report.dateTime = time
        report.openShiftTime = shift.openedAt.dateTime
        report.shiftNumber = shift.number
        report.sections = shift.sections.map {
            ZXReport.Section(sectionCode: $0.code, operations: Self.entries($0.operations))
        }
        report.operations = Self.entries(shift.operations)
        report.discounts = Self.entries(shift.discounts)
        report.markups = Self.entries(shift.markups)
        report.totalResult = Self.entries(shift.results)
        report.taxes = shift.taxes.map(Self.entry)
        report.startShiftNonNullableSums = Self.entries(shift.startNonNullable)
        report.ticketOperations = CountedOperation.allCases.map {
            Self.entry($0, shift.tickets[$0], total: self.ticketsTotal[$0])
        }
        report.moneyPlacements = CountedPlacement.allCases.map { direction in
            let totals = shift.placements[direction]
            return ZXReport.MoneyPlacement(
                operation: direction.code, operationsTotalCount: self.placementsTotal[direction],
                operationsCount: totals.count, operationsSum: Money(tiyn: totals.sum), offlineCount: totals.offlineCount
            )
        }
        // The wire has no sign here. The next report of the server sets it right, as a difference that is told.
        report.cashSum = Money(tiyn: max(0, self.cashTiyn))
        report.revenue = Money(tiyn: shift.revenue)
        report.nonNullableSums = Self.entries(self.nonNullable)
        return report
    }

    private static func entries(_ tallies: PerOperation<Tally>) -> [ZXReport.Operation] {
        CountedOperation.allCases.map {
            ZXReport.Operation(operation: $0.code, count: tallies[$0].count, sum: Money(tiyn: tallies[$0].sum))
        }
    }

    private static func entries(_ sums: PerOperation<Int64>) -> [ZXReport.NonNullableSum] {
        CountedOperation.allCases.map { ZXReport.NonNullableSum(operation: $0.code, sum: Money(tiyn: sums[$0])) }
    }

    private static func entry(_ tax: TaxTotals) -> ZXReport.Tax {
        let operations = CountedOperation.allCases.map { operation in
            let sums = tax.operations[operation]
            return ZXReport.TaxOperation(
                operation: operation.code, turnover: Money(tiyn: sums.turnover),
                turnoverWithoutTax: Money(tiyn: sums.turnoverWithoutTax), sum: Money(tiyn: sums.tax))
        }
        return ZXReport.Tax(type: TaxType(rawValue: tax.type), percent: tax.percent, operations: operations)
    }

    private static func entry(
        _ operation: CountedOperation, _ totals: TicketTotals, total: UInt32
    ) -> ZXReport.TicketOperation {
        let payments = CountedPayment.allCases.map { payment in
            let tally = totals.payments[payment]
            return ZXReport.Payment(payment: payment.code, sum: Money(tiyn: tally.sum), count: tally.count)
        }
        return ZXReport.TicketOperation(
            operation: operation.code, ticketsTotalCount: total, ticketsCount: totals.count,
            ticketsSum: Money(tiyn: totals.sum), payments: payments, offlineCount: totals.offlineCount,
            discountSum: Money(tiyn: totals.discount), markupSum: Money(tiyn: totals.markup),
            changeSum: Money(tiyn: totals.change))
    }
}

extension ZXReport {
    /// What stands for the last Z report while there is none: shift 0, the time of the request, zeros (3.8, ambiguity
    /// F12). Without a checksum.
    public static func emptyZ(at time: DateTime) -> ZXReport {
        var report = ZXReport()
        report.dateTime = time
        report.openShiftTime = time
        report.closeShiftTime = time
        return report.completed
    }
}

extension Money {
    fileprivate init(tiyn: Int64) { self.init(minorUnits: tiyn, currency: .kzt) }
}
