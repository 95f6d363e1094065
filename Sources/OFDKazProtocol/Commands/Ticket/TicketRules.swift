/// Everything that can be said of a receipt before it is sent, judged over its wire form (section 3.3; decisions K31,
/// K32). The one place of these rules: a ``Ticket`` is made by them, `ofd-kaz check` prints them, and the register asks
/// them again before it sends.
package enum TicketRules {
    /// All issues; none for a receipt that may be sent.
    /// - Parameters:
    ///   - sellerIIN: the organisation's IIN or BIN where it is known; a customer cannot have the same (code 17).
    ///   - virtualWarehouse: the items whose goods are of the ESF Virtual Warehouse.
    ///   - isStamped: false while the register has not put its time on the receipt yet.
    package static func issues(
        in ticket: PBTicketRequest, edition: Edition, sellerIIN: String? = nil, virtualWarehouse: Set<Int> = [],
        isStamped: Bool = true
    ) -> [FieldIssue] {
        var relevant = Self.withoutIgnoredParts(ticket)
        EditionTrim.trim(&relevant, for: edition)
        var review = TicketReview(ticket: relevant, edition: edition)
        review.checkFields(isStamped: isStamped)
        review.checkRelations(sellerIIN: sellerIIN, virtualWarehouse: virtualWarehouse)
        review.checkSums()
        return review.issues.issues
    }

    /// The receipt without the blocks that belong to another type of line or of trade: the server ignores them, and so
    /// do the rules.
    private static func withoutIgnoredParts(_ ticket: PBTicketRequest) -> PBTicketRequest {
        var ticket = ticket
        if ticket.hasDomain {
            let type = ticket.domain.hasType ? DomainType(ticket.domain.type) : nil
            if type != .services && type != .hotels { ticket.domain.clearServices() }
            if type != .gasoil { ticket.domain.clearGasoil() }
            if type != .taxi { ticket.domain.clearTaxi() }
            if type != .parking { ticket.domain.clearParking() }
        }
        for index in ticket.items.indices {
            let type = ItemType(ticket.items[index].type)
            if type != .commodity { ticket.items[index].clearCommodity() }
            if type != .stornoCommodity { ticket.items[index].clearStornoCommodity() }
            if type != .markup { ticket.items[index].clearMarkup() }
            if type != .stornoMarkup { ticket.items[index].clearStornoMarkup() }
            if type != .discount { ticket.items[index].clearDiscount() }
            if type != .stornoDiscount { ticket.items[index].clearStornoDiscount() }
        }
        return ticket
    }
}
