import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import OFDKazProtocol
import Testing

@Suite("What travels with each command, and what is enough to complete it")
struct OFDRegisterRoundTripTests {
    private func ready(
        _ prepare: (inout OFDAuthority) -> Void = { _ in }
    ) async throws -> (RegisterAndAuthority, OFDRegister) {
        let world = RegisterAndAuthority(prepare)
        let register = try await world.open()
        _ = try await register.sync()
        return (world, register)
    }

    @Test("A receipt without taxes of its own, and one whose tax is that of the whole receipt, are registered")
    func ticketTaxes() async throws {
        let (world, register) = try await self.ready()
        for vat in [nil, TicketBuilder.VAT.inside(try Rate(percent: "12"))] {
            var builder = TicketBuilder(.sell, operator: world.cashier, taxationType: .rts)
            builder.vat = vat
            try builder.add("Нан", price: world.money("112.00"), section: "1", unit: "796")
            builder.pay(cash: try world.money("112.00"))
            #expect(try await register.issue(builder.build()).registration != nil)
        }
        let taxes = try world.requests().filter { $0.command == .commandTicket }.map(\.ticket.taxes)
        #expect(taxes.map(\.count) == [0, 1])
        #expect(taxes.last?.first?.sum.bills == 12)
    }

    @Test("A return carries the sale that it is based on: number, time, register, total, and how it was made")
    func parentTicket() async throws {
        let (world, register) = try await self.ready()
        let sale = try #require(try await register.issue(world.sale("112.00")).registration)
        var builder = TicketBuilder(.sellReturn, operator: world.cashier)
        builder.parentTicket = Ticket.ParentTicket(
            number: try #require(sale.ticketNumber), dataTime: DateTime(sale.facts.dateTime), kgdKkmID: "010101234567",
            total: try world.money("112.00"), isOffline: false)
        try builder.add("Нан", price: world.money("112.00"), section: "1", unit: "796")
        builder.pay(cash: try world.money("112.00"))
        #expect(try await register.issue(builder.build()).registration != nil)
        let tickets = try world.requests().filter { $0.command == .commandTicket }.map(\.ticket)
        try #require(tickets.count == 2)
        #expect(tickets[0].hasParentTicket == false)
        let parent = tickets[1].parentTicket
        #expect(parent.parentTicketNumber == world.account.tickets.first?.ticketNumber)
        #expect(parent.parentTicketDataTime == tickets[0].dateTime)
        #expect(parent.kgdKkmID == "010101234567")
        #expect(parent.parentTicketTotal == tickets[0].amounts.total)
        #expect(parent.hasParentTicketIsOffline && !parent.parentTicketIsOffline)
    }

    @Test("An answer that has a command and a result, and nothing else, completes cash in and out")
    func placement() async throws {
        let (world, register) = try await self.ready()
        world.fault(.noService)
        #expect(try await register.place(world.deposit("50.00")).registration != nil)
        #expect(try await register.status.cash == world.money("50.00"))
    }

    @Test("An X report comes back with figures and leaves the shift as it was, on both sides")
    func report() async throws {
        let (world, register) = try await self.ready()
        _ = try await register.issue(world.sale())
        let (before, account) = (await register.status, world.account)
        let report = try #require(try await register.xReport().registration?.report)
        #expect(report.cashSum == before.cash)
        #expect(await register.status.shiftNumber == before.shiftNumber)
        #expect(await register.status.shiftEndsAt == before.shiftEndsAt)
        #expect(world.account.documents.count == account.documents.count)
        #expect(try await register.issue(world.sale()).registration?.facts.shiftNumber == before.shiftNumber)
    }

    @Test("The service part travels with a ticket under the ticket's code, and alone under that of SYSTEM")
    func servicePart() async throws {
        let (world, register) = try await self.ready()
        _ = try await register.issue(world.sale())
        _ = try await register.ping()
        let last = try world.requests().suffix(2)
        #expect(last.map(\.command) == [.commandTicket, .commandSystem])
        #expect(last.map(\.hasService) == [true, true])
        #expect(last.map(\.hasTicket) == [true, false])
    }

    @Test("The offline period and the version of the goods are told, and a plain OK is answer enough")
    func plainAnswers() async throws {
        let (world, register) = try await self.ready()
        world.withAccount { $0.goods = OFDGoods(version: 5, elements: [OFDGoods.Element(id: 1, title: "Тамақ")]) }
        _ = try await register.loadNomenclature()
        world.link(.unreachable)
        _ = try await register.issue(world.sale())
        world.link(nil)
        world.fault(.noService, times: 2)
        world.clock.set(try #require(try await register.sync().nextDue))
        let report = try await register.sync()
        #expect(report.outcomes.compactMap(\.registration).count == 1)
        #expect(report.mode == .online)
        let ticket = try #require(try world.requests().last { $0.command == .commandTicket })
        #expect(ticket.service.hasOfflinePeriod)
        #expect(ticket.service.nomenclatureVersion == 5)
    }

    @Test("Shift and document numbers pass the control of 2.0.0: none twice, each greater than the one before")
    func growingNumbers() async throws {
        let (world, register) = try await self.ready { $0.rules.controlsNumbers = true }
        // The first document tells the number of the shift; INFO has told it before.
        for _ in 0..<2 {
            #expect(try await register.place(world.deposit("5.00")).registration != nil)
            #expect(try await register.issue(world.sale()).registration != nil)
            #expect(try await register.closeShift(world.close()).registration != nil)
        }
        let numbers = world.account.documents.compactMap(\.printedDocumentNumber)
        #expect(numbers.count == 6)
        #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
    }
}
