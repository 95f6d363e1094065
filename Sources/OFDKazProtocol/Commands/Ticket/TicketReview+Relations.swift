import FiscalCore

/// What one field demands of another.
extension TicketReview {
    mutating func checkRelations(sellerIIN: String?, virtualWarehouse: Set<Int>) {
        self.checkTaxLevels()
        if self.ticket.amounts.hasMarkup && self.ticket.amounts.hasDiscount {
            self.issues.add("amounts.discount", .notAllowed, "a markup or a discount of the whole receipt")
        }
        if self.ticket.hasParentTicket && !OperationType(self.ticket.operation).isReturn {
            self.issues.add("parent_ticket", .notAllowed, "only on returns")
        }
        if let sellerIIN, !sellerIIN.isEmpty, self.ticket.extensionOptions.customerIinOrBin == sellerIIN {
            self.issues.add("extension_options.customer_iin_or_bin", .consistency, "not the seller's own")
        }
        for index in virtualWarehouse.sorted() where self.ticket.items.indices.contains(index) {
            self.checkVirtualWarehouse(self.ticket.items[index], "items[\(index)].")
        }
    }

    /// Taxes are those of lines, or those of the whole receipt. A markup's or discount's count where it stands
    /// (reading E15).
    private mutating func checkTaxLevels() {
        let amounts = self.ticket.amounts
        let lines = self.ticket.items.contains { item in
            !item.commodity.taxes.isEmpty || !item.stornoCommodity.taxes.isEmpty
                || item.modifier?.part.taxes.isEmpty == false
        }
        guard lines else { return }
        let levels = [
            (self.ticket.taxes, "taxes"), (amounts.markup.taxes, "amounts.markup.taxes"),
            (amounts.discount.taxes, "amounts.discount.taxes"),
        ]
        for (taxes, field) in levels where !taxes.isEmpty {
            self.issues.add(field, .notAllowed, "taxes of lines, or of the whole receipt")
        }
    }

    /// The document asks for three fields in a circle; one of them is enough (reading E4).
    private mutating func checkVirtualWarehouse(_ item: PBTicketRequest.Item, _ field: String) {
        let limit = "product_id, barcode or ntin for goods of the Virtual Warehouse"
        if item.hasCommodity {
            let part = item.commodity
            if part.productID.isEmpty && part.barcode.isEmpty && part.ntin.isEmpty {
                self.issues.add(field + "commodity.product_id", .required, limit)
            }
        }
        if item.hasStornoCommodity {
            let part = item.stornoCommodity
            if part.productID.isEmpty && part.barcode.isEmpty && part.ntin.isEmpty {
                self.issues.add(field + "storno_commodity.product_id", .required, limit)
            }
        }
    }
}
