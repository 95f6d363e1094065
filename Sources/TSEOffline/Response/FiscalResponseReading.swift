public import FiscalCore

/// A fiscal response as it was read: what it says, what it looked like, and what had to be overlooked.
///
/// Names are matched without regard to letter case; when two spellings of one name collide, the source document's wins
/// (decision T12). Numbers may come as texts, texts as null, and members may be absent or unknown.
public struct FiscalResponseReading: Sendable, Hashable {
    public let response: FiscalResponse
    /// The whole message as it came, for the journal.
    public let json: JSON
    /// What was overlooked, in the order of the members.
    public let leniencies: [ResponseLeniency]
    /// Whether any member of a fiscal response was there at all. A proxy's JSON has none: such a body is no answer.
    public let isFiscalResponse: Bool

    /// - Throws: ``UnreadableResponse`` for bytes that are no JSON object. The remarks `-- empty` of the source
    ///   document's samples are documentation, not JSON.
    public init(parsing bytes: some Sequence<UInt8>) throws(UnreadableResponse) {
        let json: JSON
        do { json = try JSON(parsing: bytes) } catch { throw UnreadableResponse(.noJSON, "\(error)") }
        try self.init(json)
    }

    /// - Throws: ``UnreadableResponse`` when the value is no object.
    public init(_ json: JSON) throws(UnreadableResponse) {
        guard let members = json.members else {
            throw UnreadableResponse(.noObject, "a fiscal response is a JSON object")
        }
        var reader = MemberReader(members)
        var response = FiscalResponse()
        response.fiscalCountry = reader.country("FiscalCountry")
        response.fiscalisationDocumentNumber = reader.echoed("FiscalisationDocumentNumber")
        response.fiscalisationDocumentRevision = reader.echoed("FiscalisationDocumentRevision")
        response.fiscalDocumentStartTime = reader.echoed("FiscalDocumentStartTime")
        response.processStartTime = reader.integer("ProcessStartTime")
        response.errorDescription = reader.text("ErrorDescription")
        response.cashRegisterID = reader.text("CashRegisterId")
        response.signature = reader.text("Signature")
        response.userMessage = reader.text("UserMessage")
        response.printMessage = reader.text("PrintMessage")
        response.requestTime = reader.time("RequestTime")
        response.requestCompletionTime = reader.time("RequestCompletionTime")
        var fields = MemberReader(reader.object("AdditionalFields"), path: "AdditionalFields.")
        response.additionalFields = AdditionalFields(reading: &fields)
        let known = reader.found + fields.found
        response.fiscalDocumentNumber = reader.optionalEchoed("FiscalDocumentNumber")
        response.others = reader.others
        self.response = response
        self.json = json
        self.leniencies = reader.leniencies + fields.leniencies
        self.isFiscalResponse = known > 0
    }
}

extension FiscalResponse {
    /// Reads an answer, leniently (``FiscalResponseReading`` tells what was overlooked).
    /// - Throws: ``UnreadableResponse`` for bytes that are no JSON object.
    public init(parsing bytes: some Sequence<UInt8>) throws(UnreadableResponse) {
        self = try FiscalResponseReading(parsing: bytes).response
    }
}

extension AdditionalFields {
    fileprivate init(reading fields: inout MemberReader) {
        self.init()
        self.qrCodeDataString = fields.text("QrCodeDataString")
        self.transactionStartTime = fields.integer("TransactionStartTime")
        self.transactionEndTime = fields.integer("TransactionEndTime")
        self.processData = fields.text("ProcessData")
        self.processType = fields.text("ProcessType")
        self.tseSerial = fields.text("TseSerial")
        self.tseTimeFormat = fields.text("TseTimeFormat")
        self.tseHashAlgorithm = fields.text("TseHashAlgorithm")
        self.tsePublicKey = fields.text("TsePublicKey")
        self.tseSignatureCounter = fields.integer("TseSignatureCounter")
        self.tseCertificate = fields.text("TseCertificate")
        self.others = fields.others
    }
}

/// Why bytes are no fiscal response.
public struct UnreadableResponse: Error, Sendable, Hashable {
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Base: Sendable { case noJSON, noObject }
        private let base: Base
        /// The bytes are no JSON text.
        public static let noJSON = Self(base: .noJSON)
        /// JSON, but no object.
        public static let noObject = Self(base: .noObject)
        public var description: String { "\(self.base)" }
    }

    public var code: Code
    /// Where and why, without a piece of the message.
    public var detail: String

    init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }
}

extension UnreadableResponse: CustomStringConvertible {
    public var description: String { "fiscal response: \(self.detail)" }
}
