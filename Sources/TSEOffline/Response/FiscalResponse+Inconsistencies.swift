import FiscalCore

extension FiscalResponse {
    /// What does not fit together in a German answer: copies that differ from the QR text, and numbers that do not fit
    /// the step. Texts name members, never values.
    func inconsistencies(step: FiscalStep, kind: ResponseKind, _ verification: QRVerification?) -> [String] {
        var found = self.numberInconsistencies(step: step, kind: kind)
        if let verification { found += self.qrInconsistencies(verification) }
        if let start = self.requestTime, let end = self.requestCompletionTime, end - start < .zero {
            found.append("RequestCompletionTime is earlier than RequestTime")
        }
        return found
    }

    private func numberInconsistencies(step: FiscalStep, kind: ResponseKind) -> [String] {
        var found: [String] = []
        if step.isFinishing, self.number == OutageTexts.createNumber {
            found.append("FiscalisationDocumentNumber -99 belongs to createDocument, not to a finishing call")
        }
        if step == .create, kind == .createFailed, self.number == OutageTexts.finishNumber {
            found.append("FiscalisationDocumentNumber 0 belongs to a finishing call, not to createDocument")
        }
        if kind == .signed {
            if self.number == 0 { found.append("FiscalisationDocumentNumber is 0 on a signed answer") }
            if let number = self.number, number < 0 {
                found.append("FiscalisationDocumentNumber is negative on a signed answer")
            }
            if step == .create { found.append("a signature does not fit createDocument, which only starts") }
        }
        if kind == .inconsistent { found.append("a mark of failure stands beside a QR text with a counter") }
        if let newer = LenientNumber.value(of: self.fiscalDocumentNumber), let number = self.number, newer != number {
            found.append("FiscalDocumentNumber differs from FiscalisationDocumentNumber")
        }
        return found
    }

    private func qrInconsistencies(_ verification: QRVerification) -> [String] {
        let fields = self.additionalFields
        guard let qr = verification.qr else { return ["QrCodeDataString is no QR text of a receipt"] }
        var found: [String] = []
        func compare(_ member: String, _ fits: Bool?) {
            if fits == false { found.append("\(member) differs from the QR text") }
        }
        compare("CashRegisterId", Self.fits(self.cashRegisterID, qr.client))
        compare("Signature", Self.fits(self.signature, qr.signatureText))
        compare("ProcessData", Self.fits(fields.processData, qr.processData))
        compare("ProcessType", Self.fits(fields.processType, qr.processType))
        compare("TseTimeFormat", Self.fits(fields.tseTimeFormat.lowercased(), qr.logTimeFormat.lowercased()))
        compare("TseHashAlgorithm", Self.fits(fields.tseHashAlgorithm, qr.algorithm))
        compare("TsePublicKey", Self.fits(fields.tsePublicKey, qr.publicKeyText))
        compare("TseSerial", verification.serial.flatMap { Self.fits(fields.tseSerial.lowercased(), $0) })
        compare("TransactionStartTime", Self.fits(fields.transactionStartTime, qr.startTime))
        compare("TransactionEndTime", Self.fits(fields.transactionEndTime, qr.logTime))
        // A counter of 0 beside a QR text is no absent copy: it is what keeps the answer from counting as signed.
        compare("TseSignatureCounter", UInt64(exactly: fields.tseSignatureCounter) == qr.signatureCounter)
        return found
    }

    /// Byte for byte; nil when there is no copy to compare.
    private static func fits(_ copy: String, _ original: String) -> Bool? {
        copy.isEmpty ? nil : copy.utf8.elementsEqual(original.utf8)
    }

    private static func fits(_ copy: Int64, _ original: FiscalInstant) -> Bool? {
        copy == 0 ? nil : copy == original.secondsSinceEpoch
    }
}
