public import FiscalCore

/// The VAT rates with their numbers, as data with dates of validity: the law changes them.
///
/// The standard table has the ten rates of the source document (edition 1.7 of 13 December 2024). A rate that it does
/// not have is added as a row of ``VAT/raw(_:)``, without a change of code.
public struct VATTable: Sendable, Hashable {
    public var rows: [Row]

    public init(rows: [Row]) {
        self.rows = rows
    }

    /// One rate.
    public struct Row: Sendable, Hashable {
        public var vat: VAT
        /// `Taxid` in the numbering of the source document.
        public var fermaNumber: Int64
        /// `TaxId` in the numbering of the CheckOnline protocol.
        public var nativeNumber: Int64
        /// The value of tag 1199 in the fiscal document, which a full answer shows.
        public var tag1199: Int64
        /// The rate; nil for what is not subject to VAT.
        public var rate: Rate?
        /// Whether the document names the VAT as a part of the sum (10/110) instead of a rate of the price (10 %). The
        /// amount is the same.
        public var isCalculated: Bool
        /// The first day on which the rate may be used; nil for "always".
        public var validFrom: CivilDate?
        /// The last day on which the rate may be used; nil for "still".
        public var validThrough: CivilDate?
        /// As the source document words it.
        public var words: String

        public init(
            vat: VAT, fermaNumber: Int64, nativeNumber: Int64, tag1199: Int64, rate: Rate?, isCalculated: Bool,
            validFrom: CivilDate? = nil, validThrough: CivilDate? = nil, words: String
        ) {
            self.vat = vat
            self.fermaNumber = fermaNumber
            self.nativeNumber = nativeNumber
            self.tag1199 = tag1199
            self.rate = rate
            self.isCalculated = isCalculated
            self.validFrom = validFrom
            self.validThrough = validThrough
            self.words = words
        }

        /// The VAT inside a sum that includes it, rounded half up to a kopeck.
        /// - Throws: `MoneyError` when it does not fit.
        public func tax(insideSum sum: Money) throws(MoneyError) -> Money {
            guard let rate else { return .zero(sum.currency) }
            return try rate.tax(insideGross: sum, rounding: .halfUp)
        }

        /// Whether the rate may be used on a day.
        public func isValid(on day: CivilDate) -> Bool {
            self.validFrom.map { $0 <= day } ?? true && self.validThrough.map { day <= $0 } ?? true
        }

        public func number(_ dialect: FermaDialect) -> Int64 {
            switch dialect {
            case .ferma: self.fermaNumber
            case .nativeCheckOnline: self.nativeNumber
            }
        }
    }

    /// The row of a rate, or nil when the table does not have it.
    public subscript(vat: VAT) -> Row? {
        self.rows.first { $0.vat == vat }
    }

    /// The rate that a number stands for, or nil when it stands for none.
    public func vat(number: Int64, _ dialect: FermaDialect) -> VAT? {
        self.rows.first { $0.number(dialect) == number }?.vat
    }

    /// The table with one more row; a row of the same rate is replaced.
    public func adding(_ row: Row) -> Self {
        Self(rows: self.rows.filter { $0.vat != row.vat } + [row])
    }
}
