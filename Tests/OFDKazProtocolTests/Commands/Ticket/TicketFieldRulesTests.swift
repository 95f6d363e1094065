import FiscalCore
import OFDKazProtocol
import Testing

@Suite("The fields of a receipt: there, of their table, within their range")
struct TicketFieldRulesTests {
    @Test("The receipts that the tests change keep every rule", arguments: Edition.sendable)
    func samples(edition: Edition) {
        #expect(TicketRules.issues(in: SampleTickets.sale(), edition: edition) == [])
        #expect(TicketRules.issues(in: SampleTickets.taxedAsAWhole(), edition: edition) == [])
        #expect(TicketRules.issues(in: SampleTickets.saleReturn(), edition: edition) == [])
    }

    @Test("The main part: one change, exactly that issue", arguments: mainPartChanges)
    func mainPart(change: TicketChange) { change.expectExactlyThatIssue() }

    @Test("Lines: one change, exactly that issue", arguments: linesChanges)
    func lines(change: TicketChange) { change.expectExactlyThatIssue() }

    @Test("Taxes, markups and discounts: one change, exactly that issue", arguments: taxesAndModifiersChanges)
    func taxesAndModifiers(change: TicketChange) { change.expectExactlyThatIssue() }

    @Test("Payments and totals: one change, exactly that issue", arguments: paymentsAndTotalsChanges)
    func paymentsAndTotals(change: TicketChange) { change.expectExactlyThatIssue() }

    @Test("The parent of a return: one change, exactly that issue", arguments: parentChanges)
    func parent(change: TicketChange) { change.expectExactlyThatIssue() }

    @Test("Common types: one change, exactly that issue", arguments: commonTypesChanges)
    func commonTypes(change: TicketChange) { change.expectExactlyThatIssue() }

    static let mainPartChanges: [TicketChange] = {
        var changes = TicketChanges(SampleTickets.sale())
        changes.add("KAZ-123", "operation", .required) { $0.clearOperation() }
        changes.add("KAZ-390", "operation", .oneOf) { $0.operation = .UNRECOGNIZED(4) }
        changes.add("KAZ-124", "date_time", .required) { $0.clearDateTime() }
        changes.add("KAZ-125", "operator", .required) { $0.clearOperator() }
        changes.add("KAZ-399", "operator.code", .required) { $0.operator.clearCode() }
        changes.add("KAZ-127", "items", .required) { $0.items = [] }
        changes.add("KAZ-133", "amounts", .required) { $0.clearAmounts() }
        changes.add("KAZ-139", "parent_ticket", .required) { $0.operation = .operationSellReturn }
        changes.add("KAZ-139", "parent_ticket", .required) { $0.operation = .operationBuyReturn }
        changes.add("KAZ-142", "domain.services", .required) { $0.domain.type = .domainServices }
        changes.add("KAZ-142", "domain.services", .required) { $0.domain.type = .domainHotels }
        changes.add("KAZ-143", "domain.gasoil", .required) { $0.domain.type = .domainGasoil }
        changes.add("KAZ-144", "domain.taxi", .required) { $0.domain.type = .domainTaxi }
        changes.add("KAZ-145", "domain.parking", .required) { $0.domain.type = .domainParking }
        changes.add("KAZ-389", "domain.type", .oneOf) { $0.domain.type = .UNRECOGNIZED(6) }
        changes.add("KAZ-210", "extension_options.customer_iin_or_bin", .pattern) {
            $0.extensionOptions.customerIinOrBin = "12345678901X"
        }
        changes.add("KAZ-210", "extension_options.customer_iin_or_bin", .length) {
            $0.extensionOptions.customerIinOrBin = "12345678901"
        }
        return changes.list
    }()

