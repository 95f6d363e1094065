public import FiscalCore

/// A transaction that was started for a document, and at which TSE.
public struct TSETransaction: Sendable, Hashable, Codable {
    public var number: UInt64
    /// The serial of the TSE that started it. A replaced TSE counts its transactions anew.
    public var serial: String
    /// The TSE's time at the start.
    public var startTime: FiscalInstant

    public init(number: UInt64, serial: String, startTime: FiscalInstant) {
        self.number = number
        self.serial = serial
        self.startTime = startTime
    }
}

/// The signature of a finished document as the journal keeps it.
public struct DocumentSignature: Sendable, Hashable, Codable {
    public var transactionNumber: UInt64
    public var signatureCounter: UInt64
    public var startTime: FiscalInstant
    /// The TSE's time when it signed; of a re-signed document this is later than the sale.
    public var logTime: FiscalInstant
    /// The QR text, which holds everything that was signed, the signature and the key.
    public var qr: String

    public init(
        transactionNumber: UInt64, signatureCounter: UInt64, startTime: FiscalInstant, logTime: FiscalInstant,
        qr: String
    ) {
        self.transactionNumber = transactionNumber
        self.signatureCounter = signatureCounter
        self.startTime = startTime
        self.logTime = logTime
        self.qr = qr
    }
}
