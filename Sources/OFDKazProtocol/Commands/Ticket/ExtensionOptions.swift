public import FiscalCore

extension Ticket {
    /// What is known of the customer (section 3.3.3, `TicketRequest::ExtensionOptions`).
    public struct ExtensionOptions: Sendable, Hashable {
        /// Where it is given, the customer should be sent a copy of the receipt.
        public var customerEmail: String?
        public var customerPhone: String?
        /// Never the seller's own: the server refuses such a receipt (code 17).
        public var customerIINOrBIN: IINBIN?
        public var auxiliary: [KeyValuePair]

        public init(
            customerEmail: String? = nil, customerPhone: String? = nil, customerIINOrBIN: IINBIN? = nil,
            auxiliary: [KeyValuePair] = []
        ) {
            self.customerEmail = customerEmail
            self.customerPhone = customerPhone
            self.customerIINOrBIN = customerIINOrBIN
            self.auxiliary = auxiliary
        }
    }
}

extension Ticket.ExtensionOptions: TicketPart {
    init(_ pb: PBTicketRequest.ExtensionOptions, field: String) throws(InvalidField) {
        self.init(
            customerEmail: pb.hasCustomerEmail ? pb.customerEmail : nil,
            customerPhone: pb.hasCustomerPhone ? pb.customerPhone : nil,
            customerIINOrBIN: pb.hasCustomerIinOrBin
                ? try IINBIN(pb.customerIinOrBin, field: field + ".customer_iin_or_bin") : nil,
            auxiliary: pb.auxiliary.compactMap(KeyValuePair.init))
    }

    func pb(field: String) -> PBTicketRequest.ExtensionOptions {
        var pb = PBTicketRequest.ExtensionOptions()
        if let customerEmail { pb.customerEmail = customerEmail }
        if let customerPhone { pb.customerPhone = customerPhone }
        if let customerIINOrBIN { pb.customerIinOrBin = customerIINOrBIN.text }
        pb.auxiliary = self.auxiliary.map(\.pb)
        return pb
    }
}
