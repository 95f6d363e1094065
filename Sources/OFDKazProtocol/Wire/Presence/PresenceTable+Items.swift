/// The lines of a receipt (section 3.3.2).
extension PresenceTable {
    mutating func addItems() {
        self.message("TicketRequest.Item") {
            $0.schema("type")
            $0.block("commodity", when: .isItem(.commodity))
            $0.block("storno_commodity", when: .isItem(.stornoCommodity))
            $0.block("markup", when: .isItem(.markup))
            $0.block("storno_markup", when: .isItem(.stornoMarkup))
            $0.block("discount", when: .isItem(.discount))
            $0.block("storno_discount", when: .isItem(.stornoDiscount))
        }
        self.message("TicketRequest.Item.Commodity") {
            $0.schema("section_code", "quantity", "price", "sum")
            $0.must("name")
            $0.must("measure_unit_code", since: 203)
            $0.custom("measure_unit_code", since: 201, below: 203)
            $0.unsent("list_excise_stamp", "ntin", below: 203)
            $0.unsent("commodity_type", below: 204)
            $0.unsent("excise_stamp")
        }
        self.message("TicketRequest.Item.StornoCommodity") {
            $0.schema("section_code", "quantity", "price", "sum")
            $0.must("measure_unit_code", since: 204)
            $0.custom("measure_unit_code", since: 201, below: 204)
            $0.unsent("list_excise_stamp", "ntin", below: 203)
            $0.unsent("commodity_type", below: 204)
            $0.unsent("excise_stamp")
        }
        self.message("TicketRequest.Modifier") {
            $0.schema("sum")
            $0.must("name")
        }
        self.message("TicketRequest.Tax") { $0.schema("tax_type", "percent", "sum", "is_in_total_sum") }
    }
}

extension PresenceCondition {
    fileprivate static func isItem(_ type: ItemType) -> Self { .when("type", is: type.rawValue) }
}
