import FiscalCore

/// The summary of an X or Z report: what a cashier compares with the drawer, and what the shift comes to. The whole
/// report, sections included, is part of the outcome.
enum ReportPaper {
    static func items(_ report: PBZXReport, isZ: Bool) -> [Paper.Item] {
        var items: [Paper.Item] = [.text(isZ ? ReceiptText.reportZ : ReceiptText.reportX)]
        items.append(.code(name: ReceiptText.shift, value: "\(report.shiftNumber)"))
        for (name, time) in [
            (ReceiptText.opened, report.openShiftTime), (ReceiptText.closed, report.closeShiftTime),
        ] {
            if let time = time.dateTime { items.append(.code(name: name, value: PaperPart.text(time))) }
        }
        items += Self.sums(report.startShiftNonNullableSums, ReceiptText.atShiftStart)
        for tickets in report.ticketOperations { items += Self.items(tickets) }
        for tax in report.taxes { items += Self.items(tax) }
        for placement in report.moneyPlacements { items += Self.items(placement) }
        items += Self.sums(report.nonNullableSums, ReceiptText.nonNullable)
        let minus = report.revenue.isNegative ? "-" : ""
        items.append(.code(name: ReceiptText.revenue, value: minus + PrintedNumber.amount(report.revenue.sum)))
        items.append(.code(name: ReceiptText.cash, value: PrintedNumber.amount(report.cashSum)))
        items += PaperPart.code(ReceiptText.checksum, report.checksum)
        return items
    }

    private static func sums(_ sums: [PBZXReport.NonNullableSum], _ title: String) -> [Paper.Item] {
        guard !sums.isEmpty else { return [] }
        return [.text(title)]
            + sums.map { .code(name: Self.operation($0.operation), value: PrintedNumber.amount($0.sum)) }
    }

    /// Receipts of one operation. What is nought besides their number and sum is left out.
    private static func items(_ tickets: PBZXReport.TicketOperation) -> [Paper.Item] {
        var items: [Paper.Item] = [
            .code(
                name: Self.operation(tickets.operation),
                value: "\(tickets.ticketsCount): \(PrintedNumber.amount(tickets.ticketsSum))")
        ]
        if tickets.offlineCount > 0 {
            items.append(.code(name: ReceiptText.ofThemOffline, value: "\(tickets.offlineCount)"))
        }
        for payment in tickets.payments where payment.count > 0 || !Self.isNought(payment.sum) {
            let type = PaymentType(rawValue: UInt32(clamping: payment.payment.rawValue))
            items.append(.code(name: ReceiptText.payment(type), value: PrintedNumber.amount(payment.sum)))
        }
        for (name, sum) in [
            (ReceiptText.discount, tickets.discountSum), (ReceiptText.markup, tickets.markupSum),
            (ReceiptText.change, tickets.changeSum),
        ] where !Self.isNought(sum) {
            items.append(.code(name: name, value: PrintedNumber.amount(sum)))
        }
        return items
    }

    private static func items(_ tax: PBZXReport.Tax) -> [Paper.Item] {
        let title =
            ReceiptText.tax(TaxType(rawValue: tax.taxType)) + " \(PrintedNumber.thousandths(UInt64(tax.percent)))%"
        let operations = tax.operations.filter { !Self.isNought($0.turnover) || !Self.isNought($0.sum) }
        return operations.flatMap { operation -> [Paper.Item] in
            [
                .code(
                    name: "\(title), \(Self.operation(operation.operation))",
                    value: PrintedNumber.amount(operation.sum)),
                .code(name: ReceiptText.turnover, value: PrintedNumber.amount(operation.turnover)),
            ]
        }
    }

    private static func items(_ placement: PBZXReport.MoneyPlacement) -> [Paper.Item] {
        let type = MoneyPlacementType(rawValue: UInt32(clamping: placement.operation.rawValue))
        return [
            .code(
                name: ReceiptText.placement(type),
                value: "\(placement.operationsCount): \(PrintedNumber.amount(placement.operationsSum))")
        ]
    }

    private static func operation(_ operation: PBOperationTypeEnum) -> String {
        ReceiptText.operation(OperationType(rawValue: UInt32(clamping: operation.rawValue)))
    }

    private static func isNought(_ amount: PBMoney) -> Bool { amount.bills == 0 && amount.coins == 0 }
}
