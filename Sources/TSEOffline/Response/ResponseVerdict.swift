/// What an answer of the fiscal service means (decision T2).
public enum ResponseKind: String, Sendable, Hashable, CaseIterable {
    /// The TSE signed the document.
    case signed
    /// `createDocument` opened the transaction.
    case started
    /// `createDocument` failed: the sale goes on, the service opens the transaction at the finishing call.
    case createFailed
    /// The finishing call failed: the receipt is issued unsigned, the service re-signs it.
    case storeFailed
    /// As ``storeFailed``, after `createDocument` had failed already. The answer alone cannot tell.
    case bothFailed
    /// Neither signed nor a known outage.
    case unsigned
    /// A mark of failure beside a mark of a signature.
    case inconsistent
    /// An error that is none of the TSE's.
    case otherError
    /// An answer for another country, which this library does not judge.
    case notGermany
}

/// An answer of the fiscal service, judged by its structure and never by the words of a message (decisions T2, T3).
public struct ResponseVerdict: Sendable, Hashable {
    public var kind: ResponseKind
    /// The call that was answered.
    public var step: FiscalStep
    /// The country of the answer; Germany when it names none.
    public var country: FiscalCountry
    /// `PrintMessage` as it came; nil when empty. Only that of a finishing call is for paper.
    public var printMessage: String?
    /// `UserMessage` as it came, for the operator's screen; nil when empty.
    public var userMessage: String?
    /// What the finishing call sends back, after ``ResponseKind/createFailed`` and ``ResponseKind/started`` only.
    public var storeWith: EchoedNumbers?
    /// What the signature in the QR text is worth; nil when there is no QR text.
    public var signature: QRVerification?
    /// What does not fit together, in words. It never undoes a signature.
    public var inconsistencies: [String]
}

extension ResponseVerdict {
    /// Whether the TSE took part; nil when the answer does not tell.
    public var tseAvailable: Bool? {
        switch self.kind {
        case .signed, .started: true
        case .createFailed, .storeFailed, .bothFailed, .unsigned, .inconsistent: false
        case .otherError, .notGermany: nil
        }
    }

    /// Whether the answer reports an outage of the TSE.
    public var tseOutage: Bool {
        switch self.kind {
        case .createFailed, .storeFailed, .bothFailed: true
        case .signed, .started, .unsigned, .inconsistent, .otherError, .notGermany: false
        }
    }

    /// Whether the cash desk goes on as usual.
    public var mayContinueSale: Bool { self.kind != .otherError }

    /// Whether the document is finished and its receipt goes out without a signature.
    public var receiptIssuedUnsigned: Bool {
        switch self.kind {
        case .storeFailed, .bothFailed, .unsigned, .inconsistent: true
        case .signed, .started, .createFailed, .otherError, .notGermany: false
        }
    }

    /// Whether the service signs the document by itself once the TSE is back.
    public var resignByService: Bool {
        switch self.kind {
        case .storeFailed, .bothFailed: true
        case .signed, .started, .createFailed, .unsigned, .inconsistent, .otherError, .notGermany: false
        }
    }

    /// Whether the QR code goes on the receipt.
    public var printQr: Bool { self.kind == .signed }

    /// The word for the signature in the QR text; nil when there is no QR text.
    public var signatureVerdict: QRVerdict? { self.signature?.verdict }
}
