/// The receipt (section 3.3).
extension PresenceTable {
    mutating func addTicket() {
        self.message("TicketRequest") {
            $0.schema("operation", "date_time", "operator", "amounts")
            $0.must("items")
            $0.custom("domain", since: 203)
            $0.must("parent_ticket", since: 203, when: .isReturn)
            $0.unsent("parent_ticket", below: 203)
            $0.unsent("printed_document_number_old", "ad_infos", "shift_document_number")
        }
        self.message("TicketRequest.Domain") {
            $0.block("services", when: .isDomain(.services, .hotels))
            $0.block("gasoil", when: .isDomain(.gasoil))
            $0.block("taxi", when: .isDomain(.taxi))
            $0.block("parking", when: .isDomain(.parking))
        }
        self.message("TicketRequest.Domain.Services") { $0.schema("account_number") }
        self.message("TicketRequest.Domain.Taxi") { $0.schema("car_number", "is_order", "current_fee") }
        self.message("TicketRequest.Domain.Parking") { $0.schema("begin_time", "end_time") }
        self.message("TicketRequest.ParentTicket") {
            $0.filled("parent_ticket_number", .schema)
            $0.schema("parent_ticket_data_time")
            $0.filled("kgd_kkm_id", .schema)
            $0.schema("parent_ticket_total", "parent_ticket_is_offline")
        }
    }
}

extension PresenceCondition {
    fileprivate static let isReturn = Self.when(
        "operation", is: OperationType.buyReturn.rawValue, OperationType.sellReturn.rawValue)

    fileprivate static func isDomain(_ types: DomainType...) -> Self { .when("type", isAnyOf: types.map(\.rawValue)) }
}
