public import FiscalCore

/// The answer of the fiscal service to `createDocument`, `storeDocument` or `cancelDocument`, in an outage too: a TSE
/// that fails changes what the answer says, never that there is one.
///
/// Texts that are absent, null or empty are all `""`: the service writes each of them. Ask ``classify(step:afterCreateFailed:)``
/// what an answer means; no single member tells.
public struct FiscalResponse: Sendable, Hashable {
    /// `FiscalCountry`; nil when absent, which counts as Germany.
    public var fiscalCountry: FiscalCountry?
    /// `FiscalisationDocumentNumber`: −99 when `createDocument` failed, 0 when a finishing call did. Kept as it came,
    /// for it is sent back; nil when absent.
    public var fiscalisationDocumentNumber: JSON?
    /// `FiscalisationDocumentRevision`, kept as it came.
    public var fiscalisationDocumentRevision: JSON?
    /// `FiscalDocumentStartTime`: seconds since the epoch, kept as it came.
    public var fiscalDocumentStartTime: JSON?
    /// `ProcessStartTime`: seconds since the epoch; 0 is normal.
    public var processStartTime: Int64
    /// `ErrorDescription`: not empty when something failed. The words may change.
    public var errorDescription: String
    /// `CashRegisterId`: the register that asked.
    public var cashRegisterID: String
    /// `Signature`: base64, in an outage a sentence. ``signatureBytes`` tells them apart.
    public var signature: String
    /// `UserMessage`: for the operator's screen, never for paper.
    public var userMessage: String
    /// `PrintMessage`: of a finishing call, it goes on the receipt unchanged (``FiscalReceiptPaper``).
    public var printMessage: String
    /// `RequestTime`: when the request arrived, by the service's clock.
    public var requestTime: ServiceTime?
    /// `RequestCompletionTime`: when the answer was ready.
    public var requestCompletionTime: ServiceTime?
    /// `AdditionalFields`: what the TSE says.
    public var additionalFields: AdditionalFields
    /// `FiscalDocumentNumber`, which newer services send beside or in place of ``fiscalisationDocumentNumber``.
    public var fiscalDocumentNumber: JSON?
    /// Members that the source document does not show, in their order.
    public var others: [JSON.Member]

    public init(
        fiscalCountry: FiscalCountry? = .germany, fiscalisationDocumentNumber: JSON? = 0,
        fiscalisationDocumentRevision: JSON? = 0, fiscalDocumentStartTime: JSON? = 0, processStartTime: Int64 = 0,
        errorDescription: String = "", cashRegisterID: String = "", signature: String = "", userMessage: String = "",
        printMessage: String = "", requestTime: ServiceTime? = nil, requestCompletionTime: ServiceTime? = nil,
        additionalFields: AdditionalFields = AdditionalFields(), fiscalDocumentNumber: JSON? = nil,
        others: [JSON.Member] = []
    ) {
        self.fiscalCountry = fiscalCountry
        self.fiscalisationDocumentNumber = fiscalisationDocumentNumber
        self.fiscalisationDocumentRevision = fiscalisationDocumentRevision
        self.fiscalDocumentStartTime = fiscalDocumentStartTime
        self.processStartTime = processStartTime
        self.errorDescription = errorDescription
        self.cashRegisterID = cashRegisterID
        self.signature = signature
        self.userMessage = userMessage
        self.printMessage = printMessage
        self.requestTime = requestTime
        self.requestCompletionTime = requestCompletionTime
        self.additionalFields = additionalFields
        self.fiscalDocumentNumber = fiscalDocumentNumber
        self.others = others
    }
}

extension FiscalResponse {
    /// The document's number: `FiscalisationDocumentNumber`, when that is absent `FiscalDocumentNumber` (decision T2);
    /// nil when neither is a number.
    public var number: Int64? {
        LenientNumber.value(of: self.numberAsReceived)
    }

    var numberAsReceived: JSON? {
        self.fiscalisationDocumentNumber ?? self.fiscalDocumentNumber
    }

    /// What the finishing call must send back; a value that did not come is 0.
    public var echoed: EchoedNumbers {
        let revisions = [
            self.fiscalisationDocumentRevision,
            // Newer services moved the revision.
            JSON.object(self.others).presentValue("FiscalDocumentRevision"),
            JSON.object(self.additionalFields.others).presentValue("FiscalDocumentRevision"),
        ]
        return EchoedNumbers(
            number: self.numberAsReceived ?? 0, revision: revisions.lazy.compactMap { $0 }.first ?? 0,
            startTime: self.fiscalDocumentStartTime ?? 0)
    }

    /// The signature; nil when there is none, the sentence of an outage included (TSE-123).
    public var signatureBytes: [UInt8]? {
        guard self.isSignedByStructure, let bytes = Base64.decode(self.signature), !bytes.isEmpty else { return nil }
        return bytes
    }

    /// Whether a QR text and a counter are there. Nothing counts as signed without both.
    var hasSignatureMark: Bool {
        !self.additionalFields.qrCodeDataString.isEmpty && self.additionalFields.tseSignatureCounter > 0
    }

    private var isSignedByStructure: Bool { self.hasSignatureMark && self.errorDescription.isEmpty }
}

extension JSON {
    /// A member of this name in any letter case; the exact spelling wins. Null and the empty text count as absent.
    func presentValue(_ name: String) -> JSON? {
        guard let value = self[anyCase: name], !value.isNull, value != .string("") else { return nil }
        return value
    }
}
