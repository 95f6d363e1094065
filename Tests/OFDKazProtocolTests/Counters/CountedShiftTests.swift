import FiscalCore
import Foundation
import OFDKazProtocol
import Testing

@Suite("The shift of the counters")
struct CountedShiftTests {
    @Test("The first document opens the shift at its own time, be it a receipt or cash put in")
    func opening() throws {
        var counters = RegisterCounters()
        #expect(!counters.isShiftOpen && counters.shiftOpenedAt == nil)
        try counters.add(ticket: CountedTicket.simple(1_00, at: .counted(hour: 9, minute: 5)), isOffline: false)
        try counters.add(ticket: CountedTicket.simple(1_00, at: .counted(hour: 10)), isOffline: false)
        #expect(counters.shiftOpenedAt == .counted(hour: 9, minute: 5))
        #expect(counters.xReport(at: .counted(hour: 12)).openShiftTime == .counted(hour: 9, minute: 5))

        var drawer = RegisterCounters()
        try drawer.add(placement: CountedTicket.placement(.deposit, 1, at: .counted(hour: 8)), isOffline: false)
        #expect(drawer.isShiftOpen && drawer.shiftOpenedAt == .counted(hour: 8))
    }

    @Test("Shifts are numbered one after another and never anew")
    func numbering() throws {
        var counters = RegisterCounters()
        for number: UInt32 in 1...3 {
            #expect(counters.shiftNumber == number)
            try counters.add(ticket: CountedTicket.simple(1_00), isOffline: false)
            #expect(counters.shiftNumber == number)
            #expect(counters.xReport(at: .counted(hour: 12)).shiftNumber == number)
            #expect(try counters.closeShift(at: .counted(hour: 21)).shiftNumber == number)
        }
    }

    @Test("The Z report tells when the shift was opened and closed; an X report has no closing time")
    func times() throws {
        var counters = RegisterCounters()
        try counters.add(ticket: CountedTicket.simple(1_00, at: .counted(hour: 9)), isOffline: false)
        let x = counters.xReport(at: .counted(hour: 12))
        #expect(x.dateTime == .counted(hour: 12) && x.closeShiftTime == nil && !x.pb.hasCloseShiftTime)
        let z = try counters.closeShift(at: .counted(hour: 21))
        #expect(z.dateTime == .counted(hour: 21) && z.closeShiftTime == .counted(hour: 21))
        #expect(z.openShiftTime == .counted(hour: 9))
    }

    @Test("A close starts the totals of the shift anew; totals since registration go on")
    func close() throws {
        var counters = RegisterCounters()
        try counters.add(placement: CountedTicket.placement(.deposit, 500_00), isOffline: true)
        try counters.add(ticket: CountedTicket.simple(100_00), isOffline: true)
        let z = try counters.closeShift(at: .counted(hour: 21))
        #expect(z.tickets(.sell)?.ticketsCount == 1)

        try counters.add(ticket: CountedTicket.simple(7_00, at: .counted(day: 3, hour: 9)), isOffline: false)
        let next = counters.xReport(at: .counted(day: 3, hour: 12))
        #expect(next.tickets(.sell)?.ticketsCount == 1)
        #expect(next.tickets(.sell)?.ticketsTotalCount == 2)
        #expect(next.tickets(.sell)?.offlineCount == 0)
        #expect(next.operation(.sell)?.sum == .tiyn(7_00))
        #expect(next.revenue == .tiyn(7_00))
        #expect(next.placements(.deposit)?.operationsTotalCount == 1)
        #expect(next.placements(.deposit)?.operationsCount == 0)
        #expect(next.placements(.deposit)?.operationsSum == .tiyn(0))
        #expect(next.placements(.deposit)?.offlineCount == 0)
        #expect(next.openShiftTime == .counted(day: 3, hour: 9))
    }

    @Test(
        "Sums since registration never fall, whatever is sold, returned or closed; a shift begins where the last ended")
    func nonNullableSums() throws {
        var counters = RegisterCounters()
        var last = counters.xReport(at: .counted(hour: 8)).nonNullableSums
        #expect(last.allSatisfy { $0.sum == .tiyn(0) })
        for _ in 1...3 {
            let begin = last
            for (operation, sum) in [
                (OperationType.sell, 100_00), (.sellReturn, 30_00), (.buyReturn, 20_00), (.buy, 10_00),
            ]
                as [(OperationType, UInt64)]
            {
                try counters.add(ticket: CountedTicket.simple(operation, sum), isOffline: false)
                let report = counters.xReport(at: .counted(hour: 12))
                #expect(report.startShiftNonNullableSums == begin)
                for (before, after) in zip(last, report.nonNullableSums) {
                    let more = before.operation == operation ? Int64(sum) : 0
                    #expect((after.sum?.minorUnits ?? 0) == (before.sum?.minorUnits ?? 0) + more)
                }
                last = report.nonNullableSums
            }
            let z = try counters.closeShift(at: .counted(hour: 21))
            #expect(z.startShiftNonNullableSums == begin)
            #expect(z.nonNullableSums == last)
        }
        #expect(counters.nonNullableSum(.sellReturn) == .tiyn(90_00))
    }

