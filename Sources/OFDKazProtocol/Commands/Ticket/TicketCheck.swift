/// Judges a receipt before anybody sends it.
public enum TicketCheck {
    /// All that is wrong with a receipt; nothing for one that may be sent.
    /// - Parameters:
    ///   - json: a TicketRequest in the protobuf JSON mapping, with what the register puts on it (date_time).
    ///   - sellerIIN: the seller's IIN or BIN where it is known: the customer's must differ.
    ///   - virtualWarehouse: the indices of the items whose goods are of the ESF Virtual Warehouse.
    /// - Returns: the issues, with the fields' way from the receipt: `items[0].commodity.name`.
    /// - Throws: `PayloadError` where the text is not such a message.
    public static func issues(
        json: String, edition: Edition = .v203, sellerIIN: String? = nil, virtualWarehouse: Set<Int> = []
    ) throws(PayloadError) -> [FieldIssue] {
        TicketRules.issues(
            in: try PayloadJSON.message(PBTicketRequest.self, json: json), edition: edition, sellerIIN: sellerIIN,
            virtualWarehouse: virtualWarehouse)
    }
}

extension Ticket {
    /// A receipt from a TicketRequest in the protobuf JSON mapping.
    ///
    /// What the register puts on a receipt (`date_time`, `fr_shift_number`, `printed_document_number`,
    /// `offline_ticket_number`) may be there, and is ignored. An absent domain is trading.
    /// - Throws: `PayloadError` where the text is not such a message, `InvalidField` for the first rule that is broken.
    public init(json: String, edition: Edition = .v203) throws {
        try self.init(wire: try PayloadJSON.message(PBTicketRequest.self, json: json), edition: edition)
    }
}
