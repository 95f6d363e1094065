public import FiscalCore

extension Ticket {
    /// A markup or a discount, on a line or on the whole receipt (section 3.3.2, `TicketRequest::Modifier`).
    public struct Modifier: Sendable, Hashable {
        public var name: String
        /// With its taxes, those on top too.
        public var sum: Money
        public var taxes: [Tax]
        public var auxiliary: [KeyValuePair]

        public init(name: String, sum: Money, taxes: [Tax] = [], auxiliary: [KeyValuePair] = []) {
            self.name = name
            self.sum = sum
            self.taxes = taxes
            self.auxiliary = auxiliary
        }
    }
}

extension Ticket.Modifier: TicketPart {
    init(_ pb: PBTicketRequest.Modifier, field: String) throws(InvalidField) {
        self.init(
            name: pb.name, sum: try Money(pb.sum, field: field + ".sum"),
            taxes: try [Ticket.Tax](pb.taxes, field: field + ".taxes"),
            auxiliary: pb.auxiliary.compactMap(KeyValuePair.init))
    }

    func pb(field: String) throws(InvalidField) -> PBTicketRequest.Modifier {
        var pb = PBTicketRequest.Modifier()
        pb.name = self.name
        pb.sum = try PBMoney(self.sum, field: field + ".sum")
        pb.taxes = try self.taxes.pb(field: field + ".taxes")
        pb.auxiliary = self.auxiliary.map(\.pb)
        return pb
    }
}
