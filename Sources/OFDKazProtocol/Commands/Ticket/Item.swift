import FiscalCore

extension Ticket {
    /// A line of the receipt (section 3.3.2, `TicketRequest::Item`). The order of the lines is what relates them: a
    /// markup or a discount belongs to the commodity before it.
    public enum Item: Sendable, Hashable {
        case commodity(Commodity)
        case stornoCommodity(StornoCommodity)
        case markup(Modifier)
        case stornoMarkup(Modifier)
        case discount(Modifier)
        case stornoDiscount(Modifier)

        public var type: ItemType {
            switch self {
            case .commodity: .commodity
            case .stornoCommodity: .stornoCommodity
            case .markup: .markup
            case .stornoMarkup: .stornoMarkup
            case .discount: .discount
            case .stornoDiscount: .stornoDiscount
            }
        }
    }
}

extension Ticket.Item: TicketPart {
    /// Reads the block that belongs to the type; the others are ignored.
    init(_ pb: PBTicketRequest.Item, field: String) throws(InvalidField) {
        switch pb.type {
        case .itemTypeCommodity: self = .commodity(try .init(pb.commodity, field: field + ".commodity"))
        case .itemTypeStornoCommodity:
            self = .stornoCommodity(try .init(pb.stornoCommodity, field: field + ".storno_commodity"))
        case .itemTypeMarkup: self = .markup(try .init(pb.markup, field: field + ".markup"))
        case .itemTypeStornoMarkup: self = .stornoMarkup(try .init(pb.stornoMarkup, field: field + ".storno_markup"))
        case .itemTypeDiscount: self = .discount(try .init(pb.discount, field: field + ".discount"))
        case .itemTypeStornoDiscount:
            self = .stornoDiscount(try .init(pb.stornoDiscount, field: field + ".storno_discount"))
        case .itemTypeUnspecified, .UNRECOGNIZED: throw InvalidField(field + ".type", .oneOf, limit: "1...6")
        }
    }

    func pb(field: String) throws(InvalidField) -> PBTicketRequest.Item {
        var pb = PBTicketRequest.Item()
        pb.type = self.type.pb
        switch self {
        case .commodity(let part): pb.commodity = try part.pb(field: field + ".commodity")
        case .stornoCommodity(let part): pb.stornoCommodity = try part.pb(field: field + ".storno_commodity")
        case .markup(let part): pb.markup = try part.pb(field: field + ".markup")
        case .stornoMarkup(let part): pb.stornoMarkup = try part.pb(field: field + ".storno_markup")
        case .discount(let part): pb.discount = try part.pb(field: field + ".discount")
        case .stornoDiscount(let part): pb.stornoDiscount = try part.pb(field: field + ".storno_discount")
        }
        return pb
    }
}
