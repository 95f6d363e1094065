import FiscalCore

/// The attributes of `Hlavicka` and `Data` in each edition, in the order of the schema.
struct AttributeTable: Sendable {
    struct Row: Sendable {
        var name: String
        var isRequired: Bool
        var rule: AttributeRule
    }

    var element: String
    var rows: [Row]

    /// Header of the message; the same in both editions.
    static let hlavicka = AttributeTable(
        element: "Hlavicka",
        rows: [
            Row(name: "uuid_zpravy", isRequired: true, rule: .uuid),
            Row(name: "dat_odesl", isRequired: true, rule: .dateTime),
            Row(name: "prvni_zaslani", isRequired: true, rule: .boolean),
            Row(name: "overeni", isRequired: false, rule: .boolean),
        ])

    /// Data of the sale.
    static func data(_ edition: Edition) -> AttributeTable {
        switch edition {
        case .v3: self.dataV3
        case .v4: self.dataV4
        }
    }

    private static let dataV3 = AttributeTable(
        element: "Data",
        rows: [
            Row(name: "dic_popl", isRequired: true, rule: .taxpayer),
            Row(name: "dic_poverujiciho", isRequired: false, rule: .taxpayer),
            Row(name: "id_provoz", isRequired: true, rule: .unit(maximum: 999_999)),
            Row(name: "id_pokl", isRequired: true, rule: .identifier(maximum: 20)),
            Row(name: "porad_cis", isRequired: true, rule: .identifier(maximum: 25)),
            Row(name: "dat_trzby", isRequired: true, rule: .dateTime),
            Row(name: "celk_trzba", isRequired: true, rule: .amount),
        ] + SaleAmount.allCases.map { Row(name: $0.rawValue, isRequired: false, rule: .amount) }
            + [Row(name: "rezim", isRequired: true, rule: .regime)])

    private static let dataV4 = AttributeTable(
        element: "Data",
        rows: [
            Row(name: "eic_popl", isRequired: true, rule: .taxpayer),
            Row(name: "eic_poverujiciho", isRequired: false, rule: .taxpayer),
            Row(name: "povereni_vice_popl", isRequired: false, rule: .boolean),
            Row(name: "id_jednotky", isRequired: true, rule: .unit(maximum: 999_999_999)),
            Row(name: "id_pokl", isRequired: true, rule: .identifier(maximum: 20)),
            Row(name: "porad_cis", isRequired: true, rule: .identifier(maximum: 25)),
            Row(name: "dat_trzby", isRequired: true, rule: .dateTime),
            Row(name: "celk_trzba", isRequired: true, rule: .amount),
        ] + SaleAmount.allCases.filter(\.existsInV4).map { Row(name: $0.rawValue, isRequired: false, rule: .amount) })

    /// Checks that `attributes` are exactly what the schema allows; the first broken rule is thrown.
    func check(_ attributes: WireAttributes) throws(InvalidField) {
        for row in self.rows {
            guard let value = attributes[row.name] else {
                if row.isRequired {
                    throw InvalidField(row.name, .required, limit: "an attribute of \(self.element)")
                }
                continue
            }
            try row.rule.check(value, field: row.name)
        }
        for (name, _) in attributes where !self.rows.contains(where: { $0.name == name }) {
            throw InvalidField(name, .notAllowed, limit: "no attribute of \(self.element) in this edition")
        }
    }
}
