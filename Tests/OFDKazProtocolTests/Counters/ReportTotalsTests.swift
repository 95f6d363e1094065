import FiscalCore
import OFDKazProtocol
import Testing

@Suite("What a report counts")
struct ReportTotalsTests {
    private let evening = DateTime.counted(hour: 21)

    @Test("Totals by section are the lines as they stand, before any discount")
    func sections() throws {
        var ticket = CountedTicket(total: 240_00)
        ticket.line(100_00, section: "Бакалея")
        ticket.line(100_00, section: "2")
        ticket.modifier(.discount, 10_00)
        ticket.line(50_00, section: "2")
        var counters = RegisterCounters()
        try counters.add(ticket: ticket.pb, isOffline: false)
        let sections = counters.xReport(at: self.evening).sections
        #expect(sections.map(\.sectionCode) == ["2", "Бакалея"])
        #expect(sections.map(\.operations.count) == [4, 4])
        #expect(sections[0].operations[2] == .init(operation: .sell, count: 2, sum: .tiyn(150_00)))
        #expect(sections[1].operations[2] == .init(operation: .sell, count: 1, sum: .tiyn(100_00)))
        #expect(sections[0].operations[0] == .init(operation: .buy, count: 0, sum: .tiyn(0)))
    }

    @Test("Every exact-size list has each code once, ascending, zeros included, also when nothing was sold")
    func exactSizes() {
        let report = RegisterCounters().xReport(at: self.evening).pb
        let operations: [PBOperationTypeEnum] = [
            .operationBuy, .operationBuyReturn, .operationSell, .operationSellReturn,
        ]
        for list in [report.operations, report.discounts, report.markups, report.totalResult] {
            #expect(list.map(\.operation) == operations)
            #expect(list.allSatisfy { $0.hasOperation && $0.hasCount && $0.sum.hasBills && $0.sum.hasCoins })
        }
        for list in [report.startShiftNonNullableSums, report.nonNullableSums] {
            #expect(list.map(\.operation) == operations)
            #expect(list.allSatisfy { $0.sum.hasBills && $0.sum.bills == 0 })
        }
        #expect(report.ticketOperations.map(\.operation) == operations)
        for entry in report.ticketOperations {
            #expect(entry.payments.map(\.payment) == [.paymentCash, .paymentCard, .paymentMobile])
            #expect(entry.payments.allSatisfy { $0.hasPayment && $0.hasSum && $0.hasCount })
            #expect(entry.hasOfflineCount && entry.hasDiscountSum && entry.hasMarkupSum && entry.hasChangeSum)
        }
        #expect(report.moneyPlacements.map(\.operation) == [.moneyPlacementDeposit, .moneyPlacementWithdrawal])
        #expect(report.sections.isEmpty && report.taxes.isEmpty)
        #expect(report.hasCashSum && report.revenue.hasSum && report.revenue.hasIsNegative)
    }

    @Test("Operations are the lines of all sections; goods taken out again lower the sum, not the count of lines")
    func operations() throws {
        var ticket = CountedTicket(total: 70_00)
        ticket.line(100_00, section: "1")
        ticket.line(50_00, section: "2")
        ticket.stornoLine(80_00, section: "1")
        var counters = RegisterCounters()
        try counters.add(ticket: ticket.pb, isOffline: false)
        let report = counters.xReport(at: self.evening)
        #expect(report.operation(.sell) == .init(operation: .sell, count: 2, sum: .tiyn(70_00)))
        #expect(report.sections[0].operations[2].sum == .tiyn(20_00))
    }

    @Test("A discount of 10 on a sale of 100: one discount of 10, and a final total of 90")
    func discounts() throws {
        var ticket = CountedTicket(total: 90_00)
        ticket.line(100_00)
        ticket.modifier(.discount, 10_00)
        var counters = RegisterCounters()
        try counters.add(ticket: ticket.pb, isOffline: false)
        let report = counters.xReport(at: self.evening)
        #expect(report.operation(.sell, in: \.discounts) == .init(operation: .sell, count: 1, sum: .tiyn(10_00)))
        #expect(report.discounts.filter { $0.operation != .sell }.allSatisfy { $0.count == 0 && $0.sum == .tiyn(0) })
        #expect(report.operation(.sell)?.sum == .tiyn(100_00))
        #expect(report.operation(.sell, in: \.totalResult) == .init(operation: .sell, count: 1, sum: .tiyn(90_00)))
    }

    @Test("A markup of 5: one markup, and nothing among the discounts")
    func markups() throws {
        var ticket = CountedTicket(total: 105_00)
        ticket.line(100_00)
        ticket.modifier(.markup, 5_00)
        var counters = RegisterCounters()
        try counters.add(ticket: ticket.pb, isOffline: false)
        let report = counters.xReport(at: self.evening)
        #expect(report.operation(.sell, in: \.markups) == .init(operation: .sell, count: 1, sum: .tiyn(5_00)))
        #expect(report.markups.filter { $0.operation != .sell }.allSatisfy { $0.count == 0 && $0.sum == .tiyn(0) })
        #expect(report.discounts.allSatisfy { $0.sum == .tiyn(0) })
        #expect(report.operation(.sell, in: \.totalResult)?.sum == .tiyn(105_00))
    }

