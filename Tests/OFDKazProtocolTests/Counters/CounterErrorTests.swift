import FiscalCore
import OFDKazProtocol
import Testing

/// A document is counted whole or not at all.
@Suite("Documents that cannot be counted")
struct CounterErrorTests {
    private static let largest = UInt64(Int64.max)

    private static var whole: PBTicketRequest {
        var ticket = CountedTicket(total: 90_00)
        ticket.line(100_00, taxes: [CountedTicket.tax(12_000, 10_71)])
        ticket.modifier(.discount, 10_00)
        ticket.pay(.cash, 90_00)
        return ticket.pb
    }

    @Test(
        "A receipt that lacks what counts is not counted, and the field is named",
        arguments: [
            FieldChange("operation") { $0.clearOperation() },
            FieldChange("operation") { $0.operation = .UNRECOGNIZED(4) },
            FieldChange("date_time") { $0.clearDateTime() },
            FieldChange("date_time") { $0.dateTime.date.month = 13 },
            FieldChange("amounts.total") { $0.amounts.clearTotal() },
            FieldChange("amounts.total") { $0.amounts.total.bills = .max },
            FieldChange("items[0].type") { $0.items[0].clearType() },
            FieldChange("items[0].type") { $0.items[0].type = .UNRECOGNIZED(7) },
            FieldChange("items[0].commodity.sum") { $0.items[0].commodity.clearSum() },
            FieldChange("items[0].commodity.section_code") { $0.items[0].commodity.clearSectionCode() },
            FieldChange("items[0].commodity.taxes[0].sum") { $0.items[0].commodity.taxes[0].clearSum() },
            FieldChange("items[0].commodity.taxes[0].percent") { $0.items[0].commodity.taxes[0].clearPercent() },
            FieldChange("items[1].discount.sum") { $0.items[1].discount.clearSum() },
            FieldChange("payments[0].type") { $0.payments[0].clearType() },
            FieldChange("payments[0].type") { $0.payments[0].type = .UNRECOGNIZED(2) },
            FieldChange("payments[0].sum") { $0.payments[0].clearSum() },
        ] as [FieldChange<PBTicketRequest>])
    func unreadable(damage: FieldChange<PBTicketRequest>) throws {
        var ticket = Self.whole
        damage.change(&ticket)
        var counters = RegisterCounters()
        #expect(throws: CounterError(.unreadable, damage.field)) { try counters.add(ticket: ticket, isOffline: false) }
        #expect(counters == RegisterCounters(), "no shift was opened")
        try counters.add(ticket: Self.whole, isOffline: false)
    }

