/// The list of goods (section 3.9).
extension PresenceTable {
    mutating func addNomenclature() {
        self.message("NomenclatureRequest") { $0.must("current_version") }
        self.message("NomenclatureResponse") { $0.schema("version", "result") }
        self.message("NomenclatureResponse.Element") {
            $0.schema("type", "title", "id")
            $0.must("item", when: .when("type", is: ElementType.item.rawValue))
        }
        self.message("NomenclatureResponse.Item") {
            $0.must("barcode", when: .without("ntin"))
            $0.must("purchase_price")
            $0.must("sell_price")
        }
        self.message("NomenclatureResponse.Tax") { $0.schema("taxation_type", "tax_type", "tax_percent") }
    }
}
