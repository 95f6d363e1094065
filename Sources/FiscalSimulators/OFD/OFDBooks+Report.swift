import OFDKazProtocol
import SwiftProtobuf

extension OFDBooks {
    /// The counters as a report of that time: the running shift, or, when none is open, zeros for the shift beside the
    /// number of the last one and the sums that run on (F14).
    func report(at time: OFDTime) -> PBZXReport {
        let shift = self.shift ?? OFDShift(openedAt: time, sumsAtOpening: self.sumsEver)
        var report = PBZXReport()
        report.dateTime = time.wire
        report.shiftNumber = self.shiftNumber
        report.openShiftTime = shift.openedAt.wire
        report.sections = shift.sections.sorted { $0.code < $1.code }.map { section in
            var entry = PBZXReport.Section()
            entry.sectionCode = section.code
            entry.operations = Self.operations(section.operations)
            return entry
        }
        report.operations = Self.operations(shift.operations)
        report.discounts = Self.operations(shift.discounts)
        report.markups = Self.operations(shift.markups)
        report.totalResult = Self.operations(shift.results)
        report.taxes = shift.taxes.sorted { ($0.type, $0.percent) < ($1.type, $1.percent) }.map(Self.tax)
        report.startShiftNonNullableSums = Self.sums(shift.sumsAtOpening)
        report.nonNullableSums = Self.sums(self.sumsEver)
        report.ticketOperations = self.tickets(of: shift)
        report.moneyPlacements = self.placements(of: shift)
        report.cashSum = PBMoney(atLeastZero: self.cash)
        report.revenue = Self.revenue(shift)
        report.checksum = Self.checksum(report)
        return report
    }

    /// The report for a register without any Z: number 0, zeros everywhere (section 3.8, F12).
    static func emptyReport(at time: OFDTime) -> PBZXReport {
        var report = OFDBooks().report(at: time)
        report.closeShiftTime = time.wire
        report.checksum = Self.checksum(report)
        return report
    }

    /// The first report as a live server gave it: number 1, no lists, no times of the shift.
    static func liveFirstReport(at time: OFDTime) -> PBZXReport {
        var report = PBZXReport()
        report.dateTime = time.wire
        report.shiftNumber = 1
        report.cashSum = PBMoney(amount: 0)
        report.revenue = Self.revenue(OFDShift(openedAt: time, sumsAtOpening: []))
        return report
    }

    private static func operations(_ tallies: [OFDShift.Tally]) -> [PBZXReport.Operation] {
        tallies.enumerated().map { place, tally in
            var entry = PBZXReport.Operation()
            entry.operation = Self.operation(place)
            entry.count = tally.count
            entry.sum = PBMoney(atLeastZero: tally.sum)
            return entry
        }
    }

    private static func tax(_ tax: OFDShift.Tax) -> PBZXReport.Tax {
        var entry = PBZXReport.Tax()
        entry.taxType = tax.type
        entry.percent = tax.percent
        entry.operations = (0..<4).map { place in
            var operation = PBZXReport.Tax.TaxOperation()
            operation.operation = Self.operation(place)
            operation.turnover = PBMoney(atLeastZero: tax.turnover[place])
            operation.sum = PBMoney(atLeastZero: tax.sum[place])
            operation.turnoverWithoutTax = PBMoney(atLeastZero: tax.turnover[place] &- tax.sum[place])
            return operation
        }
        return entry
    }

    private static func sums(_ sums: [Int64]) -> [PBZXReport.NonNullableSum] {
        sums.enumerated().map { place, sum in
            var entry = PBZXReport.NonNullableSum()
            entry.operation = Self.operation(place)
            entry.sum = PBMoney(atLeastZero: sum)
            return entry
        }
    }

    private func tickets(of shift: OFDShift) -> [PBZXReport.TicketOperation] {
        shift.tickets.enumerated().map { place, tickets in
            var entry = PBZXReport.TicketOperation()
            entry.operation = Self.operation(place)
            entry.ticketsTotalCount = self.ticketsEver[place]
            entry.ticketsCount = tickets.count
            entry.ticketsSum = PBMoney(atLeastZero: tickets.sum)
            let types: [PBPaymentTypeEnum] = [.paymentCash, .paymentCard, .paymentMobile]
            entry.payments = zip(types, tickets.payments).map { type, tally in
                var payment = PBZXReport.TicketOperation.Payment()
                payment.payment = type
                payment.sum = PBMoney(atLeastZero: tally.sum)
                payment.count = tally.count
                return payment
            }
            entry.offlineCount = tickets.offlineCount
            entry.discountSum = PBMoney(atLeastZero: tickets.discounts)
            entry.markupSum = PBMoney(atLeastZero: tickets.markups)
            entry.changeSum = PBMoney(atLeastZero: tickets.change)
            return entry
        }
    }

    private func placements(of shift: OFDShift) -> [PBZXReport.MoneyPlacement] {
        shift.placements.enumerated().map { place, placements in
            var entry = PBZXReport.MoneyPlacement()
            entry.operation = place == 0 ? .moneyPlacementDeposit : .moneyPlacementWithdrawal
            entry.operationsTotalCount = self.placementsEver[place]
            entry.operationsCount = placements.count
            entry.operationsSum = PBMoney(atLeastZero: placements.sum)
            entry.offlineCount = placements.offlineCount
            return entry
        }
    }

    /// Sales less their returns, less purchases, plus theirs (F16); the sign stands beside the sum.
    private static func revenue(_ shift: OFDShift) -> PBZXReport.Revenue {
        let sums = shift.results.map(\.sum)
        let revenue = sums[2] &- sums[3] &- sums[0] &+ sums[1]
        var entry = PBZXReport.Revenue()
        entry.sum = PBMoney(amount: revenue)
        entry.isNegative = revenue < 0
        return entry
    }

    private static func operation(_ place: Int) -> PBOperationTypeEnum {
        PBOperationTypeEnum(rawValue: place) ?? .operationBuy
    }

    /// How a report's checksum is made is not published; ours only has the look of one: eight digits that depend on
    /// everything else in the report.
    static func checksum(_ report: PBZXReport) -> String {
        var bare = report
        bare.clearChecksum()
        let bytes: [UInt8] = (try? bare.serializedBytes()) ?? []
        var hash: UInt32 = 2_166_136_261
        for byte in bytes { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        let digits = String(hash, radix: 16, uppercase: true)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
