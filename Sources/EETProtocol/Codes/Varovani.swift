/// The code of a `Varovani` (warning), 1…999: the sale was recorded, but something about it looks wrong.
public struct Varovani: RawRepresentable, Sendable, Hashable, Codable {
    public var rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// The taxpayer's number in the message is not the one in the certificate.
    public static let taxpayerDiffersFromCertificate = Self(rawValue: 1)
    /// The appointing taxpayer's number has a wrong form.
    public static let badAppointingTaxpayer = Self(rawValue: 2)
    /// The value of the PKP is wrong (v3 only).
    public static let badPKP = Self(rawValue: 3)
    /// The sale is dated later than the message was received.
    public static let saleInTheFuture = Self(rawValue: 4)
    /// The sale is dated far in the past.
    public static let saleLongAgo = Self(rawValue: 5)
    /// The form of `id_jednotky` is wrong (v4 only).
    public static let badUnit = Self(rawValue: 6)
    /// The appointing taxpayer is the taxpayer himself (v4 only).
    public static let appointsHimself = Self(rawValue: 7)

    /// The text that the authority sends with a known code. Edition v4 changed the words of those that v3 had, and
    /// brought 6 and 7.
    public func officialText(_ edition: Edition) -> String? {
        switch (self, edition) {
        case (.taxpayerDiffersFromCertificate, .v3):
            "DIC poplatnika v datove zprave se neshoduje s DIC v certifikatu"
        case (.taxpayerDiffersFromCertificate, .v4):
            "EIC poplatnika v datove zprave se neshoduje s EIC v certifikatu"
        case (.badAppointingTaxpayer, .v3): "Chybny format DIC poverujiciho poplatnika"
        case (.badAppointingTaxpayer, .v4): "Chybny format EIC poverujiciho poplatnika"
        case (.badPKP, .v3): "Chybna hodnota PKP"
        case (.saleInTheFuture, .v3): "Datum a cas prijeti trzby je novejsi nez datum a cas prijeti zpravy"
        case (.saleInTheFuture, .v4): "Datum a cas uskutecneni trzby je novejsi nez datum a cas prijeti zpravy"
        case (.saleLongAgo, .v3): "Datum a cas prijeti trzby je vyrazne v minulosti"
        case (.saleLongAgo, .v4): "Datum a cas uskutecneni trzby je vyrazne v minulosti"
        case (.badUnit, .v4): "id_jednotky neodpovida formatem pridelenemu c. evidencni jednotky"
        case (.appointsHimself, .v4): "EIC poverujiciho se shoduje s EIC poplatnika"
        default: nil
        }
    }
}

/// A `Varovani` of an answer: its code, known or not, and its text with white space collapsed.
public struct Warning: Sendable, Hashable, Codable {
    public var code: Varovani
    public var text: String

    public init(code: Varovani, text: String) {
        self.code = code
        self.text = text
    }
}
