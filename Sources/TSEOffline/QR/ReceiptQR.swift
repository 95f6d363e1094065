public import FiscalCore

/// The QR text of a German receipt (DSFinV-K, annex I): twelve fields, from which anybody can check the signature.
///
/// `V0;client;processType;processData;transactionNumber;signatureCounter;startTime;logTime;algorithm;logTimeFormat;signature;publicKey`
///
/// Process data of an order may hold `;` itself: three fields are counted from the left and eight from the right, and
/// what is between them is process data. Nothing is normalised, because every byte of it was signed.
public struct ReceiptQR: Sendable, Hashable {
    /// The whole text, as read or as built.
    public let text: String
    /// The register, as the TSE knows it. Signed.
    public let client: String
    /// What the transaction holds, exactly as it was written. Signed.
    public let processType: String
    /// The data of the transaction, exactly as they were written. Signed.
    public let processData: String
    /// Signed.
    public let transactionNumber: UInt64
    /// Signed.
    public let signatureCounter: UInt64
    /// When the transaction was started. Not signed.
    public let startTime: FiscalInstant
    /// When the TSE signed. Signed to the whole second.
    public let logTime: FiscalInstant
    /// The name of the signature algorithm. Its object identifier is signed.
    public let algorithm: String
    /// How the signed message spells the log time. Read without regard to letter case.
    public let logTimeFormat: String
    /// The signature as it stands in the text.
    public let signatureText: String
    /// The public key as it stands in the text.
    public let publicKeyText: String

    /// Reads a QR text.
    /// - Throws: ``QRProblem`` when it has not the form; decision T5 calls such a text malformed.
    public init(_ text: String) throws(QRProblem) {
        let fields = try Self.fields(of: text)
        guard fields[0] == "V0" else { throw QRProblem(.version, "V0", "the text must begin with V0;") }
        self.text = text
        self.client = fields[1]
        self.processType = fields[2]
        self.processData = fields[3]
        self.transactionNumber = try Self.number(fields[4], "transactionNumber")
        self.signatureCounter = try Self.number(fields[5], "signatureCounter")
        self.startTime = try Self.time(fields[6], "startTime")
        self.logTime = try Self.time(fields[7], "logTime")
        self.algorithm = fields[8]
        self.logTimeFormat = fields[9]
        self.signatureText = fields[10]
        self.publicKeyText = fields[11]
        guard LogTimeFormat(name: self.logTimeFormat) != nil else {
            throw QRProblem(.timeFormat, "logTimeFormat", "must be unixTime, utcTime or generalizedTime")
        }
        guard !self.signatureEncodings.isEmpty else {
            throw QRProblem(.base64, "signature", "must be base64 without stray bits, or hexadecimal")
        }
        guard Base64.decode(self.publicKeyText) != nil else {
            throw QRProblem(.base64, "publicKey", "must be base64 without stray bits")
        }
    }

    /// The text of a signature that fits into one.
    init(_ signature: TSESignature) {
        self.client = signature.client
        self.processType = signature.processType
        self.processData = signature.processData
        self.transactionNumber = signature.transactionNumber
        self.signatureCounter = signature.signatureCounter
        self.startTime = signature.startTime
        self.logTime = signature.logTime
        self.algorithm = signature.algorithm
        self.logTimeFormat = signature.timeFormat
        self.signatureText = Base64.encode(signature.signature)
        self.publicKeyText = Base64.encode(signature.publicKey)
        let fields = [
            "V0", self.client, self.processType, self.processData, "\(self.transactionNumber)",
            "\(self.signatureCounter)", self.startTime.utcMilliseconds, self.logTime.utcMilliseconds, self.algorithm,
            self.logTimeFormat, self.signatureText, self.publicKeyText,
        ]
        self.text = fields.joined(separator: ";")
    }
}

extension ReceiptQR: CustomStringConvertible {
    public var description: String { self.text }
}

// MARK: Fields

extension ReceiptQR {
    private static let semicolon = UInt8(ascii: ";")

    /// The twelve fields. Counted in bytes: a letter that combines with a semicolon must not hide it.
    private static func fields(of text: String) throws(QRProblem) -> [String] {
        let all = text.utf8.split(separator: Self.semicolon, omittingEmptySubsequences: false)
        guard all.count >= 12 else {
            throw QRProblem(.fieldCount, "", "twelve fields separated by semicolons, not \(all.count)")
        }
        let data = all[3..<(all.count - 8)].joined(separator: [Self.semicolon])
        let before = all[..<3].map { String(decoding: $0, as: UTF8.self) }
        let after = all[(all.count - 8)...].map { String(decoding: $0, as: UTF8.self) }
        return before + [String(decoding: Array(data), as: UTF8.self)] + after
    }

    private static func number(_ text: String, _ field: String) throws(QRProblem) -> UInt64 {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard !text.isEmpty, text.utf8.allSatisfy(digits.contains), let number = UInt64(text) else {
            throw QRProblem(.number, field, "must be a number of digits within 64 bits")
        }
        return number
    }

    private static func time(_ text: String, _ field: String) throws(QRProblem) -> FiscalInstant {
        guard let time = FiscalInstant(utcMilliseconds: text) else {
            throw QRProblem(.time, field, "must be a time of the form YYYY-MM-DDThh:mm:ss.fffZ")
        }
        return time
    }

    /// Whether these values can stand in a QR text and be found again.
    static func check(
        client: String, processType: String, algorithm: String, logTimeFormat: String,
        times: [(String, FiscalInstant)]
    ) throws(InvalidField) {
        let texts = [
            ("client", client), ("processType", processType), ("algorithm", algorithm), ("timeFormat", logTimeFormat),
        ]
        for (field, text) in texts where text.utf8.contains(Self.semicolon) {
            throw InvalidField(field, .pattern, limit: "no semicolon")
        }
        for (field, time) in times where FiscalInstant(utcMilliseconds: time.utcMilliseconds) != time {
            throw InvalidField(field, .range, limit: "the years 1 to 9999")
        }
        guard LogTimeFormat(name: logTimeFormat) != nil else {
            throw InvalidField("timeFormat", .oneOf, limit: "unixTime, utcTime, generalizedTime")
        }
    }
}
