/// Takes out what an edition does not have (decision K17). The register says everything it knows; what of it travels is
/// decided here.
package enum EditionTrim {
    /// - Returns: the fields that were taken out, by their way from the receipt.
    @discardableResult
    package static func trim(_ ticket: inout PBTicketRequest, for edition: Edition) -> [String] {
        var removed: [String] = []
        if edition < .v203, ticket.hasParentTicket {
            ticket.clearParentTicket()
            removed.append("parent_ticket")
        }
        for index in ticket.items.indices {
            Self.trim(&ticket.items[index], for: edition, "items[\(index)]", &removed)
        }
        if edition < .v203 {
            for index in ticket.payments.indices { Self.trim(&ticket.payments[index], "payments[\(index)]", &removed) }
        }
        Self.trim(&ticket.taxes, for: edition, "taxes", &removed)
        if ticket.amounts.hasMarkup {
            Self.trim(&ticket.amounts.markup.taxes, for: edition, "amounts.markup.taxes", &removed)
        }
        if ticket.amounts.hasDiscount {
            Self.trim(&ticket.amounts.discount.taxes, for: edition, "amounts.discount.taxes", &removed)
        }
        return removed
    }

    package static func trim(_ service: inout PBServiceRequest, for edition: Edition) {
        guard edition < .v203 else { return }
        service.clearSecurityStats()
        // 2.0.2 has a number under this tag.
        if service.hasRegInfo, service.regInfo.hasOrg { service.regInfo.org.clearAddressKz() }
    }

    private static func trim(
        _ item: inout PBTicketRequest.Item, for edition: Edition, _ field: String, _ removed: inout [String]
    ) {
        if item.hasCommodity {
            let field = field + ".commodity"
            if edition < .v203, !item.commodity.listExciseStamp.isEmpty {
                item.commodity.listExciseStamp = []
                removed.append(field + ".list_excise_stamp")
            }
            if edition < .v203, item.commodity.hasNtin {
                item.commodity.clearNtin()
                removed.append(field + ".ntin")
            }
            if edition < .v204, item.commodity.hasCommodityType {
                item.commodity.clearCommodityType()
                removed.append(field + ".commodity_type")
            }
            Self.trim(&item.commodity.taxes, for: edition, field + ".taxes", &removed)
        }
        if item.hasStornoCommodity {
            let field = field + ".storno_commodity"
            if edition < .v203, !item.stornoCommodity.listExciseStamp.isEmpty {
                item.stornoCommodity.listExciseStamp = []
                removed.append(field + ".list_excise_stamp")
            }
            if edition < .v203, item.stornoCommodity.hasNtin {
                item.stornoCommodity.clearNtin()
                removed.append(field + ".ntin")
            }
            if edition < .v204, item.stornoCommodity.hasCommodityType {
                item.stornoCommodity.clearCommodityType()
                removed.append(field + ".commodity_type")
            }
            Self.trim(&item.stornoCommodity.taxes, for: edition, field + ".taxes", &removed)
        }
        if item.hasMarkup { Self.trim(&item.markup.taxes, for: edition, field + ".markup.taxes", &removed) }
        if item.hasStornoMarkup {
            Self.trim(&item.stornoMarkup.taxes, for: edition, field + ".storno_markup.taxes", &removed)
        }
        if item.hasDiscount { Self.trim(&item.discount.taxes, for: edition, field + ".discount.taxes", &removed) }
        if item.hasStornoDiscount {
            Self.trim(&item.stornoDiscount.taxes, for: edition, field + ".storno_discount.taxes", &removed)
        }
    }

    private static func trim(_ payment: inout PBTicketRequest.Payment, _ field: String, _ removed: inout [String]) {
        if payment.hasCardPaymentFields {
            payment.clearCardPaymentFields()
            removed.append(field + ".card_payment_fields")
        }
        if payment.hasMobilePaymentFields {
            payment.clearMobilePaymentFields()
            removed.append(field + ".mobile_payment_fields")
        }
    }

    /// 2.0.4 has no TRBP.
    private static func trim(
        _ taxes: inout [PBTicketRequest.Tax], for edition: Edition, _ field: String, _ removed: inout [String]
    ) {
        guard edition >= .v204 else { return }
        for index in taxes.indices
        where taxes[index].hasTaxationType && taxes[index].taxationType == TaxationType.trbp.rawValue {
            taxes[index].clearTaxationType()
            removed.append("\(field)[\(index)].taxation_type")
        }
    }
}
