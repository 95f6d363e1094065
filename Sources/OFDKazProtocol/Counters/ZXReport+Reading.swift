import FiscalCore

/// From the wire: as it came, and whatever it is. A part that is absent, or does not fit its type, is nil.
extension ZXReport {
    package init(_ pb: PBZXReport) {
        self.init()
        if pb.hasDateTime { self.dateTime = pb.dateTime.dateTime }
        if pb.hasOpenShiftTime { self.openShiftTime = pb.openShiftTime.dateTime }
        if pb.hasCloseShiftTime { self.closeShiftTime = pb.closeShiftTime.dateTime }
        if pb.hasShiftNumber { self.shiftNumber = pb.shiftNumber }
        self.sections = pb.sections.map { Section($0) }
        self.operations = pb.operations.map { Operation($0) }
        self.discounts = pb.discounts.map { Operation($0) }
        self.markups = pb.markups.map { Operation($0) }
        self.totalResult = pb.totalResult.map { Operation($0) }
        self.taxes = pb.taxes.map { Tax($0) }
        self.startShiftNonNullableSums = pb.startShiftNonNullableSums.map { NonNullableSum($0) }
        self.ticketOperations = pb.ticketOperations.map { TicketOperation($0) }
        self.moneyPlacements = pb.moneyPlacements.map { MoneyPlacement($0) }
        if pb.hasCashSum { self.cashSum = pb.cashSum.money }
        if pb.hasRevenue, pb.revenue.hasSum, let sum = pb.revenue.sum.money {
            // Not below -Int64.max, so the negation fits.
            self.revenue = Money(minorUnits: pb.revenue.isNegative ? -sum.minorUnits : sum.minorUnits, currency: .kzt)
        }
        self.nonNullableSums = pb.nonNullableSums.map { NonNullableSum($0) }
        if pb.hasChecksum { self.checksum = pb.checksum }
    }
}

extension ZXReport.Section {
    init(_ pb: PBZXReport.Section) {
        self.init(sectionCode: pb.sectionCode, operations: pb.operations.map { .init($0) })
    }
}

// An entry without its code is read as code 0: so it reaches us from an encoder that leaves zeros out.
extension ZXReport.Operation {
    init(_ pb: PBZXReport.Operation) {
        self.init(
            operation: OperationType(pb.operation), count: pb.hasCount ? pb.count : nil,
            sum: pb.hasSum ? pb.sum.money : nil)
    }
}

extension ZXReport.Tax {
    init(_ pb: PBZXReport.Tax) {
        self.init(
            type: TaxType(rawValue: pb.taxType), percent: pb.percent, operations: pb.operations.map { .init($0) })
    }
}

extension ZXReport.TaxOperation {
    init(_ pb: PBZXReport.Tax.TaxOperation) {
        self.init(
            operation: OperationType(pb.operation), turnover: pb.hasTurnover ? pb.turnover.money : nil,
            turnoverWithoutTax: pb.hasTurnoverWithoutTax ? pb.turnoverWithoutTax.money : nil,
            sum: pb.hasSum ? pb.sum.money : nil)
    }
}

extension ZXReport.NonNullableSum {
    init(_ pb: PBZXReport.NonNullableSum) {
        self.init(operation: OperationType(pb.operation), sum: pb.hasSum ? pb.sum.money : nil)
    }
}

extension ZXReport.TicketOperation {
    init(_ pb: PBZXReport.TicketOperation) {
        self.init(
            operation: OperationType(pb.operation),
            ticketsTotalCount: pb.hasTicketsTotalCount ? pb.ticketsTotalCount : nil,
            ticketsCount: pb.hasTicketsCount ? pb.ticketsCount : nil,
            ticketsSum: pb.hasTicketsSum ? pb.ticketsSum.money : nil, payments: pb.payments.map { .init($0) },
            offlineCount: pb.hasOfflineCount ? pb.offlineCount : nil,
            discountSum: pb.hasDiscountSum ? pb.discountSum.money : nil,
            markupSum: pb.hasMarkupSum ? pb.markupSum.money : nil, changeSum: pb.hasChangeSum ? pb.changeSum.money : nil
        )
    }
}

extension ZXReport.Payment {
    init(_ pb: PBZXReport.TicketOperation.Payment) {
        self.init(
            payment: PaymentType(pb.payment), sum: pb.hasSum ? pb.sum.money : nil, count: pb.hasCount ? pb.count : nil)
    }
}

extension ZXReport.MoneyPlacement {
    init(_ pb: PBZXReport.MoneyPlacement) {
        self.init(
            operation: MoneyPlacementType(pb.operation),
            operationsTotalCount: pb.hasOperationsTotalCount ? pb.operationsTotalCount : nil,
            operationsCount: pb.hasOperationsCount ? pb.operationsCount : nil,
            operationsSum: pb.hasOperationsSum ? pb.operationsSum.money : nil,
            offlineCount: pb.hasOfflineCount ? pb.offlineCount : nil)
    }
}
