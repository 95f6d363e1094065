import FiscalCore
import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("Taking over the server's counters")
struct CountedAdoptionTests {
    /// A server's report of a full shift with the given number.
    private func report(shift: UInt32, isZ: Bool) throws -> ZXReport {
        var server = RegisterCounters()
        server.adopt(Self.bare(shift: shift - 1, closed: true), from: .noOpenShift, at: .counted(day: 1, hour: 1))
        try server.add(placement: CountedTicket.placement(.deposit, 1_000_00), isOffline: true)
        for (operation, total) in [
            (OperationType.sell, 112_00), (.sellReturn, 11_00), (.buy, 20_00), (.buyReturn, 3_00),
        ]
            as [(OperationType, UInt64)]
        {
            var ticket = CountedTicket(operation, total: total)
            ticket.line(total + 50, section: "\(operation.rawValue)", taxes: [CountedTicket.tax(12_000, total / 10)])
            ticket.modifier(.markup, 50)
            ticket.pb.amounts.discount = CountedTicket.modifier(1_00)
            ticket.pay(.cash, total - 1_00)
            ticket.pay(.mobile, 1_00)
            ticket.pb.amounts.change = PBMoney(tiyn: 88)
            try server.add(ticket: ticket.pb, isOffline: operation == .sell)
        }
        return isZ ? try server.closeShift(at: .counted(hour: 21)) : server.xReport(at: .counted(hour: 12))
    }

    private static func bare(shift: UInt32?, closed: Bool) -> ZXReport {
        var report = ZXReport()
        report.shiftNumber = shift
        if closed { report.closeShiftTime = .counted(day: 1, hour: 1) }
        return report
    }

    @Test("Which answers bring counters: INFO with X or Z, and a close with Z; nothing else")
    func sources() {
        #expect(CounterSource(command: .info, report: .x) == .openShift)
        #expect(CounterSource(command: .info, report: .z) == .noOpenShift)
        #expect(CounterSource(command: .closeShift, report: .z) == .closedShift)
        #expect(CounterSource(command: .closeShift, report: .x) == nil)
        #expect(CounterSource(command: .info, report: ReportType(rawValue: 2)) == nil)
        for command in CommandType.allCases where command != .info && command != .closeShift {
            for type in ReportType.allCases { #expect(CounterSource(command: command, report: type) == nil) }
        }
    }

    @Test("After INFO with an X report the counters are the server's, every field of them")
    func openShift() throws {
        let theirs = try self.report(shift: 12, isZ: false)
        var counters = RegisterCounters()
        counters.adopt(theirs, from: .openShift, at: .counted(hour: 13))
        #expect(counters.isShiftOpen && counters.shiftNumber == 12 && counters.frShiftNumber == 12)
        #expect(counters.xReport(at: .counted(hour: 12)) == theirs)
        // They win also over counters that have counted something else in that shift.
        try counters.add(ticket: CountedTicket.simple(77_00, by: .card), isOffline: true)
        #expect(counters.xReport(at: .counted(hour: 12)) != theirs)
        counters.adopt(theirs, from: .openShift, at: .counted(hour: 13))
        #expect(counters.xReport(at: .counted(hour: 12)) == theirs)
    }

    @Test("After INFO with a Z report no shift is open, and the next one follows", arguments: [false, true])
    func noOpenShift(wasOpen: Bool) throws {
        let theirs = try self.report(shift: 12, isZ: true)
        var counters = RegisterCounters()
        if wasOpen { try counters.add(ticket: CountedTicket.simple(77_00), isOffline: true) }
        counters.adopt(theirs, from: .noOpenShift, at: .counted(hour: 22))
        #expect(!counters.isShiftOpen && counters.shiftNumber == 13 && counters.frShiftNumber == 13)
        let x = counters.xReport(at: .counted(hour: 22))
        #expect(x.shiftNumber == 12)
        #expect(x.cashSum == theirs.cashSum && x.nonNullableSums == theirs.nonNullableSums)
        #expect(x.ticketOperations.map(\.ticketsTotalCount) == theirs.ticketOperations.map(\.ticketsTotalCount))
        #expect(
            x.moneyPlacements.map(\.operationsTotalCount) == theirs.moneyPlacements.map(\.operationsTotalCount))
        try counters.add(ticket: CountedTicket.simple(1_00), isOffline: false)
        let next = counters.xReport(at: .counted(hour: 23))
        #expect(next.shiftNumber == 13 && next.startShiftNonNullableSums == theirs.nonNullableSums)
        #expect(next.tickets(.sell)?.ticketsCount == 1)
    }