    @Test(
        "A movement of cash that lacks what counts is not counted, and the field is named",
        arguments: [
            FieldChange("operation") { $0.clearOperation() },
            FieldChange("operation") { $0.operation = .UNRECOGNIZED(2) },
            FieldChange("datetime") { $0.clearDatetime() }, FieldChange("sum") { $0.clearSum() },
            FieldChange("sum") { $0.sum.bills = .max },
        ] as [FieldChange<PBMoneyPlacementRequest>])
    func unreadablePlacement(damage: FieldChange<PBMoneyPlacementRequest>) {
        var placement = CountedTicket.placement(.deposit, 1_00)
        damage.change(&placement)
        var counters = RegisterCounters()
        #expect(throws: CounterError(.unreadable, damage.field)) {
            try counters.add(placement: placement, isOffline: false)
        }
        #expect(counters == RegisterCounters())
    }

    @Test("A sum that would not fit is an error, wherever it would arise, and nothing is counted")
    func sumOverflow() throws {
        var counters = RegisterCounters()
        try counters.add(ticket: CountedTicket.simple(Self.largest, by: .card), isOffline: false)
        let before = counters
        for payment in [PaymentType.card, .cash] {
            #expect(throws: CounterError.self) {
                try counters.add(ticket: CountedTicket.simple(1, by: payment), isOffline: false)
            }
            #expect(counters == before)
        }
        // Without lines it is the final total that does not fit; in another shift it is the sum since registration.
        #expect(throws: CounterError(.overflow, "total_result[OPERATION_SELL].sum")) {
            try counters.add(ticket: CountedTicket(total: 1).pb, isOffline: false)
        }
        _ = try counters.closeShift(at: .counted(hour: 21))
        #expect(throws: CounterError(.overflow, "non_nullable_sums[OPERATION_SELL].sum")) {
            try counters.add(ticket: CountedTicket(total: 1).pb, isOffline: false)
        }
        #expect(!counters.isShiftOpen)
        // Another kind of receipt has its own sums.
        try counters.add(ticket: CountedTicket.simple(.sellReturn, Self.largest, by: .card), isOffline: false)
    }

    @Test("One receipt whose own lines, payments or taxes do not fit is refused")
    func overflowWithinOneReceipt() {
        var lines = CountedTicket(total: 1)
        lines.line(Self.largest)
        lines.line(Self.largest)
        var payments = CountedTicket(total: 1)
        payments.pay(.card, Self.largest)
        payments.pay(.card, Self.largest)
        var taxes = CountedTicket(total: 1)
        taxes.pb.taxes = [CountedTicket.tax(12_000, Self.largest), CountedTicket.tax(12_000, Self.largest)]
        var base = CountedTicket(total: Self.largest)
        base.pb.taxes = [CountedTicket.tax(12_000, 1)]
        base.pb.amounts.discount = CountedTicket.modifier(Self.largest, taxes: [CountedTicket.tax(12_000, 1)])
        for ticket in [lines.pb, payments.pb, taxes.pb, base.pb] {
            var counters = RegisterCounters()
            #expect { try counters.add(ticket: ticket, isOffline: false) } throws: {
                ($0 as? CounterError)?.code == .overflow
            }
            #expect(counters == RegisterCounters())
        }
    }

    @Test("Cash that would not fit is an error, and nothing is counted")
    func cashOverflow() throws {
        var counters = RegisterCounters()
        try counters.add(placement: CountedTicket.placement(.deposit, Self.largest), isOffline: false)
        let before = counters
        #expect(throws: CounterError(.overflow, "cash_sum")) {
            try counters.add(ticket: CountedTicket.simple(1), isOffline: false)
        }
        #expect(counters == before)
    }

    @Test("A count that may not be sent is an error: 2147483647 is the last one")
    func countOverflow() throws {
        var report = RegisterCounters().xReport(at: .counted(hour: 9))
        report.ticketOperations[2].ticketsTotalCount = 2_147_483_646
        report.moneyPlacements[0].operationsTotalCount = 2_147_483_646
        var counters = RegisterCounters()
        counters.adopt(report, from: .openShift, at: .counted(hour: 9))
        try counters.add(ticket: CountedTicket.simple(1_00), isOffline: false)
        try counters.add(placement: CountedTicket.placement(.deposit, 1_00), isOffline: false)
        let before = counters
        #expect(throws: CounterError(.overflow, "ticket_operations[OPERATION_SELL].tickets_total_count")) {
            try counters.add(ticket: CountedTicket.simple(1_00), isOffline: false)
        }
        #expect(throws: CounterError(.overflow, "money_placements[MONEY_PLACEMENT_DEPOSIT].operations_total_count")) {
            try counters.add(placement: CountedTicket.placement(.deposit, 1_00), isOffline: false)
        }
        #expect(counters == before)
    }

    @Test("A shift number that may not be sent opens no shift")
    func shiftNumberOverflow() throws {
        var report = ZXReport()
        report.shiftNumber = 2_147_483_646
        var counters = RegisterCounters()
        counters.adopt(report, from: .closedShift, at: .counted(hour: 9))
        try counters.add(ticket: CountedTicket.simple(1_00), isOffline: false)
        #expect(try counters.closeShift(at: .counted(hour: 21)).shiftNumber == 2_147_483_647)
        #expect(throws: CounterError(.overflow, "shift_number")) {
            try counters.add(ticket: CountedTicket.simple(1_00), isOffline: false)
        }
    }

    @Test("More taken out than was put in is an error: a report has no sign for it")
    func belowZero() throws {
        var storno = CountedTicket(total: 0)
        storno.line(1_00, section: "1")
        storno.stornoLine(1_00, section: "2")
        var discount = CountedTicket(total: 0)
        discount.modifier(.stornoDiscount, 1)
        var markup = CountedTicket(total: 0)
        markup.modifier(.stornoMarkup, 1)
        var tax = CountedTicket(total: 0)
        tax.modifier(.discount, 1_12, taxes: [CountedTicket.tax(12_000, 12)])
        var more = CountedTicket(total: 1_00)
        more.line(1_00, taxes: [CountedTicket.tax(12_000, 1_01)])
        for ticket in [storno.pb, discount.pb, markup.pb, tax.pb, more.pb] {
            var counters = RegisterCounters()
            #expect { try counters.add(ticket: ticket, isOffline: false) } throws: {
                ($0 as? CounterError)?.code == .belowZero
            }
            #expect(counters == RegisterCounters())
        }
    }

    @Test("Within a receipt the order of lines does not matter: a storno may come first")
    func stornoFirst() throws {
        var ticket = CountedTicket(total: 50)
        ticket.stornoLine(1_00)
        ticket.line(1_50)
        var counters = RegisterCounters()
        try counters.add(ticket: ticket.pb, isOffline: false)
        #expect(counters.xReport(at: .counted(hour: 12)).operation(.sell)?.sum == .tiyn(50))
    }
}
