import FiscalCore

/// Reading and writing `eetin.txt`.
extension EETInFile {
    /// How exactly numbers have to be spelled (decision E8).
    public enum Reading: Sendable, Hashable {
        /// A decimal point, and 0 for a number that is not used.
        case strict
        /// Also a decimal comma, and an empty row of an amount for 0. Each use is reported.
        case lenient
    }

    /// Reads a file.
    /// - Returns: the file, and one warning for each leniency that was needed.
    /// - Throws: ``FileRowError`` naming row, rule and limit.
    public static func parse(
        _ bytes: [UInt8], reading: Reading = .strict
    ) throws(FileRowError) -> (file: EETInFile, warnings: [FileWarning]) {
        var rows = RowReader(
            rows: try FileRows(splitting: bytes, file: .eetin, count: EETInRow.allCases.count), reading: reading)
        let isFirstAttempt = try rows.boolean(.prvni_zaslani)
        let isVerification = try rows.boolean(.overeni)
        let dic = try rows.dic(.dic_popl)
        let appointing = try rows.text(.dic_poverujiciho).isEmpty ? nil : try rows.dic(.dic_poverujiciho)
        let premises = try rows.premises()
        let till = try rows.identifier(.id_pokl)
        let number = try rows.identifier(.porad_cis)
        let date = try rows.date()
        let total = try rows.amount(.celk_trzba)
        var amounts: [SaleAmount: Money] = [:]
        for name in SaleAmount.allCases { amounts[name] = try rows.amount(EETInRow(name)) }
        let isSimplified = try rows.boolean(.rezim)
        let sale = Sale(
            dic: dic, appointingDIC: appointing, premises: premises, till: till, number: number, date: date,
            total: total, amounts: amounts,
            regime: isSimplified ? .simplified(SimplifiedRegimePermit(reference: "eetin.txt row 23")) : .regular)
        let file = try EETInFile(sale, isFirstAttempt: isFirstAttempt, isVerification: isVerification)
        return (file, rows.warnings)
    }

    /// Reads a file in the strict form.
    /// - Throws: ``FileRowError`` naming row, rule and limit.
    public init(bytes: [UInt8]) throws(FileRowError) {
        self = try Self.parse(bytes).file
    }

    /// Row 7 of a file that may be wrong otherwise, exactly as it stands: an answer has to say which receipt it is
    /// for even when the file is refused. Nil when there is no such row or it is no text.
    public static func number(in bytes: [UInt8]) -> String? {
        FileRows(splitting: bytes).text(EETInRow.porad_cis.rawValue)
    }

    /// The file: UTF-8, CR LF, amounts with a point and two decimals, `0` for those not used.
    public var bytes: [UInt8] {
        let sale = self.sale
        var isSimplified = false
        if case .simplified = sale.regime { isSimplified = true }
        let head = [
            Self.text(self.isFirstAttempt), Self.text(self.isVerification), sale.dic?.text ?? "",
            sale.appointingDIC?.text ?? "", String(sale.premises), sale.till, sale.number, sale.date.iso8601Seconds,
            sale.total.text,
        ]
        return FileRows.join(
            head + SaleAmount.allCases.map { sale.amounts[$0]?.text ?? "0" } + [Self.text(isSimplified)])
    }

    private static func text(_ value: Bool) -> String { value ? "TRUE" : "FALSE" }
}

/// Reads the rows one by one; an error names the row.
private struct RowReader {
    let rows: FileRows
    let reading: EETInFile.Reading
    private(set) var warnings: [FileWarning] = []

    init(rows: FileRows, reading: EETInFile.Reading) {
        self.rows = rows
        self.reading = reading
    }

    func text(_ row: EETInRow) throws(FileRowError) -> String {
        guard let text = self.rows.text(row.rawValue) else {
            throw FileRowError(.eetin, row, .pattern, limit: "UTF-8 text without control characters")
        }
        return text
    }

    func boolean(_ row: EETInRow) throws(FileRowError) -> Bool {
        guard let value = FileValue.boolean(try self.text(row)) else {
            throw FileRowError(.eetin, row, .oneOf, limit: "TRUE, FALSE")
        }
        return value
    }

    func dic(_ row: EETInRow) throws(FileRowError) -> DIC {
        let text = try self.checked(row, .taxpayer)
        do { return try DIC(text, field: row.name) } catch { throw FileRowError(.eetin, row: row.rawValue, error) }
    }

    func premises() throws(FileRowError) -> Int {
        let text = try self.checked(.id_provoz, .unit(maximum: 999_999))
        guard let number = FileValue.integer(text) else {
            throw FileRowError(.eetin, .id_provoz, .pattern, limit: "a whole number of 1...999999")
        }
        return number
    }

    func identifier(_ row: EETInRow) throws(FileRowError) -> String {
        try self.checked(row, .identifier(maximum: row == .porad_cis ? EETInFile.longestNumber : 20))
    }

    func date() throws(FileRowError) -> OffsetDateTime {
        let text = try self.checked(.dat_trzba, .dateTime)
        guard let date = OffsetDateTime(iso8601Seconds: text) else {
            throw FileRowError(.eetin, .dat_trzba, .pattern, limit: "yyyy-MM-ddTHH:mm:ss and Z or ±hh:mm")
        }
        return date
    }

    mutating func amount(_ row: EETInRow) throws(FileRowError) -> Money {
        let text = try self.text(row)
        var separator: Character = "."
        if text.isEmpty {
            guard self.reading == .lenient else {
                throw FileRowError(.eetin, row, .required, limit: "a number, 0 when not used")
            }
            self.warnings.append(FileWarning(.leniency, row, "empty, read as 0"))
            return .zero(.czk)
        }
        if self.reading == .lenient, text.contains(","), !text.contains(".") {
            separator = ","
            self.warnings.append(FileWarning(.leniency, row, "decimal comma, read as a point"))
        }
        do {
            return Money(minorUnits: try FileValue.amount(text, separator: separator), currency: .czk)
        } catch {
            throw FileRowError(
                .eetin, row, error == .range ? .range : .pattern, limit: FileValue.amountLimit)
        }
    }

    private func checked(_ row: EETInRow, _ rule: AttributeRule) throws(FileRowError) -> String {
        let text = try self.text(row)
        do { try rule.check(text, field: row.name) } catch {
            throw FileRowError(.eetin, row: row.rawValue, error)
        }
        return text
    }
}
