/// How a receipt was paid (section 3.3.2).
extension PresenceTable {
    mutating func addPayments() {
        self.message("TicketRequest.Payment") {
            $0.schema("type", "sum")
            $0.unsent("card_payment_fields", "mobile_payment_fields", below: 203)
        }
        self.message("TicketRequest.Amounts") {
            $0.schema("total")
            $0.must("taken", when: .paidInCash)
            $0.must("change", when: .paidInCash)
        }
    }
}
