/// The widespread QR text "QR EET 1.0", which no authority published: `EET*1.0*` and `KEY:value` parts joined by `*`.
///
/// `FIK` or `BKP` is shortened to its first 16 hexadecimal digits; `DIC` is without `CZ`; `KC` is the total; `DT` is
/// `YYYYMMDDhhmm` in the receipt's own time; `R` is `Z` in the simplified regime and absent otherwise. To be printed
/// with error correction M or better.
public enum UnofficialReceiptQR {
    /// The text, or nil when the scheme cannot hold the sale: v4, a negative total, or one above 9,999,999.99.
    public static func text(_ data: SaleData, codes: SecurityCodes?, fik: String?) -> String? {
        guard data.edition == .v3, let codes, !data.total.hasPrefix("-"), data.total.utf8.count <= 10 else {
            return nil
        }
        // In the simplified regime the customer holds a receipt that was printed before any FIK.
        let code =
            if let fik, !data.isSimplified { "FIK:\(Self.shortened(fik))" } else { "BKP:\(Self.shortened(codes.bkp))" }
        let total = data.total.hasSuffix(".00") ? String(data.total.dropLast(3)) : data.total
        let minute = data.date.prefix(16).filter(\.isNumber)
        var parts = ["EET", "1.0", code, "DIC:\(data.taxpayer.dropFirst(2))", "KC:\(total)", "DT:\(minute)"]
        if data.isSimplified { parts.append("R:Z") }
        return parts.joined(separator: "*")
    }

    private static func shortened(_ code: String) -> String {
        String(code.filter { $0 != "-" }.prefix(16)).uppercased()
    }
}
