import FiscalCore
import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("The arithmetic of a receipt")
struct TicketSumRulesTests {
    @Test("One sum differs: exactly that issue", arguments: sumsChanges)
    func sums(change: TicketChange) { change.expectExactlyThatIssue() }

    static let sumsChanges: [TicketChange] = {
        var sale = TicketChanges(SampleTickets.sale())
        sale.add("KAZ-159", "items[0].commodity.sum", .consistency) {
            $0.items[0].commodity.sum = PBMoney(tiyn: 250_01)
        }
        sale.add("KAZ-159", "items[0].commodity.sum", .consistency) {
            $0.items[0].commodity.price = PBMoney(tiyn: 100_01)
        }
        sale.add("KAZ-159", "items[0].commodity.sum", .consistency) { $0.items[0].commodity.quantity = 2400 }
        // Without the tax on top the line would be 10.00.
        sale.add("KAZ-172", "items[3].commodity.sum", .consistency) { $0.items[3].commodity.sum = PBMoney(tiyn: 10_00) }
        sale.add("KAZ-178", "items[4].storno_commodity.sum", .consistency) {
            $0.items[4].stornoCommodity.sum = PBMoney(tiyn: 10_49)
        }
        sale.add("KAZ-171", "items[0].commodity.taxes[0].sum", .consistency) {
            $0.items[0].commodity.taxes[0].sum = PBMoney(tiyn: 26_78)
        }
        sale.add("KAZ-170", "items[0].commodity.taxes[0].sum", .consistency) {
            $0.items[0].commodity.taxes[0].percent = 12_100
        }
        sale.add("KAZ-172", "items[3].commodity.taxes[0].sum", .consistency) {
            $0.items[3].commodity.taxes[0].sum = PBMoney(tiyn: 51)
        }
        sale.add("KAZ-171", "items[1].discount.taxes[0].sum", .consistency) {
            $0.items[1].discount.taxes[0].sum = PBMoney(tiyn: 5_35)
        }
        sale.add("KAZ-198", "amounts.total", .consistency) { $0.amounts.total = PBMoney(tiyn: 249_99) }
        sale.add("KAZ-198", "amounts.total", .consistency) { $0.items[5].markup.sum = PBMoney(tiyn: 5_01) }
        sale.add("KAZ-198", "amounts.total", .consistency) { $0.amounts.markup = SampleTickets.modifier(1, []) }
        sale.add("KAZ-190", "payments", .consistency) { $0.payments[2].sum = PBMoney(tiyn: 49_99) }
        sale.add("KAZ-190", "payments[0].sum", .consistency) { $0.payments[0].sum = PBMoney(tiyn: 99_99) }
        sale.add("KAZ-199", "amounts.change", .consistency) { $0.amounts.taken = PBMoney(tiyn: 150_01) }
        sale.add("KAZ-200", "amounts.change", .consistency) { $0.amounts.change = PBMoney(tiyn: 49_99) }
        var whole = TicketChanges(SampleTickets.taxedAsAWhole())
        whole.add("KAZ-172", "taxes[0].sum", .consistency) { $0.taxes[0].sum = PBMoney(tiyn: 9_65) }
        whole.add("KAZ-172", "taxes[1].sum", .consistency) { $0.taxes[1].sum = PBMoney(tiyn: 4_51) }
        whole.add("KAZ-172", "amounts.total", .consistency) { $0.taxes[1].isInTotalSum = true }
        whole.add("KAZ-198", "amounts.total", .consistency) { $0.amounts.discount.sum = PBMoney(tiyn: 10_01) }
        return sale.list + whole.list
    }()

    @Test("More cannot be taken off than there is")
    func negativeTotal() {
        var ticket = SampleTickets.sale()
        ticket.items = [ticket.items[0], SampleTickets.modifier(.itemTypeDiscount, 250_01, [])]
        ticket.amounts.total = PBMoney(tiyn: 0)
        ticket.payments = []
        let issues = TicketRules.issues(in: ticket, edition: .v203)
        #expect(issues.map(\.field) == ["amounts.total"])
        #expect(issues.map(\.rule) == [.range])
    }

    @Test("A markup's taxes on top are inside its sum, and cannot be more than it")
    func modifierOnTop() {
        var ticket = SampleTickets.sale()
        ticket.items[5] = SampleTickets.modifier(.itemTypeMarkup, 5_25, [SampleTickets.vat(5000, 25, inside: false)])
        ticket.items[6] = SampleTickets.modifier(
            .itemTypeStornoMarkup, 5_25, [SampleTickets.vat(5000, 25, inside: false)])
        #expect(TicketRules.issues(in: ticket, edition: .v203) == [])
        ticket.items[5].markup.taxes[0].sum = PBMoney(tiyn: 5_26)
        #expect(TicketRules.issues(in: ticket, edition: .v203).map(\.field) == ["items[5].markup.sum"])
    }

