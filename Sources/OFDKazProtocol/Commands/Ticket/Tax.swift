public import FiscalCore

extension Ticket {
    /// A tax on a line, on a markup or discount, or on the whole receipt (section 3.3.2, `TicketRequest::Tax`).
    public struct Tax: Sendable, Hashable {
        public var type: TaxType
        /// The regime of taxation (`taxation_type`).
        public var taxationType: TaxationType?
        public var percent: Rate
        public var sum: Money
        /// Whether the tax is part of the price; otherwise it comes on top.
        public var isInTotalSum: Bool

        public init(
            type: TaxType = .vat, taxationType: TaxationType? = nil, percent: Rate, sum: Money, isInTotalSum: Bool
        ) {
            self.type = type
            self.taxationType = taxationType
            self.percent = percent
            self.sum = sum
            self.isInTotalSum = isInTotalSum
        }
    }
}

extension Ticket.Tax: TicketPart {
    init(_ pb: PBTicketRequest.Tax, field: String) throws(InvalidField) {
        self.init(
            type: TaxType(rawValue: pb.taxType),
            taxationType: pb.hasTaxationType ? TaxationType(rawValue: pb.taxationType) : nil,
            percent: Rate(thousandthsOfPercent: pb.percent), sum: try Money(pb.sum, field: field + ".sum"),
            isInTotalSum: pb.isInTotalSum)
    }

    func pb(field: String) throws(InvalidField) -> PBTicketRequest.Tax {
        var pb = PBTicketRequest.Tax()
        pb.taxType = self.type.rawValue
        if let taxationType { pb.taxationType = taxationType.rawValue }
        pb.percent = self.percent.thousandthsOfPercent
        pb.sum = try PBMoney(self.sum, field: field + ".sum")
        pb.isInTotalSum = self.isInTotalSum
        return pb
    }
}
