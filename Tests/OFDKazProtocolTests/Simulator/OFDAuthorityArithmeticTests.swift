import FiscalSimulators
import FiscalTestSupport
import Foundation
import OFDKazProtocol
import Testing

@Suite("The simulated OFD: its counters against a program in Python", .enabled(if: OutsideTool.exists("python3")))
struct OFDAuthorityArithmeticTests {
    @Test("Random days: every X and every Z as recomputed from all documents", arguments: 1...2)
    func randomDays(seed: Int) throws {
        var reports = 0
        let isLong = ProcessInfo.processInfo.environment["FISCAL_CAMPAIGN"] == "long"
        for day in try RandomDays(seed: seed, count: isLong ? 300 : 30).days {
            let till = RawTill { $0.rules.checksArithmetic = true }
            for step in day {
                let answer = try #require(try till.send(Self.request(step)))
                #expect(answer.code == step.code)
                guard let expected = step.report else { continue }
                reports += 1
                let report = step.close == nil ? try till.send(RawRequests.report(.reportX))?.report : answer.report
                #expect(RandomDays.Report(try #require(report)) == expected)
            }
        }
        #expect(reports > 100)
    }

    private static func request(_ step: RandomDays.Step) -> PBRequest {
        if let close = step.close {
            return RawRequests.closeShift(withdraws: close[0] == 1).with { $0.closeShift.isOffline = close[1] == 1 }
        }
        if let placement = step.placement {
            let kind: PBMoneyPlacementEnum = placement[0] == 1 ? .moneyPlacementWithdrawal : .moneyPlacementDeposit
            return RawRequests.placement(kind, placement[1]).with { $0.moneyPlacement.isOffline = placement[2] == 1 }
        }
        guard let ticket = step.ticket else { return PBRequest() }
        let payments = ticket.payments.map { payment in
            RawRequests.payment(PBPaymentTypeEnum(rawValue: Int(payment[0])) ?? .paymentCash, payment[1])
        }
        return RawRequests.ticket(
            ticket.lines.map(Self.item), total: ticket.total,
            PBOperationTypeEnum(rawValue: ticket.operation) ?? .operationBuy, payments: payments,
            change: ticket.change
        ).with { request in
            request.ticket.taxes = ticket.taxes.map(Self.tax)
            if let markup = ticket.markup { request.ticket.amounts.markup = RawRequests.modifier(markup) }
            if let discount = ticket.discount { request.ticket.amounts.discount = RawRequests.modifier(discount) }
            if let number = ticket.offline { request.ticket.offlineTicketNumber = number }
        }
    }

    private static func tax(_ tax: [Int64]) -> PBTicketRequest.Tax {
        RawRequests.tax(UInt32(tax[0]), tax[1], inside: tax[2] == 1)
    }

    private static func item(_ line: RandomDays.Line) -> PBTicketRequest.Item {
        let taxes = line.taxes.map(Self.tax)
        var item = PBTicketRequest.Item()
        switch line.kind {
        case 1:
            item = RawRequests.commodity(
                line.price ?? 0, quantity: line.quantity ?? 0, section: line.section ?? "", sum: line.sum, taxes: taxes)
        case 2:
            item = RawRequests.stornoCommodity(
                line.price ?? 0, quantity: line.quantity ?? 0, section: line.section ?? "")
            item.stornoCommodity.sum = RawRequests.money(line.sum)
            item.stornoCommodity.taxes = taxes
        case 3: item.markup = RawRequests.modifier(line.sum, taxes: taxes)
        case 4: item.stornoMarkup = RawRequests.modifier(line.sum, taxes: taxes)
        case 5: item.discount = RawRequests.modifier(line.sum, taxes: taxes)
        default: item.stornoDiscount = RawRequests.modifier(line.sum, taxes: taxes)
        }
        item.type = PBTicketRequest.Item.ItemTypeEnum(rawValue: line.kind) ?? .itemTypeUnspecified
        return item
    }
}

extension RandomDays.Report {
    /// What a report says, with the sign of the revenue and every list in the order of its codes.
    init(_ report: PBZXReport) {
        func tiyn(_ money: PBMoney) -> Int64 { Int64(money.bills) * 100 + Int64(money.coins) }
        func table(_ operations: [PBZXReport.Operation]) -> [[Int64]] {
            operations.map { [Int64($0.count), tiyn($0.sum)] }
        }
        self.init(
            shift: report.shiftNumber, cash: tiyn(report.cashSum),
            revenue: (report.revenue.isNegative ? -1 : 1) * tiyn(report.revenue.sum),
            operations: table(report.operations), discounts: table(report.discounts), markups: table(report.markups),
            results: table(report.totalResult), sections: [:], taxes: [:],
            start: report.startShiftNonNullableSums.map { tiyn($0.sum) },
            sums: report.nonNullableSums.map { tiyn($0.sum) },
            tickets: report.ticketOperations.map { entry in
                [
                    Int64(entry.ticketsTotalCount), Int64(entry.ticketsCount), tiyn(entry.ticketsSum),
                    Int64(entry.offlineCount), tiyn(entry.discountSum), tiyn(entry.markupSum), tiyn(entry.changeSum),
                ]
            },
            payments: report.ticketOperations.map { entry in
                entry.payments.map { [tiyn($0.sum), Int64($0.count)] }
            },
            placements: report.moneyPlacements.map { entry in
                [
                    Int64(entry.operationsTotalCount), Int64(entry.operationsCount), tiyn(entry.operationsSum),
                    Int64(entry.offlineCount),
                ]
            })
        for section in report.sections { self.sections[section.sectionCode] = table(section.operations) }
        for tax in report.taxes {
            self.taxes[String(tax.percent)] = tax.operations.map {
                [tiyn($0.turnover), tiyn($0.turnoverWithoutTax), tiyn($0.sum)]
            }
        }
    }
}
