/// The rates of tag 1199 and what a request calls them.
struct FermaTax: Sendable, Hashable {
    /// The value of tag 1199.
    var rate: Int
    /// The part of the sum that is tax.
    private var part: Int128
    private var whole: Int128
    /// On paper.
    var label: String

    /// The rate of that number, nil when the format of fiscal documents has none.
    init?(rate: Int) {
        guard let row = Self.rows.first(where: { $0.rate == rate }) else { return nil }
        self.rate = rate
        self.part = row.part
        self.whole = row.whole
        self.label = row.label
    }

    /// The rate a request means.
    init?(taxid: Int64, _ rules: FermaRules) {
        guard let number = Int(exactly: taxid) else { return nil }
        let numbers = rules.numbering == .ferma ? Self.ferma : Self.native
        guard let rate = rules.extraTaxids[number] ?? numbers[number] else { return nil }
        self.init(rate: rate)
    }

    /// False at 0 % and without tax.
    var isTaxed: Bool { self.part > 0 }

    /// The tax in a sum in kopecks, half a kopeck up.
    func tax(in sum: Int64) -> Int64 {
        let doubled = Int128(sum) * self.part * 2 + self.whole
        return Int64(doubled / (self.whole * 2))
    }

    /// Every rate is a part of the sum that is paid; "without tax" and 0 % are two rates.
    private static let rows: [(rate: Int, part: Int128, whole: Int128, label: String)] = [
        (1, 20, 120, "НДС 20%"), (2, 10, 110, "НДС 10%"), (3, 20, 120, "НДС 20/120"), (4, 10, 110, "НДС 10/110"),
        (5, 0, 1, "НДС 0%"), (6, 0, 1, "БЕЗ НДС"), (7, 5, 105, "НДС 5%"), (8, 7, 107, "НДС 7%"),
        (9, 5, 105, "НДС 5/105"), (10, 7, 107, "НДС 7/107"), (11, 22, 122, "НДС 22%"), (12, 22, 122, "НДС 22/122"),
    ]

    /// Table 1 of the source document.
    private static let ferma: [Int: Int] = [1: 6, 2: 2, 3: 1, 4: 5, 5: 4, 6: 3, 7: 7, 8: 8, 9: 9, 10: 10]
    /// The registers' own protocol.
    private static let native: [Int: Int] = [1: 1, 2: 2, 3: 5, 4: 6, 5: 3, 6: 4, 7: 7, 8: 8, 9: 9, 10: 10]
}
