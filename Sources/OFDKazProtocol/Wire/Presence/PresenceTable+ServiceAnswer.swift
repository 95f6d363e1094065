/// What the server adds to its answers (sections 3.2, 3.10).
extension PresenceTable {
    mutating func addServiceAnswer() {
        self.message("ServiceResponse") { $0.must("reg_info", since: 123, when: .accepted(.info)) }
        self.message("ServiceResponse.RegInfo") {
            $0.must("kkm")
            $0.must("org")
        }
        self.message("ServiceResponse.LastDocumentInfo") {
            $0.schema("fr_shift_number")
            $0.must("printed_document_number")
        }
        self.message("TicketAd") { $0.schema("info", "text") }
        self.message("BindedTaxation") { $0.schema("taxation_type") }
        self.message("BindedTaxation.BindedTax") { $0.schema("tax_type", "percent") }
    }
}
