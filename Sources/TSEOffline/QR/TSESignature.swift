public import FiscalCore

/// What a TSE returns for a finished transaction: everything that the receipt, the answer and an auditor need.
///
/// Valid by having been made: its texts fit into a receipt's QR code. Whether the signature is right is another
/// question (``verify(tryingSplits:)``).
public struct TSESignature: Sendable, Hashable {
    /// The register, as the TSE knows it.
    public let client: String
    public let transactionNumber: UInt64
    public let signatureCounter: UInt64
    /// When the TSE started the transaction.
    public let startTime: FiscalInstant
    /// When the TSE signed. The signed message holds whole seconds.
    public let logTime: FiscalInstant
    /// The name of the signature algorithm, such as `ecdsa-plain-SHA256`.
    public let algorithm: String
    /// How the signed message spells the log time: `unixTime`, `utcTime`, `generalizedTime`.
    public let timeFormat: String
    public let processType: String
    public let processData: String
    /// `r ‖ s`, both padded to the length of the curve.
    public let signature: [UInt8]
    /// The uncompressed point, `04 ‖ x ‖ y`.
    public let publicKey: [UInt8]

    /// - Throws: `InvalidField` when a text cannot stand in a QR text: a `;` in client, process type, algorithm or time
    ///   format, a time outside the years 1 to 9999, or a number beyond 63 bits.
    public init(
        client: String, transactionNumber: UInt64, signatureCounter: UInt64, startTime: FiscalInstant,
        logTime: FiscalInstant, algorithm: String = "ecdsa-plain-SHA256", timeFormat: String = "unixTime",
        processType: String, processData: String, signature: [UInt8], publicKey: [UInt8]
    ) throws(InvalidField) {
        self.client = client
        self.transactionNumber = transactionNumber
        self.signatureCounter = signatureCounter
        self.startTime = startTime
        self.logTime = logTime
        self.algorithm = algorithm
        self.timeFormat = timeFormat
        self.processType = processType
        self.processData = processData
        self.signature = signature
        self.publicKey = publicKey
        try ReceiptQR.check(
            client: client, processType: processType, algorithm: algorithm, logTimeFormat: timeFormat,
            times: [("startTime", startTime), ("logTime", logTime)])
    }

    /// The signature that a QR text holds, for one that was kept as its text.
    /// - Throws: `InvalidField` when the key is none of a TSE, or the signature is not written as plain base64 of the
    ///   key's length. Whether it is right is not checked.
    public init(_ qr: ReceiptQR) throws(InvalidField) {
        guard let key = Base64.decode(qr.publicKeyText).flatMap({ TSEKey($0) }) else {
            throw InvalidField("publicKey", .pattern, limit: "a point on a curve of a TSE")
        }
        guard let signature = Base64.decode(qr.signatureText), signature.count == 2 * key.curve.coordinateByteCount
        else { throw InvalidField("signature", .length, limit: "twice \(key.curve.coordinateByteCount) bytes") }
        try self.init(
            client: qr.client, transactionNumber: qr.transactionNumber, signatureCounter: qr.signatureCounter,
            startTime: qr.startTime, logTime: qr.logTime, algorithm: qr.algorithm, timeFormat: qr.logTimeFormat,
            processType: qr.processType, processData: qr.processData, signature: signature, publicKey: key.point)
    }

    /// The serial number of the TSE: SHA-256 of the public point, lower-case hexadecimal.
    public var serial: String { Hex.encode(Digest.hash(.sha256, self.publicKey)) }

    /// The text of the receipt's QR code.
    public func qr() -> ReceiptQR { ReceiptQR(self) }

    /// Checks the signature against the public key (TSE-124).
    /// - Parameter tryingSplits: whether to try process data signed in two chunks, which costs one verification for
    ///   each place where they may have been cut.
    public func verify(tryingSplits: Bool = true) -> QRVerification { self.qr().verify(tryingSplits: tryingSplits) }
}
