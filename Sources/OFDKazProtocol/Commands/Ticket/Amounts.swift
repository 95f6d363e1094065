public import FiscalCore

extension Ticket {
    /// The totals of the receipt (section 3.3.2, `TicketRequest::Amounts`).
    public struct Amounts: Sendable, Hashable {
        /// Lines, markups and discounts, and the receipt's own taxes that come on top.
        public var total: Money
        /// The cash that the customer gave; with a cash payment.
        public var taken: Money?
        /// The cash given back; with a cash payment, also where it is nothing.
        public var change: Money?
        /// On the whole receipt; not together with a discount.
        public var markup: Modifier?
        /// On the whole receipt; not together with a markup.
        public var discount: Modifier?

        public init(
            total: Money, taken: Money? = nil, change: Money? = nil, markup: Modifier? = nil, discount: Modifier? = nil
        ) {
            self.total = total
            self.taken = taken
            self.change = change
            self.markup = markup
            self.discount = discount
        }
    }
}

extension Ticket.Amounts: TicketPart {
    init(_ pb: PBTicketRequest.Amounts, field: String) throws(InvalidField) {
        self.init(
            total: try Money(pb.total, field: field + ".total"),
            taken: pb.hasTaken ? try Money(pb.taken, field: field + ".taken") : nil,
            change: pb.hasChange ? try Money(pb.change, field: field + ".change") : nil,
            markup: pb.hasMarkup ? try Ticket.Modifier(pb.markup, field: field + ".markup") : nil,
            discount: pb.hasDiscount ? try Ticket.Modifier(pb.discount, field: field + ".discount") : nil)
    }

    func pb(field: String) throws(InvalidField) -> PBTicketRequest.Amounts {
        var pb = PBTicketRequest.Amounts()
        pb.total = try PBMoney(self.total, field: field + ".total")
        if let taken { pb.taken = try PBMoney(taken, field: field + ".taken") }
        if let change { pb.change = try PBMoney(change, field: field + ".change") }
        if let markup { pb.markup = try markup.pb(field: field + ".markup") }
        if let discount { pb.discount = try discount.pb(field: field + ".discount") }
        return pb
    }
}
