import FiscalCore
import SwiftProtobuf

/// To the wire.
extension ZXReport {
    /// The report as it is sent, complete. Absent times and an absent checksum stay absent.
    package var pb: PBZXReport { self.completed.faithful }

    /// The report as it is: nothing added, nothing left out but negative sums, which the wire cannot say.
    package var faithful: PBZXReport {
        var pb = PBZXReport()
        if let value = self.dateTime { pb.dateTime = PBDateTime(value) }
        if let value = self.openShiftTime { pb.openShiftTime = PBDateTime(value) }
        if let value = self.closeShiftTime { pb.closeShiftTime = PBDateTime(value) }
        if let value = self.shiftNumber { pb.shiftNumber = value }
        pb.sections = self.sections.map(\.pb)
        pb.operations = self.operations.map(\.pb)
        pb.discounts = self.discounts.map(\.pb)
        pb.markups = self.markups.map(\.pb)
        pb.totalResult = self.totalResult.map(\.pb)
        pb.taxes = self.taxes.map(\.pb)
        pb.startShiftNonNullableSums = self.startShiftNonNullableSums.map(\.pb)
        pb.ticketOperations = self.ticketOperations.map(\.pb)
        pb.moneyPlacements = self.moneyPlacements.map(\.pb)
        if let value = self.cashSum.flatMap({ PBMoney($0) }) { pb.cashSum = value }
        if let revenue = self.revenue {
            pb.revenue.sum = PBMoney(tiyn: revenue.minorUnits.magnitude)
            pb.revenue.isNegative = revenue.minorUnits < 0
        }
        pb.nonNullableSums = self.nonNullableSums.map(\.pb)
        if let value = self.checksum { pb.checksum = value }
        return pb
    }
}

extension ZXReport.Section {
    var pb: PBZXReport.Section {
        var pb = PBZXReport.Section()
        pb.sectionCode = self.sectionCode
        pb.operations = self.operations.map(\.pb)
        return pb
    }
}

extension ZXReport.Operation {
    var pb: PBZXReport.Operation {
        var pb = PBZXReport.Operation()
        pb.operation = self.operation.pb
        if let value = self.count { pb.count = value }
        if let value = self.sum.flatMap({ PBMoney($0) }) { pb.sum = value }
        return pb
    }
}

extension ZXReport.Tax {
    var pb: PBZXReport.Tax {
        var pb = PBZXReport.Tax()
        pb.taxType = self.type.rawValue
        pb.percent = self.percent
        pb.operations = self.operations.map(\.pb)
        return pb
    }
}

extension ZXReport.TaxOperation {
    var pb: PBZXReport.Tax.TaxOperation {
        var pb = PBZXReport.Tax.TaxOperation()
        pb.operation = self.operation.pb
        if let value = self.turnover.flatMap({ PBMoney($0) }) { pb.turnover = value }
        if let value = self.sum.flatMap({ PBMoney($0) }) { pb.sum = value }
        if let value = self.turnoverWithoutTax.flatMap({ PBMoney($0) }) { pb.turnoverWithoutTax = value }
        return pb
    }
}

extension ZXReport.NonNullableSum {
    var pb: PBZXReport.NonNullableSum {
        var pb = PBZXReport.NonNullableSum()
        pb.operation = self.operation.pb
        if let value = self.sum.flatMap({ PBMoney($0) }) { pb.sum = value }
        return pb
    }
}

extension ZXReport.TicketOperation {
    var pb: PBZXReport.TicketOperation {
        var pb = PBZXReport.TicketOperation()
        pb.operation = self.operation.pb
        if let value = self.ticketsTotalCount { pb.ticketsTotalCount = value }
        if let value = self.ticketsCount { pb.ticketsCount = value }
        if let value = self.ticketsSum.flatMap({ PBMoney($0) }) { pb.ticketsSum = value }
        pb.payments = self.payments.map(\.pb)
        if let value = self.offlineCount { pb.offlineCount = value }
        if let value = self.discountSum.flatMap({ PBMoney($0) }) { pb.discountSum = value }
        if let value = self.markupSum.flatMap({ PBMoney($0) }) { pb.markupSum = value }
        if let value = self.changeSum.flatMap({ PBMoney($0) }) { pb.changeSum = value }
        return pb
    }
}

extension ZXReport.Payment {
    var pb: PBZXReport.TicketOperation.Payment {
        var pb = PBZXReport.TicketOperation.Payment()
        pb.payment = self.payment.pb
        if let value = self.sum.flatMap({ PBMoney($0) }) { pb.sum = value }
        if let value = self.count { pb.count = value }
        return pb
    }
}

extension ZXReport.MoneyPlacement {
    var pb: PBZXReport.MoneyPlacement {
        var pb = PBZXReport.MoneyPlacement()
        pb.operation = self.operation.pb
        if let value = self.operationsTotalCount { pb.operationsTotalCount = value }
        if let value = self.operationsCount { pb.operationsCount = value }
        if let value = self.operationsSum.flatMap({ PBMoney($0) }) { pb.operationsSum = value }
        if let value = self.offlineCount { pb.offlineCount = value }
        return pb
    }
}
