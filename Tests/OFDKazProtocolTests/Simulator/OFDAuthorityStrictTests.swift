import FiscalSimulators
import OFDKazProtocol
import Testing

/// What the document leaves open, and this authority minds only when it is told to.
@Suite("The simulated OFD: strict readings, sums, and the old control of numbers")
struct OFDAuthorityStrictTests {
    private func code(_ request: PBRequest) throws -> UInt32? {
        try RawTill { $0.rules.checksArithmetic = true }.code(request)
    }

    @Test("Line sums: price times quantity, rounded half up, with the taxes that are not in the price")
    func lines() throws {
        let exact: [(Int64, UInt64, Int64)] = [
            (10_000, 2_500, 25_000), (333, 1_500, 500), (333, 500, 167), (1, 499, 0), (1, 500, 1), (999, 1, 1),
        ]
        for (price, quantity, sum) in exact {
            let line = RawRequests.commodity(price, quantity: quantity, sum: sum)
            #expect(try self.code(RawRequests.ticket([line], total: sum)) == 0)
            let more = RawRequests.commodity(price, quantity: quantity, sum: sum + 1)
            #expect(try self.code(RawRequests.ticket([more], total: sum + 1)) == 13)
            #expect(try RawTill().code(RawRequests.ticket([more], total: sum + 1)) == 0)
        }
        let onTop = RawRequests.commodity(10_000, sum: 11_200, taxes: [RawRequests.tax(12_000, 1_200, inside: false)])
        #expect(try self.code(RawRequests.ticket([onTop], total: 11_200)) == 0)
        let withoutTax = RawRequests.commodity(10_000, taxes: [RawRequests.tax(12_000, 1_200, inside: false)])
        #expect(try self.code(RawRequests.ticket([withoutTax], total: 10_000)) == 13)
        // Adding the tax of a line once more to the total is wrong.
        #expect(try self.code(RawRequests.ticket([onTop], total: 12_400)) == 13)
    }

    @Test("Taxes: a percentage of the amount, or what it made of the rest when it is inside")
    func taxes() throws {
        let inside = RawRequests.commodity(11_200, taxes: [RawRequests.tax(12_000, 1_200)])
        #expect(try self.code(RawRequests.ticket([inside], total: 11_200)) == 0)
        let wrong = RawRequests.commodity(11_200, taxes: [RawRequests.tax(12_000, 1_201)])
        #expect(try self.code(RawRequests.ticket([wrong], total: 11_200)) == 13)
        // At the ticket: those on top are added to the total.
        let line = RawRequests.commodity(10_000)
        let onTop = RawRequests.ticket([line], total: 11_200).with {
            $0.ticket.taxes = [RawRequests.tax(12_000, 1_200, inside: false)]
        }
        #expect(try self.code(onTop) == 0)
        let notAdded = RawRequests.ticket([line], total: 10_000).with { $0.ticket.taxes = onTop.ticket.taxes }
        #expect(try self.code(notAdded) == 13)
        let insideTotal = RawRequests.ticket([RawRequests.commodity(11_200)], total: 11_200).with {
            $0.ticket.taxes = [RawRequests.tax(12_000, 1_200)]
        }
        #expect(try self.code(insideTotal) == 0)
    }

    @Test("The total: lines less stornos, with markups, without discounts, theirs and those of the ticket")
    func totals() throws {
        let items = [
            RawRequests.commodity(10_000), RawRequests.commodity(3_000), RawRequests.stornoCommodity(3_000),
            RawRequests.discount(500), RawRequests.markup(70),
        ]
        #expect(try self.code(RawRequests.ticket(items, total: 9_570)) == 0)
        #expect(try self.code(RawRequests.ticket(items, total: 9_571)) == 13)
        let discounted = RawRequests.ticket(items, total: 9_500).with {
            $0.ticket.amounts.discount = RawRequests.modifier(70)
        }
        #expect(try self.code(discounted) == 0)
        let marked = RawRequests.ticket(items, total: 9_600).with {
            $0.ticket.amounts.markup = RawRequests.modifier(30)
        }
        #expect(try self.code(marked) == 0)
    }

    @Test("Payments make the total; of cash what was kept counts, taken less change")
    func payments() throws {
        func ticket(_ cash: Int64, _ card: Int64, change: Int64 = 0) -> PBRequest {
            RawRequests.ticket(
                [RawRequests.commodity(10_000)], total: 10_000,
                payments: [RawRequests.payment(.paymentCash, cash), RawRequests.payment(.paymentCard, card)],
                change: change)
        }
        #expect(try self.code(ticket(6_000, 4_000)) == 0)
        #expect(try self.code(ticket(6_000, 4_000, change: 2_000)) == 0)
        #expect(try self.code(ticket(8_000, 4_000)) == 13)
        #expect(try self.code(ticket(6_000, 4_000, change: 2_000).with { $0.ticket.amounts.change.bills = 0 }) == 13)
        #expect(try self.code(RawRequests.sale().with { $0.ticket.payments = [] }) == 0)
    }