    static let linesChanges: [TicketChange] = {
        var changes = TicketChanges(SampleTickets.sale())
        changes.add("KAZ-146", "items[0].type", .required) { $0.items[0].clearType() }
        changes.add("KAZ-153", "items[0].type", .oneOf) { $0.items[0].type = .itemTypeUnspecified }
        changes.add("KAZ-153", "items[0].type", .oneOf) { $0.items[0].type = .UNRECOGNIZED(7) }
        changes.add("KAZ-147", "items[0].commodity", .required) { $0.items[0].clearCommodity() }
        changes.add("KAZ-148", "items[4].storno_commodity", .required) { $0.items[4].clearStornoCommodity() }
        changes.add("KAZ-149", "items[5].markup", .required) { $0.items[5].clearMarkup() }
        changes.add("KAZ-150", "items[6].storno_markup", .required) { $0.items[6].clearStornoMarkup() }
        changes.add("KAZ-151", "items[1].discount", .required) { $0.items[1].clearDiscount() }
        changes.add("KAZ-152", "items[2].storno_discount", .required) { $0.items[2].clearStornoDiscount() }
        changes.add("KAZ-155", "items[0].commodity.name", .required) {
            $0.items[0].commodity.clearName()
            $0.items[0].commodity.code = 5
        }
        changes.add("KAZ-155", "items[0].commodity.name", .length) { $0.items[0].commodity.name = "" }
        changes.add("KAZ-156", "items[0].commodity.section_code", .required) {
            $0.items[0].commodity.clearSectionCode()
        }
        changes.add("KAZ-156", "items[0].commodity.section_code", .length) { $0.items[0].commodity.sectionCode = "" }
        changes.add("KAZ-157", "items[0].commodity.quantity", .required) { $0.items[0].commodity.clearQuantity() }
        changes.add("KAZ-157", "items[0].commodity.quantity", .range) {
            $0.items[0].commodity.quantity = 2_147_483_648
        }
        changes.add("KAZ-158", "items[0].commodity.price", .required) { $0.items[0].commodity.clearPrice() }
        changes.add("KAZ-159", "items[0].commodity.sum", .required) { $0.items[0].commodity.clearSum() }
        changes.add("KAZ-163", "items[0].commodity.product_id", .pattern) { $0.items[0].commodity.productID = "12A" }
        changes.add("KAZ-163", "items[0].commodity.product_id", .range) {
            $0.items[0].commodity.productID = "9223372036854775808"
        }
        changes.add("KAZ-166", "items[0].commodity.measure_unit_code", .required) {
            $0.items[0].commodity.clearMeasureUnitCode()
        }
        changes.add("KAZ-175", "items[4].storno_commodity.section_code", .required) {
            $0.items[4].stornoCommodity.clearSectionCode()
        }
        changes.add("KAZ-176", "items[4].storno_commodity.quantity", .required) {
            $0.items[4].stornoCommodity.clearQuantity()
        }
        changes.add("KAZ-177", "items[4].storno_commodity.price", .required) {
            $0.items[4].stornoCommodity.clearPrice()
        }
        changes.add("KAZ-178", "items[4].storno_commodity.sum", .required) { $0.items[4].stornoCommodity.clearSum() }
        changes.add("KAZ-183", "items[4].storno_commodity.measure_unit_code", .required, edition: .v204) {
            $0.items[4].stornoCommodity.clearMeasureUnitCode()
        }
        return changes.list
    }()

    static let taxesAndModifiersChanges: [TicketChange] = {
        var changes = TicketChanges(SampleTickets.sale())
        changes.add("KAZ-168", "items[0].commodity.taxes[0].tax_type", .required) {
            $0.items[0].commodity.taxes[0].clearTaxType()
        }
        changes.add("KAZ-168", "items[0].commodity.taxes[0].tax_type", .oneOf) {
            $0.items[0].commodity.taxes[0].taxType = 101
        }
        changes.add("KAZ-169", "items[0].commodity.taxes[0].taxation_type", .oneOf) {
            $0.items[0].commodity.taxes[0].taxationType = 99
        }
        changes.add("KAZ-169", "items[0].commodity.taxes[0].taxation_type", .oneOf) {
            $0.items[0].commodity.taxes[0].taxationType = 104
        }
        changes.add("KAZ-170", "items[0].commodity.taxes[0].percent", .required) {
            $0.items[0].commodity.taxes[0].clearPercent()
        }
        changes.add("KAZ-171", "items[0].commodity.taxes[0].sum", .required) {
            $0.items[0].commodity.taxes[0].clearSum()
        }
        changes.add("KAZ-172", "items[0].commodity.taxes[0].is_in_total_sum", .required) {
            $0.items[0].commodity.taxes[0].clearIsInTotalSum()
        }
        changes.add("KAZ-160", "items[0].commodity.taxes", .consistency) {
            $0.items[0].commodity.taxes.append($0.items[0].commodity.taxes[0])
        }
        changes.add("KAZ-179", "items[4].storno_commodity.taxes", .consistency) {
            $0.items[4].stornoCommodity.taxes.append($0.items[4].stornoCommodity.taxes[0])
        }
        changes.add("KAZ-187", "items[1].discount.taxes", .consistency) {
            $0.items[1].discount.taxes.append($0.items[1].discount.taxes[0])
        }
        changes.add("KAZ-185", "items[1].discount.name", .required) { $0.items[1].discount.clearName() }
        changes.add("KAZ-185", "items[2].storno_discount.name", .required) { $0.items[2].stornoDiscount.clearName() }
        changes.add("KAZ-185", "items[5].markup.name", .required) { $0.items[5].markup.clearName() }
        changes.add("KAZ-185", "items[6].storno_markup.name", .length) { $0.items[6].stornoMarkup.name = "" }
        changes.add("KAZ-186", "items[1].discount.sum", .required) { $0.items[1].discount.clearSum() }
        changes.add("KAZ-185", "amounts.markup.name", .required) {
            $0.amounts.markup = SampleTickets.modifier(0, [])
            $0.amounts.markup.clearName()
        }
        changes.add("KAZ-186", "amounts.discount.sum", .required) {
            $0.amounts.discount = SampleTickets.modifier(0, [])
            $0.amounts.discount.clearSum()
        }
        return changes.list
    }()