    @Test("Discounts of lines and of the receipt add up, and so do markups; what is taken back comes off again")
    func modifiersOfBothLevels() throws {
        var ticket = CountedTicket(total: 84_00)
        ticket.line(100_00)
        ticket.modifier(.discount, 10_00)
        ticket.modifier(.stornoDiscount, 4_00)
        ticket.modifier(.markup, 7_00)
        ticket.modifier(.stornoMarkup, 6_00)
        ticket.pb.amounts.discount = CountedTicket.modifier(3_00)
        var counters = RegisterCounters()
        try counters.add(ticket: ticket.pb, isOffline: false)
        var second = CountedTicket(total: 12_00)
        second.line(10_00)
        second.pb.amounts.markup = CountedTicket.modifier(2_00)
        try counters.add(ticket: second.pb, isOffline: false)
        let report = counters.xReport(at: self.evening)
        #expect(report.operation(.sell, in: \.discounts) == .init(operation: .sell, count: 2, sum: .tiyn(9_00)))
        #expect(report.operation(.sell, in: \.markups) == .init(operation: .sell, count: 2, sum: .tiyn(3_00)))
        #expect(report.tickets(.sell)?.discountSum == .tiyn(9_00))
        #expect(report.tickets(.sell)?.markupSum == .tiyn(3_00))
        #expect(report.operation(.sell, in: \.totalResult)?.sum == .tiyn(96_00))
    }

    @Test("A sale of 112 with 12 % inside: turnover 112, without tax 100, tax 12")
    func taxInside() throws {
        var ticket = CountedTicket(total: 112_00)
        ticket.line(112_00, taxes: [CountedTicket.tax(12_000, 12_00)])
        var counters = RegisterCounters()
        try counters.add(ticket: ticket.pb, isOffline: false)
        let tax = try #require(counters.xReport(at: self.evening).tax(12_000))
        #expect(tax.turnover == .tiyn(112_00))
        #expect(tax.turnoverWithoutTax == .tiyn(100_00))
        #expect(tax.sum == .tiyn(12_00))
    }

    @Test("A tax on top of a line is inside the line's sum, so the turnover has it too")
    func taxOnTop() throws {
        var ticket = CountedTicket(total: 112_00)
        ticket.line(112_00, taxes: [CountedTicket.tax(12_000, 12_00, isInTotalSum: false)])
        var counters = RegisterCounters()
        try counters.add(ticket: ticket.pb, isOffline: false)
        let tax = try #require(counters.xReport(at: self.evening).tax(12_000))
        #expect([tax.turnover, tax.turnoverWithoutTax, tax.sum] == [.tiyn(112_00), .tiyn(100_00), .tiyn(12_00)])
    }

    @Test("Taxes of 12 % and 5 % are two entries, however many receipts; each with four kinds of receipt")
    func taxesByPercentage() throws {
        var counters = RegisterCounters()
        for percent: UInt32 in [12_000, 5_000, 12_000] {
            var ticket = CountedTicket(total: 112_00)
            ticket.line(112_00, taxes: [CountedTicket.tax(percent, 12_00)])
            try counters.add(ticket: ticket.pb, isOffline: false)
        }
        let taxes = counters.xReport(at: self.evening).pb.taxes
        #expect(taxes.map(\.percent) == [5_000, 12_000])
        #expect(taxes.allSatisfy { $0.taxType == 100 && $0.operations.map(\.operation.rawValue) == [0, 1, 2, 3] })
        #expect(taxes[1].operations[2].turnover == PBMoney(tiyn: 224_00))
        #expect(taxes[1].operations[3].turnover == PBMoney(tiyn: 0))
    }

    @Test("Storno lines and discounts take their turnover and their tax away, markups bring them")
    func taxesOfModifiers() throws {
        var ticket = CountedTicket(total: 201_60)
        ticket.line(112_00, taxes: [CountedTicket.tax(12_000, 12_00)])
        ticket.line(112_00, taxes: [CountedTicket.tax(12_000, 12_00)])
        ticket.stornoLine(56_00, taxes: [CountedTicket.tax(12_000, 6_00)])
        ticket.modifier(.discount, 11_20, taxes: [CountedTicket.tax(12_000, 1_20)])
        ticket.modifier(.markup, 44_80, taxes: [CountedTicket.tax(12_000, 4_80)])
        var counters = RegisterCounters()
        try counters.add(ticket: ticket.pb, isOffline: false)
        let tax = try #require(counters.xReport(at: self.evening).tax(12_000))
        #expect([tax.turnover, tax.turnoverWithoutTax, tax.sum] == [.tiyn(201_60), .tiyn(180_00), .tiyn(21_60)])
    }

