/// One run of the rules over one receipt. The order matters: what depends on a wrong field is not looked at.
struct TicketReview {
    let ticket: PBTicketRequest
    let edition: Edition
    var issues = IssueList()

    init(ticket: PBTicketRequest, edition: Edition) {
        self.ticket = ticket
        self.edition = edition
    }
}

extension PBTicketRequest.Item {
    /// The markup or discount that the line is, with the name of its field.
    var modifier: (part: PBTicketRequest.Modifier, name: String)? {
        switch self.type {
        case .itemTypeMarkup: (self.markup, "markup")
        case .itemTypeStornoMarkup: (self.stornoMarkup, "storno_markup")
        case .itemTypeDiscount: (self.discount, "discount")
        case .itemTypeStornoDiscount: (self.stornoDiscount, "storno_discount")
        case .itemTypeCommodity, .itemTypeStornoCommodity, .itemTypeUnspecified, .UNRECOGNIZED: nil
        }
    }
}