    @Test(
        "Half a tiyn goes up, once for a line and once for a tax",
        arguments: [
            // Price, quantity, percent; line, tax inside, tax on top: worked out by hand.
            (1, 500, 50_000, 1, 0, 1),
            (1, 499, 12_000, 0, 0, 0),
            (3, 1500, 12_000, 5, 1, 1),
            (333, 3003, 12_000, 1000, 107, 120),
            (100, 125, 4000, 13, 1, 1),
            (25, 100, 0, 3, 0, 0),
        ] as [(UInt64, UInt64, UInt32, UInt64, UInt64, UInt64)])
    func rounding(numbers: (UInt64, UInt64, UInt32, UInt64, UInt64, UInt64)) {
        let (price, quantity, percent, line, inside, onTop) = numbers
        for (isInside, tax) in [(true, inside), (false, onTop)] {
            var ticket = SampleTickets.sale()
            let sum = isInside ? line : line + tax
            ticket.items = [
                SampleTickets.commodity(
                    quantity, price: price, sum: sum, [SampleTickets.vat(percent, tax, inside: isInside)])
            ]
            ticket.amounts.total = PBMoney(tiyn: sum)
            ticket.payments = []
            #expect(TicketRules.issues(in: ticket, edition: .v203) == [])
            ticket.items[0].commodity.taxes[0].sum = PBMoney(tiyn: tax + 1)
            #expect(!TicketRules.issues(in: ticket, edition: .v203).isEmpty)
        }
    }

    @Test("The largest amounts of the wire are reckoned with, and nothing traps")
    func extremes() {
        var ticket = SampleTickets.sale()
        let largest = PBMoney.with {
            $0.bills = UInt64(Int64.max)
            $0.coins = 99
        }
        ticket.items = [SampleTickets.commodity(1000, price: 0, sum: 0, [])]
        ticket.items[0].commodity.price = largest
        ticket.items[0].commodity.sum = largest
        ticket.amounts.total = largest
        ticket.payments = []
        #expect(TicketRules.issues(in: ticket, edition: .v203) == [])

        let beyond = PBMoney.with {
            $0.bills = .max
            $0.coins = .max
        }
        ticket.items[0].commodity.price = beyond
        ticket.items[0].commodity.quantity = .max
        ticket.items[0].commodity.taxes = [SampleTickets.vat(.max, .max, inside: true)]
        ticket.amounts.discount = SampleTickets.modifier(.max, [])
        ticket.amounts.taken = beyond
        #expect(!TicketRules.issues(in: ticket, edition: .v203).isEmpty)
    }

    @Test(
        "A discount of the whole receipt that names a tax takes its part of it away; one that does not leaves the rest")
    func wholeDiscountWithTax() {
        var ticket = SampleTickets.frame(.operationSell)
        ticket.items = [SampleTickets.commodity(1000, price: 1000_00, sum: 1000_00, [])]
        // 1000.00 + 120.00 - (100.00 + 12.00) = 1008.00, as 900.00 + 108.00 is.
        ticket.taxes = [SampleTickets.vat(12_000, 120_00, inside: false)]
        ticket.amounts.discount = SampleTickets.modifier(112_00, [SampleTickets.vat(12_000, 12_00, inside: false)])
        ticket.amounts.total = PBMoney(tiyn: 1008_00)
        #expect(TicketRules.issues(in: ticket, edition: .v203) == [])
        ticket.taxes = [SampleTickets.vat(12_000, 108_00, inside: false)]
        ticket.amounts.discount = SampleTickets.modifier(100_00, [])
        #expect(TicketRules.issues(in: ticket, edition: .v203) == [])
        ticket.amounts.discount.taxes = [SampleTickets.vat(5000, 4_76, inside: true)]
        #expect(TicketRules.issues(in: ticket, edition: .v203) == [])
    }

    @Test("Change is reckoned only for cash")
    func cardOnly() {
        var ticket = SampleTickets.saleReturn()
        #expect(!ticket.amounts.hasTaken)
        #expect(TicketRules.issues(in: ticket, edition: .v203) == [])
        ticket.amounts.taken = PBMoney(tiyn: 10_50)
        #expect(TicketRules.issues(in: ticket, edition: .v203) == [])
    }
}
