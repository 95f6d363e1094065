public import FiscalCore

/// What the signature of a QR text is worth (decision T5).
public enum QRVerdict: String, Sendable, Hashable, CaseIterable {
    /// The holder of the key signed exactly these values. Whether the key belongs to a certified TSE is another question,
    /// which needs the certificate.
    case valid
    /// The key did not sign these values.
    case signatureMismatch
    /// There is no key, or its point lies on none of the curves of a TSE.
    case badPublicKey
    /// No QR text of a receipt (``QRProblem``).
    case malformed
    /// An algorithm that this release cannot check. Says nothing about the signature.
    case unsupportedAlgorithm
}

/// A QR text and what came of checking it.
public struct QRVerification: Sendable, Hashable {
    public var verdict: QRVerdict
    /// The fields; nil when ``verdict`` is ``QRVerdict/malformed``.
    public var qr: ReceiptQR?
    /// The curve of the key; nil without one.
    public var curve: NamedCurve?
    /// How the process data were signed; nil unless valid.
    public var layout: LogMessage.ProcessDataLayout?
    /// How the signature is written; nil unless valid.
    public var signatureForm: SignatureForm?
    /// The TSE's serial number: SHA-256 of the uncompressed point, lower-case hexadecimal; nil without a point.
    public var serial: String?
    /// The message that was signed; nil unless valid.
    public var message: [UInt8]?
    /// What is wrong, or implausible in parts that are not signed. In words, without values.
    public var problems: [String]

    /// Reads and checks a text that may be anything.
    public init(of text: String, tryingSplits: Bool = true) {
        do {
            self = try ReceiptQR(text).verify(tryingSplits: tryingSplits)
        } catch {
            self.init(.malformed, problems: ["\(error)"])
        }
    }

    init(_ verdict: QRVerdict, qr: ReceiptQR? = nil, key: TSEKey? = nil, problems: [String]) {
        self.verdict = verdict
        self.qr = qr
        self.curve = key?.curve
        self.serial = key?.serial
        self.problems = problems
    }
}
