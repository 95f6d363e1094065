import FiscalCore

extension FiscalResponse {
    /// The fixed words and marks of the source document's three bodies. What depends on the installation (register,
    /// serial, times) is not among them.
    public enum OutageTexts {
        /// The number of a `createDocument` answer in an outage.
        public static let createNumber: Int64 = -99
        /// The number of a finishing answer in an outage.
        public static let finishNumber: Int64 = 0
        public static let errorDescription = "Tse connection error."
        /// Stands in `Signature`, `UserMessage` and `TseCertificate`.
        public static let notConnected = "Tse not connected."
        public static let printMessage = "TSE ausgefallen."
        public static let processType = "Kassenbeleg-V1"
        public static let timeFormat = "unixTime"
        public static let hashAlgorithm = "ecdsa-plain-SHA256"
    }

    /// The answer while the TSE is down: number −99 to `createDocument`, 0 to a finishing call, whether or not
    /// `createDocument` had failed before.
    /// - Parameters:
    ///   - tseSerial: the serial of the configured TSE, which is known without reaching it.
    ///   - requestTime: when the request arrived; its second is the answer's `TransactionEndTime` too.
    ///   - completionTime: when the answer was ready.
    public static func outage(
        _ step: FiscalStep, register: String, tseSerial: String, requestTime: ServiceTime,
        completionTime: ServiceTime
    ) -> FiscalResponse {
        let number = step.isFinishing ? OutageTexts.finishNumber : OutageTexts.createNumber
        return FiscalResponse(
            fiscalisationDocumentNumber: .integer(number), errorDescription: OutageTexts.errorDescription,
            cashRegisterID: register, signature: OutageTexts.notConnected, userMessage: OutageTexts.notConnected,
            printMessage: OutageTexts.printMessage, requestTime: requestTime, requestCompletionTime: completionTime,
            additionalFields: AdditionalFields(
                transactionEndTime: requestTime.secondsSinceEpoch, processType: OutageTexts.processType,
                tseSerial: tseSerial, tseTimeFormat: OutageTexts.timeFormat,
                tseHashAlgorithm: OutageTexts.hashAlgorithm, tseCertificate: OutageTexts.notConnected))
    }
}
