public import FiscalCore

/// What `storeDocument` finishes: a document and what of it the TSE is to sign.
///
/// Valid by having been made. Totals on paper and totals that are signed are the same when the host prints from the same
/// ``processData``.
public struct FiscalDocument: Sendable, Hashable {
    /// The host's own identifier of the document: the key (decision T11). The document's number is none.
    public let id: String
    /// The serial number of the recording system: client of the TSE, `CashRegisterId` of the answers.
    public let register: String
    public let processType: ProcessType
    /// What is signed, exactly as it stands.
    public let processData: String

    /// A receipt.
    /// - Throws: `InvalidField` for an identifier or register that cannot be one.
    public init(id: String, register: String, receipt: ProcessData) throws(InvalidField) {
        try Self.check(id: id, register: register)
        self.id = id
        self.register = register
        self.processType = .receipt
        self.processData = receipt.text
    }

    /// Data in their wire form.
    /// - Throws: `InvalidField` for an identifier or register that cannot be one, for a type that cannot stand in a QR
    ///   text, and for a receipt whose data are not canonical or do not add up (decision T14). Data of other types are
    ///   signed as they stand.
    public init(
        id: String, register: String, processType: ProcessType = .receipt, processData: String
    ) throws(InvalidField) {
        try Self.check(id: id, register: register)
        guard !processType.rawValue.isEmpty, !processType.rawValue.contains(";") else {
            throw InvalidField("ProcessType", .pattern, limit: "not empty, no semicolon")
        }
        if processType.rawValue.lowercased() == ProcessType.receipt.rawValue.lowercased() {
            let reading = try ProcessDataReading(parsing: processData)
            guard processType == .receipt else {
                throw InvalidField("ProcessType", .pattern, limit: ProcessType.receipt.rawValue)
            }
            guard reading.data?.text == processData else {
                throw InvalidField(
                    "ProcessData", .consistency, limit: "canonical, payments together as much as the sums")
            }
        }
        self.id = id
        self.register = register
        self.processType = processType
        self.processData = processData
    }

    /// What is signed for a document that is cancelled: a receipt that was broken off, all sums 0 (DSFinV-K, annex I).
    public static let cancelledData = "AVBelegabbruch^0.00_0.00_0.00_0.00_0.00^"

    /// - Throws: `InvalidField` for an identifier that is empty or longer than 200 bytes, or a register that is empty,
    ///   longer than 70 bytes, or cannot stand in a QR text.
    static func check(id: String, register: String) throws(InvalidField) {
        guard (1...200).contains(id.utf8.count) else {
            throw InvalidField("documentId", .length, limit: "1...200 bytes")
        }
        guard (1...70).contains(register.utf8.count) else {
            throw InvalidField("CashRegisterId", .length, limit: "1...70 bytes")
        }
        guard register.unicodeScalars.allSatisfy({ $0 != ";" && $0.value >= 0x20 && $0.value != 0x7F }) else {
            throw InvalidField("CashRegisterId", .pattern, limit: "no semicolon, no control characters")
        }
    }
}
