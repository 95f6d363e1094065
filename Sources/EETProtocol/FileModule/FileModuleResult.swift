public import FiscalCore

/// What a run of the module means for the caller's receipt: the state, the codes, and what goes on paper.
public struct FileModuleResult: Sendable, Hashable {
    public let ending: FileModuleEnding
    /// FIK (v4: POK), when the sale is recorded.
    public let confirmationCode: String?
    /// PKP and BKP (v3). The same over all attempts of one receipt.
    public let codes: SecurityCodes?
    /// Identifies the last message; to be kept with the receipt, never printed.
    public let uuid: String?
    /// The run was in the test environment: nothing in it is official.
    public let isTest: Bool
    /// What the receipt has to carry now; empty when this run gives no receipt (`mustSubmitAgain`).
    public private(set) var paper: Paper

    /// Whether the sale is an official record.
    public var isOfficiallyRecorded: Bool { self.ending.isRegistered && !self.isTest }

    /// The receipt was not submitted to be recorded (licence, registering run, refused input, verification): repair
    /// the cause, if there is one, and submit it again.
    public var mustSubmitAgain: Bool {
        switch self.ending.kind {
        case .notSent, .licence, .moduleRegistered, .verifiedOnly: true
        case .registered, .temporary, .notRecorded, .refused, .reserved, .noConnection, .outcomeUnknown, .unclear:
            false
        }
    }

    /// - Parameters:
    ///   - output: what the module wrote.
    ///   - submitted: what it was given.
    ///   - edition: of the run.
    ///   - isTest: row 1 of `eet.txt`.
    /// - Throws: ``FileRowError`` for an output that belongs to another receipt; nothing of it may be used.
    public init(
        _ output: EETOutFile, submitted: EETInFile, edition: Edition, isTest: Bool,
        options: ReceiptOptions = ReceiptOptions()
    ) throws(FileRowError) {
        guard output.number == submitted.sale.number else {
            throw FileRowError(
                .eetout, row: EETOutRow.porad_cisl.rawValue,
                InvalidField(EETOutRow.porad_cisl.name, .consistency, limit: "the submitted receipt number"))
        }
        let codes = output.codes
        self.ending = FileModuleEnding(
            code: output.code, hasConfirmation: !output.fik.isEmpty,
            mayHaveLeft: codes != nil || !output.uuid.isEmpty, wasVerification: submitted.isVerification)
        self.codes = codes
        self.confirmationCode = self.ending.isRegistered ? output.fik : nil
        self.uuid = output.uuid.isEmpty ? nil : output.uuid
        self.isTest = isTest
        self.paper = Paper()
        guard !self.mustSubmitAgain else { return }
        let registration = self.confirmationCode.map {
            Registration(code: $0, edition: edition, uuid: output.uuid, receivedAt: "", isTest: isTest)
        }
        self.paper = Paper(
            try submitted.data(edition: edition, certificateDIC: nil), codes: codes, registration: registration,
            isTest: isTest, options: options)
    }
}
