import FiscalCore

/// What each field must be by itself: there, within its range, of its table, and not empty.
extension TicketReview {
    mutating func checkFields(isStamped: Bool) {
        for issue in PresenceCheck.issues(in: self.ticket, edition: self.edition)
        where isStamped || issue.field != "date_time" { self.issues.add(issue) }
        for issue in RangeCheck.issues(in: self.ticket, edition: self.edition) { self.issues.add(issue) }
        self.checkTexts()
        let options = self.ticket.extensionOptions
        if options.hasCustomerIinOrBin {
            do { _ = try IINBIN(options.customerIinOrBin) } catch {
                self.issues.add("extension_options.customer_iin_or_bin", error.rule, error.limit)
            }
        }
    }

    /// A mandatory text says something: an empty one is none.
    private mutating func checkTexts() {
        let domain = self.ticket.domain
        self.check(domain.services.hasAccountNumber, domain.services.accountNumber, "domain.services.account_number")
        self.check(domain.taxi.hasCarNumber, domain.taxi.carNumber, "domain.taxi.car_number")
        for (index, item) in self.ticket.items.enumerated() {
            let field = "items[\(index)]."
            if item.hasCommodity {
                let part = item.commodity
                self.check(part.hasName, part.name, field + "commodity.name")
                self.check(part.hasSectionCode, part.sectionCode, field + "commodity.section_code")
                self.check(part.hasMeasureUnitCode, part.measureUnitCode, field + "commodity.measure_unit_code")
            }
            if item.hasStornoCommodity {
                let part = item.stornoCommodity
                self.check(part.hasSectionCode, part.sectionCode, field + "storno_commodity.section_code")
                self.check(part.hasMeasureUnitCode, part.measureUnitCode, field + "storno_commodity.measure_unit_code")
            }
            if let (part, name) = item.modifier { self.check(part.hasName, part.name, field + name + ".name") }
        }
        let amounts = self.ticket.amounts
        self.check(amounts.markup.hasName, amounts.markup.name, "amounts.markup.name")
        self.check(amounts.discount.hasName, amounts.discount.name, "amounts.discount.name")
    }

    private mutating func check(_ isThere: Bool, _ text: String, _ field: @autoclosure () -> String) {
        if isThere && text.isEmpty { self.issues.add(field(), .length, "not empty") }
    }
}
