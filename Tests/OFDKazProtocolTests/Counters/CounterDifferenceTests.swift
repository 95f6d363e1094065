import FiscalCore
import Foundation
import OFDKazProtocol
import Testing

@Suite("Differences between the register's counters and the server's")
struct CounterDifferenceTests {
    private let noon = DateTime.counted(hour: 12)

    private func worked() throws -> RegisterCounters {
        var counters = RegisterCounters()
        var ticket = CountedTicket(total: 112_00)
        ticket.line(112_00, section: "1", taxes: [CountedTicket.tax(12_000, 12_00)])
        ticket.pay(.cash, 100_00)
        ticket.pay(.card, 12_00)
        try counters.add(ticket: ticket.pb, isOffline: true)
        try counters.add(placement: CountedTicket.placement(.deposit, 50_00), isOffline: false)
        return counters
    }

    @Test("Equal counters have no difference, whatever their order and times")
    func equal() throws {
        let counters = try self.worked()
        var theirs = counters.xReport(at: self.noon)
        theirs.dateTime = .counted(hour: 13)
        theirs.openShiftTime = nil
        theirs.checksum = "something"
        theirs.operations.reverse()
        theirs.ticketOperations.reverse()
        theirs.nonNullableSums.reverse()
        #expect(counters.differences(from: theirs, .openShift, at: self.noon).isEmpty)
    }

    @Test("Counters that never counted have nothing to compare: the first INFO brings no incident")
    func fresh() throws {
        let theirs = try self.worked().xReport(at: self.noon)
        #expect(RegisterCounters().differences(from: theirs, .openShift, at: self.noon).isEmpty)
    }

