import FiscalCore
import OFDKazProtocol
import Testing

@Suite("What the fields of a receipt demand of each other")
struct TicketRelationRulesTests {
    @Test("Taxes are of lines or of the whole: together, exactly that issue", arguments: taxLevelsChanges)
    func taxLevels(change: TicketChange) { change.expectExactlyThatIssue() }

    static let taxLevelsChanges: [TicketChange] = {
        var sale = TicketChanges(SampleTickets.sale())
        sale.add("KAZ-131", "taxes", .notAllowed) { $0.taxes = [SampleTickets.vat(12_000, 26_79, inside: true)] }
        sale.add("KAZ-131", "amounts.discount.taxes", .notAllowed) {
            $0.amounts.discount = SampleTickets.modifier(0, [SampleTickets.vat(12_000, 0, inside: true)])
        }
        var whole = TicketChanges(SampleTickets.taxedAsAWhole())
        whole.add("KAZ-132", "taxes", .consistency) {
            $0.taxes = [SampleTickets.vat(12_000, 9_64, inside: true), SampleTickets.vat(12_000, 9_64, inside: true)]
            $0.taxes[1].taxationType = 101
        }
        whole.add("KAZ-160", "taxes", .notAllowed) {
            $0.items[0].commodity.taxes = [SampleTickets.vat(12_000, 10_71, inside: true)]
        }
        whole.add("KAZ-179", "taxes", .notAllowed) {
            $0.items.append(SampleTickets.commodity(1000, price: 1_12, sum: 1_12, []))
            $0.items.append(
                SampleTickets.storno(1000, price: 1_12, sum: 1_12, [SampleTickets.vat(12_000, 12, inside: true)]))
        }
        whole.add("KAZ-131", "taxes", .notAllowed) {
            $0.items.append(SampleTickets.modifier(.itemTypeMarkup, 0, [SampleTickets.vat(5000, 0, inside: true)]))
        }
        return sale.list + whole.list
    }()

    @Test("Either level by itself is right, and so is a receipt without taxes")
    func oneLevel() {
        #expect(TicketRules.issues(in: SampleTickets.sale(), edition: .v203) == [])
        #expect(TicketRules.issues(in: SampleTickets.taxedAsAWhole(), edition: .v203) == [])
        #expect(TicketRules.issues(in: SampleTickets.saleReturn(), edition: .v203) == [])
    }

    @Test("A markup of the whole excludes a discount of the whole; each alone is right")
    func markupOrDiscount() {
        var ticket = SampleTickets.sale()
        ticket.amounts.markup = SampleTickets.modifier(0, [])
        #expect(TicketRules.issues(in: ticket, edition: .v203) == [])
        ticket.amounts.discount = SampleTickets.modifier(0, [])
        #expect(TicketRules.issues(in: ticket, edition: .v203).map(\.field) == ["amounts.discount"])
        #expect(TicketRules.issues(in: ticket, edition: .v203).map(\.rule) == [.notAllowed])
        ticket.amounts.clearMarkup()
        #expect(TicketRules.issues(in: ticket, edition: .v203) == [])
    }

    @Test("A sale has no parent; before 2.0.3 no receipt has one")
    func parents() {
        var sale = SampleTickets.sale()
        sale.parentTicket = SampleTickets.saleReturn().parentTicket
        #expect(TicketRules.issues(in: sale, edition: .v203).map(\.field) == ["parent_ticket"])
        #expect(TicketRules.issues(in: sale, edition: .v203).map(\.rule) == [.notAllowed])

        var orphan = SampleTickets.saleReturn()
        orphan.clearParentTicket()
        #expect(TicketRules.issues(in: orphan, edition: .v202) == [])
        #expect(TicketRules.issues(in: orphan, edition: .v203).map(\.field) == ["parent_ticket"])
    }

    @Test(
        "Blocks of another trade, or of another kind of line, are ignored with all that is wrong in them",
        arguments: [PBDomainTypeEnum.domainTrading, .domainServices, .domainGasoil])
    func ignoredBlocks(domain: PBDomainTypeEnum) {
        var ticket = SampleTickets.sale()
        ticket.domain.type = domain
        ticket.domain.services.accountNumber = "A-1"
        ticket.domain.gasoil = PBTicketRequest.Domain.GasOil()
        ticket.domain.taxi = PBTicketRequest.Domain.Taxi()
        ticket.domain.parking.beginTime.date.month = 13
        ticket.items[1].commodity.quantity = .max
        ticket.items[0].discount.sum.coins = 100
        #expect(TicketRules.issues(in: ticket, edition: .v203) == [])
    }

