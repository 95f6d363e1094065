package import FiscalCore

/// A receipt from its wire form.
extension Ticket {
    /// - Parameter wire: what the register puts on a receipt (date_time and the numbers) is ignored here, and so is what
    ///   the server ignores. An absent domain is trading.
    /// - Throws: `InvalidField` as for a receipt from values; also for an amount that is too large to reckon with.
    package init(wire: PBTicketRequest, edition: Edition = .v203) throws(InvalidField) {
        var wire = wire
        wire.clearDateTime()
        wire.clearOfflineTicketNumber()
        wire.clearFrShiftNumber()
        wire.clearPrintedDocumentNumber()
        // Only a receipt that keeps the rules can be read without guessing.
        if let issue = TicketRules.issues(in: wire, edition: edition, isStamped: false).first { throw issue.error }
        try self.init(
            operation: OperationType(wire.operation), operator: Operator(wire.operator),
            domain: try Domain(wire.domain, field: "domain"), items: try [Item](wire.items, field: "items"),
            payments: try [Payment](wire.payments, field: "payments"), taxes: try [Tax](wire.taxes, field: "taxes"),
            amounts: try Amounts(wire.amounts, field: "amounts"),
            extensionOptions: wire.hasExtensionOptions
                ? try ExtensionOptions(wire.extensionOptions, field: "extension_options") : nil,
            parentTicket: wire.hasParentTicket ? try ParentTicket(wire.parentTicket, field: "parent_ticket") : nil,
            printedTicket: wire.hasPrintedTicket ? wire.printedTicket : nil, edition: edition)
    }
}
