import FiscalCore

/// `eetout.txt`: what became of one submission, in exactly 6 rows.
public struct EETOutFile: Sendable, Hashable {
    /// Row 1 `porad_cisl`: row 7 of `eetin.txt` as it stands, empty when that could not be read.
    public var number: String
    /// Row 2: the taxpayer's signature code, printed when there is no FIK (v3 only).
    public var pkp: String
    /// Row 3: the taxpayer's security code, printed on every receipt (v3 only).
    public var bkp: String
    /// Row 4: FIK (v4: POK), the proof that the authority recorded the sale; else empty.
    public var fik: String
    /// Row 5: identifies the last message. To be kept with the receipt, never printed.
    public var uuid: String
    /// Row 6: nil (an empty row) when the sale is recorded.
    public var code: EETResultCode?

    public init(
        number: String, codes: SecurityCodes? = nil, fik: String? = nil, uuid: String? = nil, code: EETResultCode?
    ) {
        self.number = number
        self.pkp = codes?.pkp ?? ""
        self.bkp = codes?.bkp ?? ""
        self.fik = fik ?? ""
        self.uuid = uuid ?? ""
        self.code = code
    }

    /// The file: UTF-8, CR LF, six rows whatever they hold.
    public var bytes: [UInt8] {
        FileRows.join([
            self.number, self.pkp, self.bkp, self.fik, self.uuid, self.code.map { String($0.rawValue) } ?? "",
        ])
    }

    /// Reads a file.
    /// - Throws: ``FileRowError``: another number of rows, a row that is no text, PKP and BKP that do not belong
    ///   together, or a row 6 that is neither empty nor a code of the authority or the module.
    public init(bytes: [UInt8]) throws(FileRowError) {
        let rows = try FileRows(splitting: bytes, file: .eetout, count: EETOutRow.allCases.count)
        func text(_ row: EETOutRow) throws(FileRowError) -> String {
            guard let text = rows.text(row.rawValue) else {
                throw row.error(.pattern, limit: "UTF-8 text without control characters")
            }
            return text
        }
        self.number = try text(.porad_cisl)
        self.pkp = try text(.pkp)
        self.bkp = try text(.bkp)
        self.fik = try text(.fik)
        self.uuid = try text(.uuid)
        self.code = try Self.code(try text(.code))
        guard self.pkp.isEmpty == self.bkp.isEmpty else {
            throw EETOutRow.bkp.error(.consistency, limit: "PKP and BKP are both there or neither is")
        }
        guard self.pkp.isEmpty || self.codes != nil else {
            throw EETOutRow.bkp.error(.consistency, limit: "BKP is the SHA-1 digest of the bytes of PKP")
        }
    }

    /// PKP and BKP; nil when there are none or BKP is not that of PKP.
    public var codes: SecurityCodes? { SecurityCodes(checkingPKP: self.pkp, bkp: self.bkp) }

    private static func code(_ text: String) throws(FileRowError) -> EETResultCode? {
        if text.isEmpty { return nil }
        let isNegative = text.first == "-"
        guard let magnitude = FileValue.integer(isNegative ? String(text.dropFirst()) : text), magnitude <= 9999,
            !(isNegative && magnitude == 0), let code = EETResultCode(rawValue: isNegative ? -magnitude : magnitude)
        else { throw EETOutRow.code.error(.range, limit: "empty, -999...999 or 1001...1008") }
        return code
    }
}

/// The 6 rows of `eetout.txt` in their order.
public enum EETOutRow: Int, Sendable, Hashable, CaseIterable {
    case porad_cisl = 1
    case pkp
    case bkp
    case fik
    case uuid
    case code

    /// The name that the module's documentation gives the row.
    public var name: String {
        switch self {
        case .porad_cisl: "porad_cisl"
        case .pkp: "PKP"
        case .bkp: "BKP"
        case .fik: "FIK"
        case .uuid: "UUID"
        case .code: "error code"
        }
    }

    fileprivate func error(_ rule: InvalidField.Rule, limit: String) -> FileRowError {
        FileRowError(.eetout, row: self.rawValue, InvalidField(self.name, rule, limit: limit))
    }
}

extension SecurityCodes {
    /// Codes that somebody else wrote: nil unless PKP has the wire's form and BKP is its digest.
    init?(checkingPKP pkp: String, bkp: String) {
        guard let signature = Base64.decode(pkp), signature.count == 256,
            bkp.uppercased() == Self.bkp(ofPKP: signature)
        else { return nil }
        self.init(pkp: pkp, bkp: bkp)
    }
}
