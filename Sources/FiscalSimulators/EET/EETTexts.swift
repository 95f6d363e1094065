import EETProtocol

extension EETWarning {
    /// The text that is sent: the given one, or the one of the interface description of that edition. Edition 4.1
    /// changed the words of those that version 3 had, and brought 6 and 7.
    func officialText(_ edition: Edition) -> String {
        if let text { return text }
        let code = Varovani(rawValue: self.code)
        switch (edition, code) {
        case (.v4, .taxpayerDiffersFromCertificate):
            return "EIC poplatnika v datove zprave se neshoduje s EIC v certifikatu"
        case (.v4, .badAppointingTaxpayer): return "Chybny format EIC poverujiciho poplatnika"
        case (.v4, .saleInTheFuture): return "Datum a cas uskutecneni trzby je novejsi nez datum a cas prijeti zpravy"
        case (.v4, .saleLongAgo): return "Datum a cas uskutecneni trzby je vyrazne v minulosti"
        case (.v4, .badUnit): return "id_jednotky neodpovida formatem pridelenemu c. evidencni jednotky"
        case (.v4, .appointsHimself): return "EIC poverujiciho se shoduje s EIC poplatnika"
        default: return code.officialText ?? "Varovani \(self.code)"
        }
    }
}

extension Chyba {
    /// The text that is sent with the code when none is given.
    func text(_ edition: Edition) -> String {
        self.officialText(edition) ?? "Chyba \(self.rawValue)"
    }
}