    static let paymentsAndTotalsChanges: [TicketChange] = {
        var changes = TicketChanges(SampleTickets.sale())
        changes.add("KAZ-129", "payments", .consistency) {
            $0.payments = [SampleTickets.payment(.paymentCash, 100_00), SampleTickets.payment(.paymentCash, 150_00)]
        }
        changes.add("KAZ-189", "payments[1].type", .required) { $0.payments[1].clearType() }
        changes.add("KAZ-392", "payments[1].type", .oneOf) { $0.payments[1].type = .UNRECOGNIZED(2) }
        changes.add("KAZ-392", "payments[1].type", .oneOf) { $0.payments[1].type = .UNRECOGNIZED(3) }
        changes.add("KAZ-190", "payments[1].sum", .required) { $0.payments[1].clearSum() }
        changes.add("KAZ-198", "amounts.total", .required) { $0.amounts.clearTotal() }
        changes.add("KAZ-199", "amounts.taken", .required) { $0.amounts.clearTaken() }
        changes.add("KAZ-200", "amounts.change", .required) { $0.amounts.clearChange() }
        return changes.list
    }()

    static let parentChanges: [TicketChange] = {
        var changes = TicketChanges(SampleTickets.saleReturn())
        changes.add("KAZ-139", "parent_ticket", .required) { $0.clearParentTicket() }
        changes.add("KAZ-203", "parent_ticket.parent_ticket_number", .required) {
            $0.parentTicket.clearParentTicketNumber()
        }
        changes.add("KAZ-203", "parent_ticket.parent_ticket_number", .length) {
            $0.parentTicket.parentTicketNumber = ""
        }
        changes.add("KAZ-204", "parent_ticket.parent_ticket_data_time", .required) {
            $0.parentTicket.clearParentTicketDataTime()
        }
        changes.add("KAZ-205", "parent_ticket.kgd_kkm_id", .required) { $0.parentTicket.clearKgdKkmID() }
        changes.add("KAZ-206", "parent_ticket.parent_ticket_total", .required) {
            $0.parentTicket.clearParentTicketTotal()
        }
        changes.add("KAZ-207", "parent_ticket.parent_ticket_is_offline", .required) {
            $0.parentTicket.clearParentTicketIsOffline()
        }
        return changes.list
    }()

    static let commonTypesChanges: [TicketChange] = {
        var changes = TicketChanges(SampleTickets.sale())
        changes.add("KAZ-008", "operator.code", .range) { $0.operator.code = 2_147_483_648 }
        changes.add("KAZ-009", "amounts.total.bills", .range) { $0.amounts.total.bills = 1 << 63 }
        changes.add("KAZ-386", "amounts.total.bills", .required) { $0.amounts.total.clearBills() }
        changes.add("KAZ-387", "amounts.total.coins", .required) { $0.amounts.total.clearCoins() }
        changes.add("KAZ-388", "items[0].commodity.price.coins", .range) { $0.items[0].commodity.price.coins = 100 }
        changes.add("KAZ-380", "date_time.date.year", .range) { $0.dateTime.date.year = 13 }
        changes.add("KAZ-380", "date_time.date.year", .range) { $0.dateTime.date.year = 20130 }
        changes.add("KAZ-381", "date_time.date.month", .range) { $0.dateTime.date.month = 0 }
        changes.add("KAZ-381", "date_time.date.month", .range) { $0.dateTime.date.month = 13 }
        changes.add("KAZ-381", "date_time.date.day", .range) { $0.dateTime.date.day = 0 }
        changes.add("KAZ-381", "date_time.date.day", .range) { $0.dateTime.date.day = 32 }
        changes.add("KAZ-383", "date_time.time.hour", .range) { $0.dateTime.time.hour = 24 }
        changes.add("KAZ-383", "date_time.time.minute", .range) { $0.dateTime.time.minute = 60 }
        changes.add("KAZ-384", "date_time.time.second", .range) { $0.dateTime.time.second = 60 }
        changes.add("KAZ-385", "date_time.date", .required) { $0.dateTime.clearDate() }
        changes.add("KAZ-385", "date_time.time", .required) { $0.dateTime.clearTime() }
        changes.add("KAZ-398", "items[0].commodity.auxiliary[0].key", .required) {
            $0.items[0].commodity.auxiliary = [PBKeyValuePair()]
        }
        return changes.list
    }()
}
