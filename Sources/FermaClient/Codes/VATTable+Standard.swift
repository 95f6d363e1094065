import FiscalCore

extension VATTable {
    /// The ten rates of the source document, table 1. The native numbers are those of the CheckOnline protocol, table
    /// 33; the values of tag 1199 those of the fiscal data format.
    public static let standard = Self(rows: Self.documentedRows)

    private static let documentedRows: [Row] = [
        row(.exempt, 1, 4, 6, percent: nil, "НДС не облагается"),
        row(.rate10, 2, 2, 2, percent: 10, "НДС 10%"),
        row(.rate20, 3, 1, 1, percent: 20, "НДС 20%"),
        row(.rate0, 4, 3, 5, percent: 0, "НДС 0%"),
        row(.calculated10, 5, 6, 4, percent: 10, isCalculated: true, "вычисленный НДС 10% от 110% суммы"),
        row(.calculated20, 6, 5, 3, percent: 20, isCalculated: true, "вычисленный НДС 20% от 120% суммы"),
        row(.rate5, 7, 7, 7, percent: 5, since: newRates, "НДС 5%"),
        row(.rate7, 8, 8, 8, percent: 7, since: newRates, "НДС 7%"),
        row(.calculated5, 9, 9, 9, percent: 5, isCalculated: true, since: newRates, "вычисленный НДС 5% от 105% суммы"),
        row(
            .calculated7, 10, 10, 10, percent: 7, isCalculated: true, since: newRates,
            "вычисленный НДС 7% от 107% суммы"),
    ]

    /// 5 % and 7 % are rates of the simplified system since this day.
    private static let newRates = CivilDate(year: 2025, month: 1, day: 1)

    private static func row(
        _ vat: VAT, _ ferma: Int64, _ native: Int64, _ tag: Int64, percent: UInt32?, isCalculated: Bool = false,
        since: CivilDate? = nil, _ words: String
    ) -> Row {
        Row(
            vat: vat, fermaNumber: ferma, nativeNumber: native, tag1199: tag,
            rate: percent.map { Rate(thousandthsOfPercent: $0 * 1000) }, isCalculated: isCalculated, validFrom: since,
            words: words)
    }
}