    @Test("A tax of the whole receipt is on its total; a discount that names the tax is not taken off twice")
    func taxesOfTheReceipt() throws {
        var ticket = CountedTicket(total: 100_80)
        ticket.line(112_00)
        ticket.pb.taxes = [CountedTicket.tax(12_000, 12_00)]
        ticket.pb.amounts.discount = CountedTicket.modifier(11_20, taxes: [CountedTicket.tax(12_000, 1_20)])
        var counters = RegisterCounters()
        try counters.add(ticket: ticket.pb, isOffline: false)
        let tax = try #require(counters.xReport(at: self.evening).tax(12_000))
        #expect([tax.turnover, tax.turnoverWithoutTax, tax.sum] == [.tiyn(100_80), .tiyn(90_00), .tiyn(10_80)])
    }

    @Test("Cash 60 and card 40 on one receipt: sums 60 and 40, one payment each")
    func payments() throws {
        var ticket = CountedTicket(total: 100_00)
        ticket.line(100_00)
        ticket.pay(.cash, 60_00)
        ticket.pay(.card, 40_00)
        var counters = RegisterCounters()
        try counters.add(ticket: ticket.pb, isOffline: false)
        let payments = counters.xReport(at: self.evening).tickets(.sell)?.payments
        #expect(
            payments == [
                .init(payment: .cash, sum: .tiyn(60_00), count: 1), .init(payment: .card, sum: .tiyn(40_00), count: 1),
                .init(payment: .mobile, sum: .tiyn(0), count: 0),
            ])
    }

    @Test("Receipts of the shift: how many, how much, how many of them offline, and the change that was given")
    func tickets() throws {
        var counters = RegisterCounters()
        for (index, isOffline) in [false, true, false, true, false].enumerated() {
            var ticket = CountedTicket(total: 10_00)
            ticket.line(10_00)
            ticket.pay(.cash, 10_00)
            ticket.pb.amounts.taken = PBMoney(tiyn: 12_00)
            ticket.pb.amounts.change = PBMoney(tiyn: UInt64(index))
            try counters.add(ticket: ticket.pb, isOffline: isOffline)
        }
        let report = counters.xReport(at: self.evening)
        let sales = try #require(report.tickets(.sell))
        #expect(sales.ticketsCount == 5)
        #expect(sales.offlineCount == 2)
        #expect(sales.ticketsSum == .tiyn(50_00))
        #expect(sales.changeSum == .tiyn(0 + 1 + 2 + 3 + 4))
        #expect(report.ticketOperations.filter { $0.operation != .sell }.allSatisfy { $0.ticketsCount == 0 })
    }

    @Test("Two payments of one kind count as two; an empty list of payments moves nothing")
    func oddPayments() throws {
        var ticket = CountedTicket(total: 100_00)
        ticket.line(100_00)
        ticket.pay(.card, 60_00)
        ticket.pay(.card, 40_00)
        var counters = RegisterCounters()
        try counters.add(ticket: ticket.pb, isOffline: false)
        ticket.pb.payments = []
        try counters.add(ticket: ticket.pb, isOffline: false)
        let sales = counters.xReport(at: self.evening).tickets(.sell)
        #expect(sales?.payments[1] == .init(payment: .card, sum: .tiyn(100_00), count: 2))
        #expect(sales?.ticketsSum == .tiyn(200_00))
        #expect(counters.cash == .tiyn(0))
    }

    @Test("Movements of cash are counted by direction, the offline ones besides")
    func placements() throws {
        var counters = RegisterCounters()
        try counters.add(placement: CountedTicket.placement(.deposit, 100_00), isOffline: true)
        try counters.add(placement: CountedTicket.placement(.deposit, 20_00), isOffline: false)
        try counters.add(placement: CountedTicket.placement(.withdrawal, 30_00), isOffline: false)
        let report = counters.xReport(at: self.evening)
        #expect(
            report.placements(.deposit)
                == .init(
                    operation: .deposit, operationsTotalCount: 2, operationsCount: 2, operationsSum: .tiyn(120_00),
                    offlineCount: 1))
        #expect(
            report.placements(.withdrawal)
                == .init(
                    operation: .withdrawal, operationsTotalCount: 1, operationsCount: 1, operationsSum: .tiyn(30_00),
                    offlineCount: 0))
        #expect(report.cashSum == .tiyn(90_00))
    }

    @Test("Takings are sales less returned sales less purchases plus returned purchases, and may be negative")
    func revenue() throws {
        var counters = RegisterCounters()
        try counters.add(ticket: CountedTicket.simple(.sell, 100_00, by: .card), isOffline: false)
        try counters.add(ticket: CountedTicket.simple(.buyReturn, 5_00, by: .card), isOffline: false)
        #expect(counters.xReport(at: self.evening).revenue == .tiyn(105_00))
        try counters.add(ticket: CountedTicket.simple(.sellReturn, 60_00, by: .card), isOffline: false)
        try counters.add(ticket: CountedTicket.simple(.buy, 70_00, by: .card), isOffline: false)
        let report = counters.xReport(at: self.evening)
        #expect(report.revenue == .tiyn(-25_00))
        #expect(report.pb.revenue.sum == PBMoney(tiyn: 25_00))
        #expect(report.pb.revenue.isNegative)
    }
}
