/// Where the parts of an answer disagree with each other or with the request (decision F8). It never undoes a receipt.
public struct Inconsistency: Sendable, Hashable, CustomStringConvertible {
    /// The member that it is about.
    public enum Word: String, Sendable, Hashable, CaseIterable {
        /// The QR text as a whole: absent, or not the six fields.
        case qr
        case qrTime = "qr.t"
        case qrSum = "qr.s"
        case qrFN = "qr.fn"
        case qrNumber = "qr.i"
        case qrFiscalSign = "qr.fp"
        case qrSign = "qr.n"
        case date = "Date"
        case grandTotal = "GrandTotal"
        case documentType = "DocumentType"
        case deviceSerialNumber = "DeviceSerialNumber"
        case fiscalDocNumber = "FiscalDocNumber"
        case fiscalSign = "FiscalSign"
        case fnSerialNumber = "FNSerialNumber"
        case requestID = "RequestId"
        case clientID = "ClientId"
        /// Tag 1199 of a full answer.
        case taxID = "TaxId"
    }

    public let word: Word
    /// The word, and what is the matter.
    public let text: String

    init(_ word: Word, _ text: String) {
        self.word = word
        self.text = "\(word.rawValue) \(text)"
    }

    public var description: String { self.text }
}
