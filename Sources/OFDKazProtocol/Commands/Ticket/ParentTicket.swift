public import FiscalCore

extension Ticket {
    /// The receipt on which a return is based (section 3.3.2, `TicketRequest::ParentTicket`); sent since 2.0.3.
    ///
    /// For a receipt that was issued elsewhere or before 2.0.3 the host gives all five by hand; nothing is invented.
    public struct ParentTicket: Sendable, Hashable {
        /// The fiscal sign (`parent_ticket_number`).
        public var number: String
        /// `parent_ticket_data_time`, spelled so in the document.
        public var dataTime: DateTime
        /// The number at the tax committee of the register that issued it.
        public var kgdKkmID: String
        /// `parent_ticket_total`
        public var total: Money
        /// `parent_ticket_is_offline`
        public var isOffline: Bool

        public init(number: String, dataTime: DateTime, kgdKkmID: String, total: Money, isOffline: Bool) {
            self.number = number
            self.dataTime = dataTime
            self.kgdKkmID = kgdKkmID
            self.total = total
            self.isOffline = isOffline
        }
    }
}

extension Ticket.ParentTicket: TicketPart {
    init(_ pb: PBTicketRequest.ParentTicket, field: String) throws(InvalidField) {
        self.init(
            number: pb.parentTicketNumber,
            dataTime: try DateTime(pb.parentTicketDataTime, field: field + ".parent_ticket_data_time"),
            kgdKkmID: pb.kgdKkmID, total: try Money(pb.parentTicketTotal, field: field + ".parent_ticket_total"),
            isOffline: pb.parentTicketIsOffline)
    }

    func pb(field: String) throws(InvalidField) -> PBTicketRequest.ParentTicket {
        var pb = PBTicketRequest.ParentTicket()
        pb.parentTicketNumber = self.number
        pb.parentTicketDataTime = PBDateTime(self.dataTime)
        pb.kgdKkmID = self.kgdKkmID
        pb.parentTicketTotal = try PBMoney(self.total, field: field + ".parent_ticket_total")
        pb.parentTicketIsOffline = self.isOffline
        return pb
    }
}