    @Test("The Z report that answers a close wins over the one sent")
    func closedShift() throws {
        var counters = RegisterCounters()
        try counters.add(ticket: CountedTicket.simple(77_00), isOffline: false)
        _ = try counters.closeShift(at: .counted(hour: 21))
        let theirs = try self.report(shift: 40, isZ: true)
        counters.adopt(theirs, from: .closedShift, at: .counted(hour: 21))
        #expect(counters.shiftNumber == 41)
        #expect(counters.cash == theirs.cashSum)
        #expect(counters.xReport(at: .counted(hour: 22)).nonNullableSums == theirs.nonNullableSums)
    }

    @Test("Numbers of shifts: after a shift that was closed the next number, after one that never was the same")
    func shiftNumbers() throws {
        for (number, closed, next) in [(7, true, 8), (7, false, 7), (1, false, 1), (0, false, 1), (0, true, 1)]
            as [(UInt32, Bool, UInt32)]
        {
            var counters = RegisterCounters()
            #expect(counters.frShiftNumber == nil, "not known before the server has told one")
            #expect(!counters.shiftNumberIsKnown)
            counters.adopt(Self.bare(shift: number, closed: closed), from: .noOpenShift, at: .counted(hour: 9))
            #expect(counters.frShiftNumber == next)
            try counters.add(ticket: CountedTicket.simple(1_00), isOffline: false)
            #expect(counters.frShiftNumber == next)
            #expect(counters.xReport(at: .counted(hour: 12)).shiftNumber == next)
            _ = try counters.closeShift(at: .counted(hour: 21))
            #expect(counters.frShiftNumber == next + 1)
        }
        // The answer to a close says by itself that the shift is closed.
        var counters = RegisterCounters()
        try counters.add(ticket: CountedTicket.simple(1_00), isOffline: false)
        _ = try counters.closeShift(at: .counted(hour: 21))
        counters.adopt(Self.bare(shift: 7, closed: false), from: .closedShift, at: .counted(hour: 21))
        #expect(counters.frShiftNumber == 8)
    }

    @Test("Before a number is told, an open shift of ours takes the server's number and keeps what was counted")
    func numberOfOurShift() throws {
        var counters = RegisterCounters()
        try counters.add(ticket: CountedTicket.simple(1_00, at: .counted(hour: 9)), isOffline: false)
        counters.adopt(Self.bare(shift: 5, closed: false), from: .openShift, at: .counted(hour: 13))
        let x = counters.xReport(at: .counted(hour: 12))
        #expect(x.shiftNumber == 5 && x.openShiftTime == .counted(hour: 9) && x.tickets(.sell)?.ticketsCount == 1)
        #expect(x.sections.map(\.sectionCode) == ["1"], "an answer that tells no totals takes none away")
        // From then on another number is another shift: what was counted before is not of it.
        counters.adopt(Self.bare(shift: 6, closed: false), from: .openShift, at: .counted(hour: 13))
        let other = counters.xReport(at: .counted(hour: 14))
        #expect(other.shiftNumber == 6 && other.openShiftTime == .counted(hour: 13))
        #expect(other.tickets(.sell)?.ticketsCount == 0)
        #expect(other.startShiftNonNullableSums == other.nonNullableSums)
        #expect(other.nonNullable(.sell) == .tiyn(1_00))
    }

    @Test("When the server drops a shift without a number, its number is still to be used")
    func droppedShift() throws {
        var counters = RegisterCounters()
        counters.adopt(Self.bare(shift: 5, closed: false), from: .openShift, at: .counted(hour: 13))
        counters.adopt(Self.bare(shift: nil, closed: false), from: .noOpenShift, at: .counted(hour: 14))
        #expect(!counters.isShiftOpen && counters.frShiftNumber == 5)
    }

    /// The report of the first answer to INFO that a live server gave (2.0.2), byte for byte.
    @Test("The first INFO of a live server, without any list: shift 1 is next, no cash, and nothing else is changed")
    func liveFirstInfo() throws {
        let bytes = try #require(
            Hex.decode("080012250a110a0708e70f100b18141206080e1007180810016a040800100072080a04080010001000"))
        let answer = try PBReportResponse(serializedBytes: bytes)
        let report = ZXReport(answer.zxReport)
        #expect(report.shiftNumber == 1 && report.operations.isEmpty && report.openShiftTime == nil)
        let source = try #require(CounterSource(command: .info, report: ReportType(answer.report)))
        #expect(source == .noOpenShift)

        var counters = RegisterCounters()
        counters.adopt(report, from: source, at: .counted(hour: 9))
        #expect(counters.frShiftNumber == 1 && !counters.isShiftOpen && counters.cash == .tiyn(0))

