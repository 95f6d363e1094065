import FiscalCore
import OFDKazProtocol
import Testing

@Suite("Cash in the register")
struct CountedCashTests {
    /// Counters with 100 tenge in the drawer.
    private func counters() throws -> RegisterCounters {
        var counters = RegisterCounters()
        try counters.add(placement: CountedTicket.placement(.deposit, 100_00), isOffline: false)
        return counters
    }

    @Test("Deposits and withdrawals move the cash, and their own counts")
    func placements() throws {
        var counters = try self.counters()
        try counters.add(placement: CountedTicket.placement(.withdrawal, 30_00), isOffline: false)
        #expect(counters.cash == .tiyn(70_00))
        let report = counters.xReport(at: .counted(hour: 12))
        #expect(report.placements(.deposit)?.operationsCount == 1)
        #expect(report.placements(.withdrawal)?.operationsCount == 1)
        #expect(report.cashSum == .tiyn(70_00))
    }

    @Test("An offline withdrawal of more than there is, is refused, and nothing changes; of all there is, it is not")
    func offlineWithdrawal() throws {
        var counters = try self.counters()
        let before = counters
        #expect(throws: CounterError(.notEnoughCash, "sum")) {
            try counters.add(placement: CountedTicket.placement(.withdrawal, 100_01), isOffline: true)
        }
        #expect(counters == before)
        try counters.add(placement: CountedTicket.placement(.withdrawal, 100_00), isOffline: true)
        #expect(counters.cash == .tiyn(0))
    }

    @Test("Sales and returned purchases bring their cash payments in; purchases and returned sales take them out")
    func directions() throws {
        var counters = try self.counters()
        for (operation, cash) in [
            (OperationType.sell, 110_00), (.buyReturn, 120_00), (.sellReturn, 110_00), (.buy, 100_00),
        ]
            as [(OperationType, Int64)]
        {
            try counters.add(ticket: CountedTicket.simple(operation, 10_00), isOffline: false)
            try counters.add(ticket: CountedTicket.simple(operation, 50_00, by: .card), isOffline: false)
            try counters.add(ticket: CountedTicket.simple(operation, 50_00, by: .mobile), isOffline: false)
            #expect(counters.cash == .tiyn(cash), "\(operation)")
        }
    }

    @Test("Change is not deducted again: a cash payment is what was kept")
    func change() throws {
        var counters = try self.counters()
        var ticket = CountedTicket(total: 690_00)
        ticket.line(690_00)
        ticket.pay(.cash, 690_00)
        ticket.pb.amounts.taken = PBMoney(tiyn: 1_000_00)
        ticket.pb.amounts.change = PBMoney(tiyn: 310_00)
        try counters.add(ticket: ticket.pb, isOffline: false)
        #expect(counters.cash == .tiyn(790_00))
        #expect(counters.xReport(at: .counted(hour: 12)).tickets(.sell)?.payments[0].sum == .tiyn(690_00))
    }

    @Test(
        "Expenses in cash are refused above what there is, and nothing changes",
        arguments: [OperationType.buy, .sellReturn])
    func expenses(operation: OperationType) throws {
        var counters = try self.counters()
        let before = counters
        #expect(throws: CounterError(.notEnoughCash, "payments")) {
            try counters.add(ticket: CountedTicket.simple(operation, 100_01), isOffline: true)
        }
        #expect(counters == before)
        try counters.add(ticket: CountedTicket.simple(operation, 100_01, by: .card), isOffline: true)
        try counters.add(ticket: CountedTicket.simple(operation, 100_00), isOffline: true)
        #expect(counters.cash == .tiyn(0))
    }

    @Test(
        "What the server has accepted is counted also where the cash here does not cover it; a report never says less than 0"
    )
    func acceptedByServer() throws {
        var counters = try self.counters()
        try counters.add(
            placement: CountedTicket.placement(.withdrawal, 150_00), isOffline: false, cash: .serverDecides)
        #expect(counters.cash == .tiyn(-50_00))
        #expect(counters.xReport(at: .counted(hour: 12)).cashSum == .tiyn(0))
        // Money may come in while it is so, and the drawer is right again afterwards.
        try counters.add(ticket: CountedTicket.simple(20_00), isOffline: true)
        #expect(counters.cash == .tiyn(-30_00))
        try counters.add(placement: CountedTicket.placement(.deposit, 60_00), isOffline: true)
        #expect(counters.xReport(at: .counted(hour: 12)).cashSum == .tiyn(30_00))
        #expect(throws: CounterError(.notEnoughCash, "payments")) {
            try counters.add(ticket: CountedTicket.simple(.buy, 30_01), isOffline: true)
        }
    }

    @Test("Cash that is short at the close is not withdrawn")
    func closeWhileShort() throws {
        var counters = try self.counters()
        try counters.add(
            placement: CountedTicket.placement(.withdrawal, 150_00), isOffline: false, cash: .serverDecides)
        let z = try counters.closeShift(at: .counted(hour: 21), withdrawsMoney: true)
        #expect(z.placements(.withdrawal)?.operationsCount == 1)
        #expect(z.cashSum == .tiyn(0))
    }
}