    @Test("A receipt without a domain, or with one that has no type, is right")
    func noDomain() {
        var ticket = SampleTickets.sale()
        ticket.domain.clearType()
        #expect(TicketRules.issues(in: ticket, edition: .v203) == [])
        ticket.clearDomain()
        #expect(TicketRules.issues(in: ticket, edition: .v203) == [])
    }

    @Test("Goods of the Virtual Warehouse need one of three identifiers", arguments: [0, 4])
    func virtualWarehouse(index: Int) {
        func issues(_ change: (inout PBTicketRequest.Item) -> Void, flagged: Set<Int>) -> [FieldIssue] {
            var ticket = SampleTickets.sale()
            change(&ticket.items[index])
            return TicketRules.issues(in: ticket, edition: .v203, virtualWarehouse: flagged)
        }
        let part = index == 0 ? "commodity" : "storno_commodity"
        #expect(issues({ _ in }, flagged: []) == [])
        let missing = issues({ _ in }, flagged: [index])
        #expect(missing.map(\.field) == ["items[\(index)].\(part).product_id"])
        #expect(missing.map(\.rule) == [.required])
        let one = { (change: (inout PBTicketRequest.Item) -> Void) in issues(change, flagged: [index]) }
        #expect(
            one { if index == 0 { $0.commodity.productID = "77" } else { $0.stornoCommodity.productID = "77" } } == [])
        #expect(one { if index == 0 { $0.commodity.barcode = "46" } else { $0.stornoCommodity.barcode = "46" } } == [])
        #expect(one { if index == 0 { $0.commodity.ntin = "02" } else { $0.stornoCommodity.ntin = "02" } } == [])
    }

    @Test("One field has one issue, also where two rules are broken")
    func oneIssuePerField() {
        var ticket = SampleTickets.sale()
        ticket.items[0].commodity.productID = ""
        let issues = TicketRules.issues(in: ticket, edition: .v203, virtualWarehouse: [0])
        #expect(issues.map(\.field) == ["items[0].commodity.product_id"])
    }

    @Test("At 2.0.2 an NTIN does not travel, so it identifies nothing")
    func ntinBefore203() {
        var ticket = SampleTickets.sale()
        ticket.items[0].commodity.ntin = "0200000000001"
        #expect(TicketRules.issues(in: ticket, edition: .v203, virtualWarehouse: [0]) == [])
        #expect(
            TicketRules.issues(in: ticket, edition: .v202, virtualWarehouse: [0]).map(\.field)
                == ["items[0].commodity.product_id"])
    }

    @Test("The customer is not the seller, where the seller is known")
    func sameTaxpayer() {
        var ticket = SampleTickets.sale()
        ticket.extensionOptions.customerIinOrBin = "012345678901"
        #expect(TicketRules.issues(in: ticket, edition: .v203) == [])
        #expect(TicketRules.issues(in: ticket, edition: .v203, sellerIIN: "112345678901") == [])
        let issues = TicketRules.issues(in: ticket, edition: .v203, sellerIIN: "012345678901")
        #expect(issues.map(\.field) == ["extension_options.customer_iin_or_bin"])
        #expect(issues.map(\.rule) == [.consistency])
    }

    @Test("A receipt may be paid with nothing, and its other optional parts may be absent")
    func optionalParts() {
        var ticket = SampleTickets.sale()
        ticket.payments = []
        ticket.amounts.clearTaken()
        ticket.amounts.clearChange()
        #expect(TicketRules.issues(in: ticket, edition: .v203) == [])
        ticket.items[4].stornoCommodity.clearMeasureUnitCode()
        #expect(TicketRules.issues(in: ticket, edition: .v203) == [])
    }

    @Test("A fault in line 1 hides none in line 10")
    func manyLines() {
        var ticket = SampleTickets.sale()
        ticket.items += (0..<10).map { _ in SampleTickets.commodity(1000, price: 0, sum: 0, []) }
        ticket.items[1].discount.clearSum()
        ticket.items[10].commodity.sum.coins = 1
        #expect(
            TicketRules.issues(in: ticket, edition: .v203).map(\.field)
                == ["items[1].discount.sum", "items[10].commodity.sum"])
    }

    @Test("Several faults are all told at once")
    func allIssues() {
        var ticket = SampleTickets.sale()
        ticket.clearOperator()
        ticket.items[0].commodity.clearName()
        ticket.items[3].commodity.sum.bills += 1
        ticket.payments[1].clearType()
        let fields = TicketRules.issues(in: ticket, edition: .v203).map(\.field)
        #expect(
            Set(fields) == ["operator", "items[0].commodity.name", "items[3].commodity.sum", "payments[1].type"])
        #expect(fields.count == 4)
    }
}