        var worked = RegisterCounters()
        try worked.add(ticket: CountedTicket.simple(50_00), isOffline: false)
        _ = try worked.closeShift(at: .counted(hour: 21))
        worked.adopt(report, from: source, at: .counted(hour: 22))
        #expect(worked.cash == .tiyn(0))
        #expect(worked.nonNullableSum(.sell) == .tiyn(50_00))
        #expect(worked.xReport(at: .counted(hour: 22)).tickets(.sell)?.ticketsTotalCount == 1)
    }

    @Test("A server that leaves zeros out means zero for the shift, and says nothing of the sums that run on")
    func zerosLeftOut() throws {
        var counters = RegisterCounters()
        for operation in OperationType.allCases.reversed() {
            var ticket = CountedTicket(operation, total: 100_00)
            ticket.line(100_00, section: "\(operation.rawValue)", taxes: [CountedTicket.tax(12_000, 10_71)])
            ticket.pay(.card, 100_00)
            ticket.pb.amounts.discount = CountedTicket.modifier(1_00)
            try counters.add(ticket: ticket.pb, isOffline: false)
        }
        try counters.add(placement: CountedTicket.placement(.deposit, 5_00), isOffline: false)
        var theirs = ZXReport()
        theirs.shiftNumber = 1
        theirs.operations = [.init(operation: .sell, count: 1, sum: .tiyn(90_00))]
        theirs.ticketOperations = [
            .init(
                operation: .sell, ticketsCount: 1, ticketsSum: .tiyn(90_00),
                payments: [.init(payment: .cash, sum: .tiyn(90_00), count: 1)])
        ]
        theirs.moneyPlacements = [.init(operation: .withdrawal, operationsTotalCount: 4, operationsCount: 4)]
        theirs.nonNullableSums = [.init(operation: .sell, sum: .tiyn(900_00))]
        counters.adopt(theirs, from: .openShift, at: .counted(hour: 13))
        let x = counters.xReport(at: .counted(hour: 13))
        #expect(x.operations.map(\.count) == [0, 0, 1, 0])
        #expect(x.ticketOperations.map(\.ticketsCount) == [0, 0, 1, 0])
        #expect(x.tickets(.sell)?.payments.map(\.count) == [1, 0, 0])
        #expect(x.moneyPlacements.map(\.operationsCount) == [0, 4])
        #expect(x.sections.isEmpty && x.taxes.isEmpty)
        // Lists and fields that are not there are not touched, and the sums that run on are ours still.
        #expect(x.discounts.map(\.count) == [1, 1, 1, 1])
        #expect(x.tickets(.sell)?.discountSum == .tiyn(1_00))
        #expect(x.ticketOperations.map(\.ticketsTotalCount) == [1, 1, 1, 1])
        #expect(x.moneyPlacements.map(\.operationsTotalCount) == [1, 4])
        #expect(x.nonNullableSums.map(\.sum) == [.tiyn(100_00), .tiyn(100_00), .tiyn(900_00), .tiyn(100_00)])
    }

    @Test("An odd count of the server is not taken over, since it could not be sent on")
    func oddCounts() throws {
        var theirs = try self.report(shift: 12, isZ: false)
        theirs.shiftNumber = .max
        theirs.ticketOperations[2].ticketsTotalCount = 2_147_483_648
        theirs.operations[2].count = .max
        var counters = RegisterCounters()
        counters.adopt(theirs, from: .openShift, at: .counted(hour: 13))
        let x = counters.xReport(at: .counted(hour: 13))
        #expect(x.shiftNumber == 1 && counters.frShiftNumber == nil)
        #expect(x.tickets(.sell)?.ticketsTotalCount == 0 && x.operation(.sell)?.count == 0)
        #expect(x.operation(.sell)?.sum == theirs.operation(.sell)?.sum)
        try counters.add(ticket: CountedTicket.simple(1_00), isOffline: false)
        _ = try counters.closeShift(at: .counted(hour: 21))
    }

    @Test("Kinds of payment that were retired are passed over, as long as they are not ours")
    func retiredPayments() throws {
        var theirs = try self.report(shift: 12, isZ: false)
        for index in theirs.ticketOperations.indices {
            for retired: UInt32 in [2, 3] {
                theirs.ticketOperations[index].payments.insert(
                    .init(payment: PaymentType(rawValue: retired), sum: .tiyn(0), count: 0), at: 2)
            }
            #expect(theirs.ticketOperations[index].payments.count == 5)
        }
        var counters = RegisterCounters()
        counters.adopt(theirs, from: .openShift, at: .counted(hour: 13))
        let sales = counters.xReport(at: .counted(hour: 13)).tickets(.sell)
        #expect(sales?.payments.map(\.payment) == [.cash, .card, .mobile])
        #expect(sales?.payments.map(\.count) == [1, 0, 1])
    }
}
