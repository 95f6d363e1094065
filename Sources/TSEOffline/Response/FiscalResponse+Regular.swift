public import FiscalCore

extension FiscalResponse {
    /// The answer to `createDocument` once the TSE has started the transaction.
    /// - Parameters:
    ///   - number: the document's number, above 0; it is not the number of the transaction.
    ///   - startTime: when the TSE started the transaction.
    public static func started(
        number: Int64, revision: Int64 = 0, register: String, tseSerial: String, startTime: FiscalInstant,
        requestTime: ServiceTime, completionTime: ServiceTime
    ) -> FiscalResponse {
        FiscalResponse(
            fiscalisationDocumentNumber: .integer(number), fiscalisationDocumentRevision: .integer(revision),
            fiscalDocumentStartTime: .integer(startTime.secondsSinceEpoch), cashRegisterID: register,
            requestTime: requestTime, requestCompletionTime: completionTime,
            additionalFields: AdditionalFields(
                transactionStartTime: startTime.secondsSinceEpoch, tseSerial: tseSerial))
    }

    /// The answer to a finishing call, from what the TSE signed.
    /// - Parameter certificate: the TSE's certificate in base64, or empty.
    public static func regular(
        number: Int64, revision: Int64 = 0, register: String, signature: TSESignature, certificate: String = "",
        requestTime: ServiceTime, completionTime: ServiceTime
    ) -> FiscalResponse {
        FiscalResponse(
            fiscalisationDocumentNumber: .integer(number), fiscalisationDocumentRevision: .integer(revision),
            fiscalDocumentStartTime: .integer(signature.startTime.secondsSinceEpoch), cashRegisterID: register,
            signature: Base64.encode(signature.signature), requestTime: requestTime,
            requestCompletionTime: completionTime,
            additionalFields: AdditionalFields(
                qrCodeDataString: signature.qr().text,
                transactionStartTime: signature.startTime.secondsSinceEpoch,
                transactionEndTime: signature.logTime.secondsSinceEpoch, processData: signature.processData,
                processType: signature.processType, tseSerial: signature.serial,
                tseTimeFormat: signature.timeFormat, tseHashAlgorithm: signature.algorithm,
                tsePublicKey: Base64.encode(signature.publicKey),
                tseSignatureCounter: Int64(clamping: signature.signatureCounter), tseCertificate: certificate))
    }
}
