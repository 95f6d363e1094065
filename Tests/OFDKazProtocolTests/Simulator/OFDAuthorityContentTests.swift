import FiscalCore
import FiscalSimulators
import OFDKazProtocol
import Testing

/// Documents that can be read and lack nothing, but are wrong for this register now.
@Suite("The simulated OFD: incorrect documents, cash, buyers and shifts")
struct OFDAuthorityContentTests {
    typealias Change = (inout PBRequest) -> Void

    private func code(_ request: PBRequest, version: UInt16 = 203, _ change: Change = { _ in }) throws -> UInt32? {
        let till = RawTill(version: version) { $0[100_001]?.books.cash = 1_000_000 }
        let code = try till.code(request.with(change))
        // What is refused leaves no trace.
        if code != 0 {
            #expect(till.account.documents.isEmpty)
            #expect(till.account.books.cash == 1_000_000)
            #expect(!till.account.isShiftOpen)
        }
        return code
    }

    private func expect(
        _ code: UInt32, _ request: PBRequest, version: UInt16 = 203, _ changes: [(String, Change)],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        for (name, change) in changes {
            #expect(
                try self.code(request, version: version, change) == code, "\(name)", sourceLocation: sourceLocation)
        }
    }

    @Test("At most one payment of each kind, and only the three kinds of this edition")
    func payments() throws {
        let cash = RawRequests.payment(.paymentCash, 3_000)
        let card = RawRequests.payment(.paymentCard, 3_000)
        let mobile = RawRequests.payment(.paymentMobile, 4_000)
        func ticket(_ payments: [PBTicketRequest.Payment]) -> PBRequest {
            RawRequests.ticket([RawRequests.commodity(10_000)], total: 10_000, payments: payments)
        }
        #expect(try self.code(ticket([cash, card, mobile])) == 0)
        #expect(try self.code(ticket([cash, cash, mobile])) == 13)
        #expect(try self.code(ticket([card, card])) == 13)
        #expect(try self.code(ticket([])) == 0)
        for retired in [2, 3] {
            let payment = RawRequests.payment(.UNRECOGNIZED(retired), 10_000)
            #expect(try self.code(ticket([payment])) == 3)
            #expect(try self.code(ticket([payment]), version: 201) == 3)
            #expect(try self.code(ticket([payment]), version: 200) == 0)
        }
        #expect(try self.code(ticket([mobile]), version: 201) == 0)
    }

    @Test("Taxes stand at the lines or at the ticket, each percent once in a list")
    func taxes() throws {
        let twelve = RawRequests.tax(12_000, 1_071)
        let five = RawRequests.tax(5_000, 476)
        let plain = RawRequests.sale()
        try self.expect(
            0, plain,
            [
                ("none", { _ in }),
                ("at the line", { $0.ticket.items[0].commodity.taxes = [twelve] }),
                ("two at the line", { $0.ticket.items[0].commodity.taxes = [twelve, five] }),
                ("at the ticket", { $0.ticket.taxes = [twelve] }),
                ("two at the ticket", { $0.ticket.taxes = [twelve, five] }),
                (
                    "the same at two lines",
                    {
                        $0.ticket.items[0].commodity.taxes = [twelve]
                        $0.ticket.items.append(RawRequests.commodity(1, taxes: [twelve]))
                    }
                ),
            ])
        let otherRegime = RawRequests.taxOfRegime(101, 12_000)
        try self.expect(
            13, plain,
            [
                (
                    "both levels",
                    {
                        $0.ticket.items[0].commodity.taxes = [twelve]
                        $0.ticket.taxes = [five]
                    }
                ),
                (
                    "a line's discount and the ticket",
                    {
                        $0.ticket.items.append(RawRequests.discount(1).with { $0.discount.taxes = [twelve] })
                        $0.ticket.taxes = [five]
                    }
                ),
                (
                    "a line and the ticket's discount",
                    {
                        $0.ticket.items[0].commodity.taxes = [twelve]
                        $0.ticket.amounts.discount = RawRequests.modifier(1, taxes: [five])
                    }
                ),
                ("twice at the line", { $0.ticket.items[0].commodity.taxes = [twelve, twelve] }),
                ("twice at the ticket", { $0.ticket.taxes = [twelve, otherRegime] }),
                (
                    "twice at a discount",
                    {
                        $0.ticket.items.append(RawRequests.discount(1).with { $0.discount.taxes = [five, five] })
                    }
                ),
                (
                    "twice at a storno",
                    {
                        $0.ticket.items.append(
                            RawRequests.stornoCommodity(1).with { $0.stornoCommodity.taxes = [five, five] })
                    }
                ),
                ("tax 101", { $0.ticket.taxes = [twelve.with { $0.taxType = 101 }] }),
                ("regime 99", { $0.ticket.taxes = [twelve.with { $0.taxationType = 99 }] }),
                ("regime 104", { $0.ticket.taxes = [twelve.with { $0.taxationType = 104 }] }),
            ])
        let patent = RawRequests.sale().with { $0.ticket.taxes = [RawRequests.taxOfRegime(103, 12_000)] }
        #expect(try self.code(patent) == 0)
        #expect(try self.code(patent, version: 204) == 13)
    }

    @Test("Kinds that there are not, and parts that exclude each other")
    func kinds() throws {
        try self.expect(
            3, RawRequests.sale(),
            [
                ("operation 4", { $0.ticket.operation = .UNRECOGNIZED(4) }),
                ("item 0", { $0.ticket.items[0].type = .itemTypeUnspecified }),
                ("item 7", { $0.ticket.items[0].type = .UNRECOGNIZED(7) }),
            ])
        try self.expect(
            13, RawRequests.sale(),
            [
                (
                    "markup and discount",
                    {
                        $0.ticket.amounts.markup = RawRequests.modifier(1)
                        $0.ticket.amounts.discount = RawRequests.modifier(1)
                    }
                ),
                ("domain 6", { $0.ticket.domain.type = .UNRECOGNIZED(6) }),
            ])
        #expect(try self.code(RawRequests.sale()) { $0.ticket.amounts.markup = RawRequests.modifier(1) } == 0)
        #expect(try self.code(RawRequests.sale()) { $0.ticket.amounts.discount = RawRequests.modifier(1) } == 0)
        let saleReturn = RawRequests.ticket([RawRequests.commodity(1)], total: 1, .operationSellReturn)
        #expect(try self.code(saleReturn) == 0)
        #expect(try self.code(saleReturn) { $0.ticket.parentTicket.parentTicketNumber = "" } == 15)
        #expect(try self.code(saleReturn) { $0.ticket.parentTicket.kgdKkmID = "" } == 15)
    }

    @Test("Numbers, dates and times out of their printed ranges")
    func ranges() throws {
        try self.expect(
            13, RawRequests.sale(),
            [
                ("year 13", { $0.ticket.dateTime.date.year = 13 }),
                ("year 20130", { $0.ticket.dateTime.date.year = 20_130 }),
                ("month 0", { $0.ticket.dateTime.date.month = 0 }),
                ("month 13", { $0.ticket.dateTime.date.month = 13 }),
                ("day 0", { $0.ticket.dateTime.date.day = 0 }),
                ("day 32", { $0.ticket.dateTime.date.day = 32 }),
                ("hour 24", { $0.ticket.dateTime.time.hour = 24 }),
                ("minute 60", { $0.ticket.dateTime.time.minute = 60 }),
                ("second 60", { $0.ticket.dateTime.time.second = 60 }),
                ("coins 100", { $0.ticket.items[0].commodity.price.coins = 100 }),
                ("uint32", { $0.ticket.operator.code = 2_147_483_648 }),
                ("uint64", { $0.ticket.items[0].commodity.price.bills = 9_223_372_036_854_775_808 }),
                ("latitude", { $0.service.securityStats.geoPosition.latitude = 900_001 }),
                ("south", { $0.service.securityStats.geoPosition.latitude = -1 }),
                ("longitude", { $0.service.securityStats.geoPosition.longitude = 1_800_001 }),
                ("more tiyn than are counted", { $0.ticket.amounts.total.bills = 9_223_372_036_854_775_807 }),
                (
                    "a period that ends first",
                    {
                        $0.service.offlinePeriod.beginTime = RawRequests.time(10)
                        $0.service.offlinePeriod.endTime = RawRequests.time(9, 59, 59)
                    }
                ),
            ])
        try self.expect(
            0, RawRequests.sale(),
            [
                (
                    "31 February",
                    {
                        $0.ticket.dateTime.date.month = 2
                        $0.ticket.dateTime.date.day = 31
                    }
                ),
                (
                    "the largest numbers",
                    {
                        $0.ticket.operator.code = 2_147_483_647
                        $0.ticket.items[0].commodity.price.bills = 9_223_372_036_854_775_807
                        $0.ticket.dateTime.time.hour = 23
                    }
                ),
                ("the whole width of an offline number", { $0.ticket.offlineTicketNumber = 4_294_967_295 }),
                (
                    "the edges of the earth",
                    {
                        $0.service.securityStats.geoPosition.latitude = 900_000
                        $0.service.securityStats.geoPosition.longitude = 1_800_000
                    }
                ),
            ])
    }

    @Test("Five kinds of advertisements may be held, none twice and no sixth")
    func heldAds() throws {
        func held(_ numbers: [Int]) -> PBRequest {
            RawRequests.system.with { request in
                request.service.ticketAdInfos = numbers.map { number in
                    var info = PBTicketAdInfo()
                    info.type = PBTicketAdTypeEnum(rawValue: number) ?? .ticketAdOfd
                    info.version = 5_000_000_000
                    return info
                }
            }
        }
        #expect(try self.code(held([0, 1, 2, 3, 4])) == 0)
        #expect(try self.code(held([0, 1, 0])) == 13)
        #expect(try self.code(held([0, 1, 2, 3, 4, 4])) == 13)
        #expect(try self.code(held([5])) == 3)
    }

    @Test("Not enough cash: withdrawals, purchases and returns of sales, by what of them is cash")
    func cash() throws {
        let till = RawTill()
        #expect(try till.code(RawRequests.deposit(10_000)) == 0)
        #expect(try till.code(RawRequests.withdrawal(10_001)) == 14)
        func outgoing(_ operation: PBOperationTypeEnum, _ cash: Int64) -> PBRequest {
            RawRequests.ticket(
                [RawRequests.commodity(20_000)], total: 20_000, operation,
                payments: [
                    RawRequests.payment(.paymentCash, cash), RawRequests.payment(.paymentCard, 20_000 - cash),
                ])
        }
        for operation in [PBOperationTypeEnum.operationBuy, .operationSellReturn] {
            #expect(try till.code(outgoing(operation, 10_001)) == 14)
        }
        #expect(till.account.books.cash == 10_000)
        #expect(try till.code(outgoing(.operationBuy, 4_000)) == 0)
        #expect(try till.code(outgoing(.operationSellReturn, 6_001)) == 14)
        #expect(try till.code(outgoing(.operationSellReturn, 5_000)) == 0)
        #expect(try till.code(outgoing(.operationBuyReturn, 20_000)) == 0)
        #expect(try till.code(RawRequests.withdrawal(21_000)) == 0)
        #expect(till.account.books.cash == 0)
        // A drained one too: the document knows no exception.
        #expect(try till.code(RawRequests.withdrawal(1).drained(8...9)) == 14)
    }

    @Test("A buyer with the seller's IIN/BIN: code 17, and another buyer as a new request is fine")
    func sameTaxpayer() throws {
        let till = RawTill()
        let request = RawRequests.sale().with { $0.ticket.extensionOptions.customerIinOrBin = "123456789012" }
        #expect(try till.code(request) == 17)
        #expect(try till.code(request.with { $0.ticket.extensionOptions.customerIinOrBin = "012345678901" }) == 0)
        #expect(till.account.documents.count == 1)
        // Code 17 came with 2.0.2.
        #expect(try self.code(request, version: 202) == 17)
        #expect(try self.code(request, version: 201) == 13)
    }

    @Test("Who is not known is trusted, who has no right is refused, unless the rules say otherwise")
    func rights() throws {
        let till = RawTill()
        till.account.cashiers = [
            OFDCashier(login: "a", password: "b", code: 7, name: "Қ", commands: [.ticket]),
            OFDCashier(login: "c", password: "d", code: 8, name: "С"),
        ]
        func sale(_ code: UInt32) -> PBRequest { RawRequests.sale().with { $0.ticket.operator.code = code } }
        func deposit(_ code: UInt32) -> PBRequest {
            RawRequests.deposit(1).with { $0.moneyPlacement.operator.code = code }
        }
        for code in [UInt32(1), 7, 8] { #expect(try till.code(sale(code)) == 0) }
        #expect(try till.code(deposit(7)) == 13)
        #expect(try till.code(deposit(8)) == 0)
        #expect(try till.code(RawRequests.closeShift().with { $0.closeShift.operator.code = 7 }) == 13)
        till.account.trustsUnknownOperators = false
        #expect(try till.code(sale(1)) == 13)
        #expect(try till.code(sale(7)) == 0)
    }

    @Test("A block, by whatever name, refuses every command until it ends", arguments: RawCommand.allCases)
    func blocks(command: RawCommand) throws {
        for block in OFDAccount.Block.allCases {
            let till = RawTill()
            till.account.block = block
            #expect(try till.code(command.request) == 15)
            #expect(till.account.documents.isEmpty)
            till.account.block = nil
            #expect(try till.code(command.request) == 0)
        }
        let codes: [(OFDAccount.Block, UInt32)] = [(.blocked, 15), (.deregistered, 18), (.disconnected, 19)]
        for (block, code) in codes {
            let till = RawTill(version: 204)
            till.account.block = block
            #expect(try till.code(command.request) == code)
        }
    }

    @Test("A register that knows of its block must say in SYSTEM who it is")
    func blockedSystem() throws {
        let bare = RawRequests.system.with { $0.service.clearRegInfo() }
        let till = RawTill()
        till.account.block = .blocked
        till.account.blockText = "Обратитесь к оператору"
        let answer = try #require(try till.send(bare))
        #expect(answer.code == 15)
        #expect(answer.response.result.resultText == "Обратитесь к оператору")
        #expect(try till.code(bare) == 3)
        #expect(try till.code(RawRequests.system) == 15)
        till.account.block = nil
        #expect(try till.code(RawRequests.system) == 0)
        #expect(try till.code(bare) == 0)
    }

    @Test("After 24 hours tickets and cash get code 11 again and again, a close 0, and then the next ticket 0")
    func shiftLimit() throws {
        let till = RawTill()
        #expect(try till.code(RawRequests.sale()) == 0)
        till.now = till.now + .milliseconds(24 * 3_600_000 - 1)
        #expect(try till.code(RawRequests.sale()) == 0)
        till.now = till.now + .milliseconds(1)
        for _ in 0..<3 {
            #expect(try till.code(RawRequests.sale()) == 11)
            #expect(try till.code(RawRequests.deposit(1)) == 11)
        }
        for command in [RawCommand.info, .report, .system, .nomenclature, .auth] {
            #expect(try till.code(command.request) == 0)
        }
        #expect(try till.code(RawRequests.closeShift()) == 0)
        #expect(try till.code(RawRequests.sale()) == 0)
        #expect(till.account.books.shiftNumber == 2)
        // The limit is a parameter.
        till.authority.rules.shiftLimitSeconds = 10
        till.now = till.now + .seconds(10)
        #expect(try till.code(RawRequests.sale()) == 11)
    }

    @Test("What is sent after an offline time never gets code 11")
    func drainedOldShift() throws {
        let till = RawTill()
        #expect(try till.code(RawRequests.sale()) == 0)
        till.account.ageShift(by: .seconds(90 * 3600))
        #expect(try till.code(RawRequests.sale()) == 11)
        #expect(try till.code(RawRequests.sale().drained(8...9)) == 0)
        #expect(try till.code(RawRequests.deposit(1).drained(8...9)) == 0)
        // A period without length is none.
        #expect(try till.code(RawRequests.sale().drained(9...9)) == 11)
    }

    @Test("A shift that a drained document opened began when that was issued")
    func drainedOpening() throws {
        let till = RawTill()
        till.now = FiscalInstant(secondsSinceEpoch: 1_795_150_800 + 23 * 3600)
        #expect(
            try till.code(RawRequests.sale().with { $0.ticket.dateTime = RawRequests.time(10) }.drained(8...9)) == 0)
        #expect(till.account.shiftOpenedAt == FiscalInstant(secondsSinceEpoch: 1_795_150_800))
        #expect(try till.code(RawRequests.sale()) == 0)
        till.now = till.now + .seconds(3600)
        #expect(try till.code(RawRequests.sale()) == 11)
    }
}

extension PBTicketRequest.Item {
    fileprivate func with(_ change: (inout Self) -> Void) -> Self {
        var changed = self
        change(&changed)
        return changed
    }
}

extension PBTicketRequest.Tax {
    fileprivate func with(_ change: (inout Self) -> Void) -> Self {
        var changed = self
        change(&changed)
        return changed
    }
}

extension RawRequests {
    fileprivate static func taxOfRegime(_ regime: UInt32, _ percent: UInt32) -> PBTicketRequest.Tax {
        var tax = Self.tax(percent, 1_071)
        tax.taxationType = regime
        return tax
    }
}
