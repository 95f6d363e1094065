public import FiscalCore

/// `AdditionalFields` of a German fiscal response: what the TSE says about the document.
///
/// All eleven are written; an absent one is read as its empty value, `""` or 0.
public struct AdditionalFields: Sendable, Hashable {
    /// `QrCodeDataString`: the text of the receipt's QR code (``ReceiptQR``), empty when there is no signature.
    public var qrCodeDataString: String
    /// `TransactionStartTime`: seconds since the epoch, 0 when no transaction was started.
    public var transactionStartTime: Int64
    /// `TransactionEndTime`: seconds since the epoch. In an outage the second of the request, by the service's clock,
    /// which is no time of the TSE.
    public var transactionEndTime: Int64
    /// `ProcessData`: what was signed.
    public var processData: String
    /// `ProcessType`: how ``processData`` is to be read.
    public var processType: String
    /// `TseSerial`: SHA-256 of the public point, 64 lower-case hexadecimal digits; filled in an outage too.
    public var tseSerial: String
    /// `TseTimeFormat`: how the signed message spells the log time.
    public var tseTimeFormat: String
    /// `TseHashAlgorithm`: the name of the signature algorithm.
    public var tseHashAlgorithm: String
    /// `TsePublicKey`: the public key in base64.
    public var tsePublicKey: String
    /// `TseSignatureCounter`: 0 when there is no signature.
    public var tseSignatureCounter: Int64
    /// `TseCertificate`: in an outage a sentence, never to be decoded.
    public var tseCertificate: String
    /// Members beyond the eleven, in their order.
    public var others: [JSON.Member]

    public init(
        qrCodeDataString: String = "", transactionStartTime: Int64 = 0, transactionEndTime: Int64 = 0,
        processData: String = "", processType: String = "", tseSerial: String = "", tseTimeFormat: String = "",
        tseHashAlgorithm: String = "", tsePublicKey: String = "", tseSignatureCounter: Int64 = 0,
        tseCertificate: String = "", others: [JSON.Member] = []
    ) {
        self.qrCodeDataString = qrCodeDataString
        self.transactionStartTime = transactionStartTime
        self.transactionEndTime = transactionEndTime
        self.processData = processData
        self.processType = processType
        self.tseSerial = tseSerial
        self.tseTimeFormat = tseTimeFormat
        self.tseHashAlgorithm = tseHashAlgorithm
        self.tsePublicKey = tsePublicKey
        self.tseSignatureCounter = tseSignatureCounter
        self.tseCertificate = tseCertificate
        self.others = others
    }
}