    @Test("Another offline count alone is a note: nobody knows which of two sends was counted")
    func offlineCount() throws {
        let counters = try self.worked()
        var theirs = counters.xReport(at: self.noon)
        theirs.ticketOperations[2].offlineCount = 0
        theirs.moneyPlacements[0].offlineCount = 1
        #expect(
            counters.differences(from: theirs, .openShift, at: self.noon) == [
                CounterDifference(
                    field: "ticket_operations[OPERATION_SELL].offline_count", local: .count(1), server: .count(0),
                    weight: .note),
                CounterDifference(
                    field: "money_placements[MONEY_PLACEMENT_DEPOSIT].offline_count", local: .count(0),
                    server: .count(1), weight: .note),
            ])
    }

    @Test("A sum since registration that fell is an incident of its own kind; one that grew is an ordinary one")
    func fallenSum() throws {
        let counters = try self.worked()
        var theirs = counters.xReport(at: self.noon)
        theirs.nonNullableSums[2].sum = .tiyn(111_99)
        theirs.nonNullableSums[0].sum = .tiyn(1)
        let differences = counters.differences(from: theirs, .openShift, at: self.noon)
        #expect(
            differences.map(\.field) == [
                "non_nullable_sums[OPERATION_BUY].sum", "non_nullable_sums[OPERATION_SELL].sum",
            ])
        #expect(differences.map(\.weight) == [.incident, .fallenNonNullableSum])
        #expect(differences[1].local == .sum(tiyn: 112_00) && differences[1].server == .sum(tiyn: 111_99))
        // At the begin of a shift it is a counter like any other: the sum itself is further down in the report.
        var next = counters
        _ = try next.closeShift(at: self.noon)
        try next.add(ticket: CountedTicket.simple(1_00), isOffline: false)
        theirs = next.xReport(at: self.noon)
        theirs.startShiftNonNullableSums[2].sum = .tiyn(0)
        #expect(next.differences(from: theirs, .openShift, at: self.noon).map(\.weight) == [.incident])
    }

    @Test(
        "Every counter of a report is compared, each under its own name",
        arguments: [
            FieldChange("shift_number") { $0.shiftNumber = 2 },
            FieldChange("sections[1].operations[OPERATION_SELL].sum") { $0.sections[0].operations[2].sum = .tiyn(1) },
            FieldChange("sections[1].operations[OPERATION_SELL].count") { $0.sections[0].operations[2].count = 9 },
            FieldChange("sections[2].operations[OPERATION_BUY].count") {
                $0.sections.append(
                    .init(sectionCode: "2", operations: [.init(operation: .buy, count: 1, sum: .tiyn(0))]))
            },
            FieldChange("operations[OPERATION_BUY].count") { $0.operations[0].count = 1 },
            FieldChange("operations[OPERATION_SELL].sum") { $0.operations[2].sum = .tiyn(1) },
            FieldChange("discounts[OPERATION_SELL].sum") { $0.discounts[2].sum = .tiyn(1) },
            FieldChange("markups[OPERATION_BUY_RETURN].sum") { $0.markups[1].sum = .tiyn(1) },
            FieldChange("total_result[OPERATION_SELL_RETURN].count") { $0.totalResult[3].count = 1 },
            FieldChange("taxes[12000].operations[OPERATION_SELL].turnover") {
                $0.taxes[0].operations[2].turnover = .tiyn(1)
            },
            FieldChange("taxes[12000].operations[OPERATION_SELL].turnover_without_tax") {
                $0.taxes[0].operations[2].turnoverWithoutTax = .tiyn(1)
            },
            FieldChange("taxes[12000].operations[OPERATION_SELL].sum") { $0.taxes[0].operations[2].sum = .tiyn(1) },
            FieldChange("taxes[5000].operations[OPERATION_BUY].sum") {
                let entry = ZXReport.TaxOperation(
                    operation: .buy, turnover: .tiyn(0), turnoverWithoutTax: .tiyn(0), sum: .tiyn(1))
                $0.taxes.append(.init(type: .vat, percent: 5_000, operations: [entry]))
            },
            FieldChange("start_shift_non_nullable_sums[OPERATION_SELL].sum") {
                $0.startShiftNonNullableSums[2].sum = .tiyn(1)
            },
            FieldChange("ticket_operations[OPERATION_SELL].tickets_total_count") {
                $0.ticketOperations[2].ticketsTotalCount = 2
            },
            FieldChange("ticket_operations[OPERATION_SELL].tickets_count") { $0.ticketOperations[2].ticketsCount = 2 },
            FieldChange("ticket_operations[OPERATION_SELL].tickets_sum") {
                $0.ticketOperations[2].ticketsSum = .tiyn(2)
            },
            FieldChange("ticket_operations[OPERATION_SELL].payments[PAYMENT_CASH].sum") {
                $0.ticketOperations[2].payments[0].sum = .tiyn(2)
            },
            FieldChange("ticket_operations[OPERATION_SELL].payments[PAYMENT_CARD].count") {
                $0.ticketOperations[2].payments[1].count = 2
            },
            FieldChange("ticket_operations[OPERATION_SELL].payments[3].count") {
                $0.ticketOperations[2].payments.append(
                    .init(payment: PaymentType(rawValue: 3), sum: .tiyn(0), count: 1))
            },
            FieldChange("ticket_operations[OPERATION_SELL].discount_sum") {
                $0.ticketOperations[2].discountSum = .tiyn(2)
            },
            FieldChange("ticket_operations[OPERATION_SELL].markup_sum") { $0.ticketOperations[2].markupSum = .tiyn(2) },
            FieldChange("ticket_operations[OPERATION_SELL].change_sum") { $0.ticketOperations[2].changeSum = .tiyn(2) },
            FieldChange("money_placements[MONEY_PLACEMENT_DEPOSIT].operations_total_count") {
                $0.moneyPlacements[0].operationsTotalCount = 2
            },
            FieldChange("money_placements[MONEY_PLACEMENT_DEPOSIT].operations_count") {
                $0.moneyPlacements[0].operationsCount = 2
            },
            FieldChange("money_placements[MONEY_PLACEMENT_WITHDRAWAL].operations_sum") {
                $0.moneyPlacements[1].operationsSum = .tiyn(2)
            },
            FieldChange("cash_sum") { $0.cashSum = .tiyn(1) },
            FieldChange("revenue") { $0.revenue = .tiyn(-112_00) },
        ] as [FieldChange<ZXReport>])
    func everyCounter(change: FieldChange<ZXReport>) throws {
        var counters = try self.worked()
        // The number is compared once the server has told one.
        counters.adopt(counters.xReport(at: self.noon), from: .openShift, at: self.noon)
        var theirs = counters.xReport(at: self.noon)
        change.change(&theirs)
        let differences = counters.differences(from: theirs, .openShift, at: self.noon)
        #expect(differences.map(\.field) == [change.field])
        #expect(differences.map(\.weight) == [.incident])
    }

    @Test("What is not told is not compared; what is left out of a list that has entries is zero")
    func leftOut() throws {
        let counters = try self.worked()
        #expect(counters.differences(from: ZXReport(), .openShift, at: self.noon).isEmpty)

        var sparse = counters.xReport(at: self.noon)
        sparse.operations.removeAll { $0.operation != .sell }
        sparse.ticketOperations.removeAll { $0.operation != .sell }
        sparse.ticketOperations[0].payments.removeAll { $0.payment == .mobile }
        sparse.ticketOperations[0].discountSum = nil
        sparse.moneyPlacements.removeAll { $0.operation == .withdrawal }
        sparse.nonNullableSums.removeAll()
        #expect(counters.differences(from: sparse, .openShift, at: self.noon).isEmpty)

        sparse.ticketOperations[0].payments.removeAll { $0.payment == .card }
        sparse.sections = []
        #expect(
            counters.differences(from: sparse, .openShift, at: self.noon).map(\.field) == [
                "sections[1].operations[OPERATION_SELL].count", "sections[1].operations[OPERATION_SELL].sum",
                "ticket_operations[OPERATION_SELL].payments[PAYMENT_CARD].count",
                "ticket_operations[OPERATION_SELL].payments[PAYMENT_CARD].sum",
            ])
    }

    @Test("A shift that is open on one side alone is a difference by itself")
    func shiftState() throws {
        var counters = try self.worked()
        var z = counters.xReport(at: self.noon)
        z.closeShiftTime = self.noon
        #expect(
            counters.differences(from: z, .noOpenShift, at: self.noon) == [
                CounterDifference(field: "report", local: .report(.x), server: .report(.z), weight: .incident)
            ])
        let x = counters.xReport(at: self.noon)
        let own = try counters.closeShift(at: self.noon)
        #expect(counters.differences(from: own, .noOpenShift, lastZ: own, at: self.noon).isEmpty)
        #expect(counters.differences(from: x, .openShift, at: self.noon).first?.field == "report")
    }

    @Test("The Z report that answers a close is compared with the one that was sent, all of it")
    func close() throws {
        var counters = try self.worked()
        let own = try counters.closeShift(at: .counted(hour: 21))
        #expect(counters.differences(from: own, .closedShift, lastZ: own, at: .counted(hour: 21)).isEmpty)
        var theirs = own
        theirs.ticketOperations[2].ticketsSum = .tiyn(111_00)
        theirs.cashSum = .tiyn(0)
        let differences = counters.differences(from: theirs, .closedShift, lastZ: own, at: .counted(hour: 21))
        #expect(differences.map(\.field) == ["ticket_operations[OPERATION_SELL].tickets_sum", "cash_sum"])
        // Without our own Z report there are only the sums that run on.
        #expect(
            counters.differences(from: theirs, .closedShift, at: .counted(hour: 21)).map(\.field) == ["cash_sum"])
    }

    @Test("The same answer again has no new difference, be the shift of its Z report closed or not")
    func sameAnswerAgain() throws {
        for closed in [true, false] {
            var counters = RegisterCounters()
            try counters.add(ticket: CountedTicket.simple(1_00), isOffline: false)
            let own = try counters.closeShift(at: self.noon)
            var theirs = ZXReport()
            theirs.shiftNumber = 5
            theirs.cashSum = .tiyn(0)
            if closed { theirs.closeShiftTime = self.noon }
            counters.adopt(theirs, from: .noOpenShift, at: self.noon)
            #expect(counters.differences(from: theirs, .noOpenShift, lastZ: own, at: self.noon).isEmpty)
            theirs.shiftNumber = 6
            #expect(
                counters.differences(from: theirs, .noOpenShift, lastZ: own, at: self.noon) == [
                    CounterDifference(
                        field: "shift_number", local: .count(closed ? 5 : 4), server: .count(closed ? 6 : 5),
                        weight: .incident)
                ])
        }
    }

    @Test("A Z report of another shift than our last one is compared by the sums that run on alone")
    func anotherShift() throws {
        var counters = try self.worked()
        let own = try counters.closeShift(at: self.noon)
        var theirs = ZXReport.emptyZ(at: self.noon)
        theirs.cashSum = own.cashSum
        theirs.nonNullableSums = own.nonNullableSums
        theirs.ticketOperations = []
        theirs.moneyPlacements = []
        #expect(counters.differences(from: theirs, .noOpenShift, lastZ: own, at: self.noon).isEmpty)
        theirs.shiftNumber = own.shiftNumber
        let fields = counters.differences(from: theirs, .noOpenShift, lastZ: own, at: self.noon).map(\.field)
        #expect(fields.contains("operations[OPERATION_SELL].sum"))
    }

    @Test("After the counters were taken over there is no difference left")
    func adopted() throws {
        var counters = try self.worked()
        var theirs = counters.xReport(at: self.noon)
        theirs.cashSum = .tiyn(1)
        theirs.revenue = .tiyn(-2)
        theirs.sections = []
        theirs.taxes[0].operations[2].turnoverWithoutTax = .tiyn(7)
        theirs.nonNullableSums[2].sum = .tiyn(3)
        theirs.ticketOperations[2].offlineCount = 8
        #expect(counters.differences(from: theirs, .openShift, at: self.noon).count == 7)
        counters.adopt(theirs, from: .openShift, at: self.noon)
        #expect(counters.differences(from: theirs, .openShift, at: self.noon).isEmpty)
    }

    @Test("A difference reads as a sentence, and survives storing")
    func texts() throws {
        let difference = CounterDifference(
            field: "cash_sum", local: .sum(tiyn: 12_05), server: .sum(tiyn: 0), weight: .incident)
        #expect(difference.description == "cash_sum: 12.05 here, 0.00 at the server")
        #expect(CounterDifference.Value.report(.z).description == "REPORT_Z")
        let data = try JSONEncoder().encode([difference])
        #expect(try JSONDecoder().decode([CounterDifference].self, from: data) == [difference])
    }
}