    @Test("Numbers beyond every sum are refused, not computed")
    func hugeNumbers() throws {
        let huge = RawRequests.sale().with {
            $0.ticket.items[0].commodity.price.bills = 9_223_372_036_854_775_807
            $0.ticket.items[0].commodity.quantity = 9_223_372_036_854_775_807
        }
        #expect(try self.code(huge) == 13)
    }

    @Test("Strict: an offline mark wants a real offline period, and offline numbers differ")
    func marks() throws {
        let till = RawTill { $0.rules.isStrict = true }
        let offline = RawRequests.sale().with { $0.ticket.offlineTicketNumber = 1 }
        #expect(try till.code(offline) == 13)
        #expect(try till.code(RawRequests.sale().drained(8...9)) == 0)
        #expect(try till.code(offline.drained(8...9)) == 0)
        #expect(try till.code(RawRequests.sale()) == 0)
        let deposit = RawRequests.deposit(1).with { $0.moneyPlacement.isOffline = true }
        #expect(try till.code(deposit) == 13)
        #expect(try till.code(deposit.drained(8...9)) == 0)
        // The same number once more.
        #expect(try till.code(offline.drained(8...9)) == 13)
        // They need not follow one another.
        for number in [UInt32(900), 17, 4_294_967_295] {
            #expect(try till.code(offline.with { $0.ticket.offlineTicketNumber = number }.drained(8...9)) == 0)
        }
        #expect(try RawTill().code(offline) == 0)
    }

    @Test("Strict: documents come in the order of their times, and their numbers, when given, fit")
    func order() throws {
        let till = RawTill { $0.rules.isStrict = true }
        func sale(_ minute: UInt32, _ number: UInt64? = nil, shift: UInt32? = nil) -> PBRequest {
            RawRequests.sale().with {
                $0.ticket.dateTime = RawRequests.time(10, minute)
                if let number { $0.ticket.printedDocumentNumber = number }
                if let shift { $0.ticket.frShiftNumber = shift }
            }
        }
        #expect(try till.code(sale(5, 10, shift: 2)) == 13)
        #expect(try till.code(sale(5, 10, shift: 1)) == 0)
        #expect(try till.code(sale(4, 11)) == 13)
        #expect(try till.code(sale(5, 10)) == 13)
        #expect(try till.code(sale(5, 11)) == 0)
        #expect(try till.code(sale(6)) == 0)
        #expect(try till.code(RawRequests.closeShift()) == 0)
    }

    @Test("The control of 2.0.0, off by default: both numbers, the next shift, growing documents, the running shift")
    func control() throws {
        func sale(_ shift: UInt32?, _ number: UInt64?) -> PBRequest {
            RawRequests.sale().with {
                if let shift { $0.ticket.frShiftNumber = shift }
                if let number { $0.ticket.printedDocumentNumber = number }
            }
        }
        let till = RawTill { $0.rules.controlsNumbers = true }
        let refused: [(UInt32?, UInt64?)] = [(nil, nil), (1, nil), (nil, 1), (2, 1), (0, 1)]
        for (shift, number) in refused { #expect(try till.code(sale(shift, number)) == 13) }
        #expect(try till.code(sale(1, 5_000_000_000)) == 0)
        for (shift, number) in [(1, 5_000_000_000), (1, 7), (2, 5_000_000_001)] as [(UInt32, UInt64)] {
            #expect(try till.code(sale(shift, number)) == 13)
        }
        #expect(try till.code(sale(1, 5_000_000_009)) == 0)
        let close = RawRequests.closeShift().with {
            $0.closeShift.frShiftNumber = 1
            $0.closeShift.printedDocumentNumber = 5_000_000_010
        }
        #expect(try till.code(close) == 0)
        #expect(try till.code(sale(3, 5_000_000_011)) == 13)
        #expect(try till.code(sale(2, 5_000_000_011)) == 0)

        let lenient = RawTill()
        let odd: [(UInt32?, UInt64?)] = [(nil, nil), (9, 5), (3, 5), (nil, 4)]
        for (shift, number) in odd { #expect(try lenient.code(sale(shift, number)) == 0) }
        #expect(lenient.account.documents.map(\.shiftNumber) == [1, 1, 1, 1])
        #expect(lenient.account.documents.map(\.printedDocumentNumber) == [nil, 5, 5, 4])
    }
}