    @Test("Closed without a withdrawal, the cash is in the next shift")
    func cashStays() throws {
        var counters = RegisterCounters()
        try counters.add(ticket: CountedTicket.simple(500_00), isOffline: false)
        #expect(try counters.closeShift(at: .counted(hour: 21)).cashSum == .tiyn(500_00))
        #expect(counters.xReport(at: .counted(hour: 22)).cashSum == .tiyn(500_00))
    }

    @Test(
        "Closed with a withdrawal, the Z report has one withdrawal of all cash more, and no cash",
        arguments: [false, true])
    func withdrawal(isOffline: Bool) throws {
        var counters = RegisterCounters()
        try counters.add(ticket: CountedTicket.simple(530_00), isOffline: false)
        try counters.add(placement: CountedTicket.placement(.withdrawal, 30_00), isOffline: false)
        let z = try counters.closeShift(at: .counted(hour: 21), withdrawsMoney: true, isOffline: isOffline)
        #expect(
            z.placements(.withdrawal)
                == .init(
                    operation: .withdrawal, operationsTotalCount: 2, operationsCount: 2, operationsSum: .tiyn(530_00),
                    offlineCount: isOffline ? 1 : 0))
        #expect(z.cashSum == .tiyn(0) && counters.cash == .tiyn(0))
    }

    @Test("Without cash, a close with a withdrawal counts none")
    func nothingToWithdraw() throws {
        var counters = RegisterCounters()
        try counters.add(ticket: CountedTicket.simple(100_00, by: .card), isOffline: false)
        let z = try counters.closeShift(at: .counted(hour: 21), withdrawsMoney: true)
        #expect(z.placements(.withdrawal)?.operationsCount == 0)
        #expect(z.placements(.withdrawal)?.operationsTotalCount == 0)
    }

    @Test("A shift that is not open cannot be closed")
    func nothingToClose() throws {
        var counters = RegisterCounters()
        #expect(throws: CounterError(.noOpenShift, "close_shift")) { try counters.closeShift(at: .counted(hour: 9)) }
        #expect(counters == RegisterCounters())
    }

    @Test("An X report between two shifts has zero totals, the number of the closed one, and the sums that run on")
    func betweenShifts() throws {
        var counters = RegisterCounters()
        try counters.add(ticket: CountedTicket.simple(100_00), isOffline: false)
        _ = try counters.closeShift(at: .counted(hour: 21))
        let x = counters.xReport(at: .counted(hour: 22))
        #expect(x.shiftNumber == 1)
        #expect(x.tickets(.sell)?.ticketsCount == 0)
        #expect(x.tickets(.sell)?.ticketsTotalCount == 1)
        #expect(x.operation(.sell)?.sum == .tiyn(0) && x.revenue == .tiyn(0))
        #expect(x.nonNullable(.sell) == .tiyn(100_00))
        #expect(x.startShiftNonNullableSums == x.nonNullableSums)
        #expect(x.cashSum == .tiyn(100_00))
        #expect(x.openShiftTime == .counted(hour: 22) && x.closeShiftTime == nil)
        #expect(!counters.isShiftOpen)
    }

    @Test("While there is no Z report, an empty one stands for it: shift 0, the date of the request, zeros")
    func emptyZ() {
        let z = ZXReport.emptyZ(at: .counted(hour: 9)).pb
        let time = PBDateTime(DateTime.counted(hour: 9))
        #expect(z.hasShiftNumber && z.shiftNumber == 0)
        #expect(z.dateTime == time && z.openShiftTime == time && z.closeShiftTime == time)
        #expect(z.operations.count == 4 && z.totalResult.count == 4 && z.moneyPlacements.count == 2)
        #expect(z.ticketOperations.allSatisfy { $0.ticketsTotalCount == 0 && $0.payments.count == 3 })
        #expect(z.nonNullableSums.allSatisfy { $0.sum == PBMoney(tiyn: 0) })
        #expect(z.cashSum == PBMoney(tiyn: 0) && z.revenue.sum == PBMoney(tiyn: 0) && !z.revenue.isNegative)
    }

    @Test("Counters that were stored and read again go on as if nothing had been")
    func storing() throws {
        var counters = RegisterCounters()
        var ticket = CountedTicket(total: 112_00)
        ticket.line(112_00, section: "Отдел 1", taxes: [CountedTicket.tax(12_000, 12_00)])
        ticket.pay(.cash, 112_00)
        try counters.add(ticket: ticket.pb, isOffline: true)
        var read = try JSONDecoder().decode(RegisterCounters.self, from: JSONEncoder().encode(counters))
        #expect(read == counters)
        #expect(read.shiftOpenedAt == .counted(hour: 9))
        try read.add(ticket: ticket.pb, isOffline: false)
        try counters.add(ticket: ticket.pb, isOffline: false)
        #expect(read.xReport(at: .counted(hour: 12)) == counters.xReport(at: .counted(hour: 12)))
        let closed = try read.closeShift(at: .counted(hour: 21))
        #expect(try counters.closeShift(at: .counted(hour: 21)) == closed)
        #expect(try JSONDecoder().decode(RegisterCounters.self, from: JSONEncoder().encode(read)) == counters)
    }
}
