public import FiscalCore

/// `eetin.txt`: one sale and how it is to be submitted, in exactly 23 rows (``EETInRow``).
///
/// A value of this type keeps every rule of the file and of the wire, so that the authority never answers 3 to it.
public struct EETInFile: Sendable, Hashable {
    /// The sale of rows 3 to 23. Its number is set, and no amount is zero: the file cannot tell zero from absent.
    public let sale: Sale
    /// Row 1 `prvni_zaslani`: the caller has not submitted this receipt before.
    public let isFirstAttempt: Bool
    /// Row 2 `overeni`: the authority only checks and records nothing.
    public let isVerification: Bool

    /// A file for a typed sale.
    ///
    /// The file holds less than the wire: receipt numbers of up to 20 characters, premises up to 999999, the
    /// taxpayer's number always, no `povereni_vice_popl`; an explicit zero of an optional amount becomes "not used".
    /// - Throws: ``FileRowError`` naming the row.
    public init(_ sale: Sale, isFirstAttempt: Bool, isVerification: Bool = false) throws(FileRowError) {
        func row(_ row: EETInRow, _ check: () throws(InvalidField) -> Void) throws(FileRowError) {
            do { try check() } catch { throw FileRowError(.eetin, row: row.rawValue, error) }
        }
        guard sale.dic != nil else {
            throw FileRowError(.eetin, .dic_popl, .required, limit: "CZ and 8 to 10 digits")
        }
        guard sale.appointedByMany == nil else {
            throw FileRowError(
                .eetin, InvalidField("povereni_vice_popl", .notAllowed, limit: "the file has no row for it"))
        }
        try row(.porad_cis) { () throws(InvalidField) in
            try AttributeRule.identifier(maximum: Self.longestNumber).check(sale.number, field: "porad_cis")
        }
        var sale = sale
        sale.amounts = sale.amounts.filter { $0.value.minorUnits != 0 }
        self.sale = sale
        self.isFirstAttempt = isFirstAttempt
        self.isVerification = isVerification
        // The schema of v3 covers every row; what it refuses is found here and not by the authority.
        _ = try self.data(edition: .v3, certificateDIC: nil)
    }

    /// The most characters of row 7; the wire would take 25.
    static let longestNumber = 20

    /// What the operator should know about a valid file: fields that the edition does not have, amounts that do not
    /// add up. Neither stops the sale.
    public func warnings(edition: Edition) -> [FileWarning] {
        var warnings: [FileWarning] = []
        if edition == .v4 {
            for amount in SaleAmount.allCases where !amount.existsInV4 && self.sale.amounts[amount] != nil {
                warnings.append(FileWarning(.leftOut, EETInRow(amount), "not sent, edition v4 has no such field"))
            }
            if case .simplified = self.sale.regime {
                warnings.append(FileWarning(.leftOut, .rezim, "not sent, edition v4 has no simplified regime"))
            }
        }
        if self.sale.breakdownDiffers {
            warnings.append(FileWarning(.sumDiffers, .celk_trzba, "the amounts of rows 10 to 22 do not add up to it"))
        }
        return warnings
    }

    /// The attributes to send (decisions E7 and E17): unused amounts are left out; in v4 also rows 10 to 20 and 23.
    /// - Parameter certificateDIC: the number in the taxpayer's certificate, when row 3 has to equal it.
    /// - Throws: ``FileRowError``: row 3 is not the certificate's number.
    public func data(edition: Edition, certificateDIC: DIC?) throws(FileRowError) -> SaleData {
        var sale = self.sale
        if edition == .v4 {
            sale.amounts = sale.amounts.filter { $0.key.existsInV4 }
            sale.regime = .regular
        }
        do { return try SaleData(sale, edition: edition, certificateDIC: certificateDIC) } catch {
            throw FileRowError(.eetin, wire: error)
        }
    }
}

extension FileRowError {
    init(_ file: File, _ row: EETInRow, _ rule: InvalidField.Rule, limit: String) {
        self.init(file, row: row.rawValue, InvalidField(row.name, rule, limit: limit))
    }

    /// A rule of the wire that a row breaks, in the row's own name.
    fileprivate init(_ file: File, wire error: InvalidField) {
        if let row = EETInRow(wireName: error.field) {
            self.init(file, row, error.rule, limit: error.limit)
        } else {
            self.init(file, error)
        }
    }
}
