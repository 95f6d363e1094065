import FiscalCore

extension FiscalResponse {
    /// What this answer means (decision T2).
    /// - Parameters:
    ///   - step: the call that it answers.
    ///   - afterCreateFailed: whether `createDocument` of the same document failed. A finishing answer has the same
    ///     body in both cases; only the caller's memory tells them apart (decision T4).
    public func classify(step: FiscalStep, afterCreateFailed: Bool = false) -> ResponseVerdict {
        let kind = self.kind(step: step, afterCreateFailed: afterCreateFailed)
        let qr = self.additionalFields.qrCodeDataString
        let signature = qr.isEmpty ? nil : QRVerification(of: qr)
        let isOpen = kind == .createFailed || kind == .started
        return ResponseVerdict(
            kind: kind, step: step, country: self.fiscalCountry ?? .germany,
            printMessage: self.printMessage.isEmpty ? nil : self.printMessage,
            userMessage: self.userMessage.isEmpty ? nil : self.userMessage, storeWith: isOpen ? self.echoed : nil,
            signature: signature,
            inconsistencies: kind == .notGermany ? [] : self.inconsistencies(step: step, kind: kind, signature))
    }

    /// The eight rows of decision T2, in their order.
    private func kind(step: FiscalStep, afterCreateFailed: Bool) -> ResponseKind {
        let number = self.number
        let hasError = !self.errorDescription.isEmpty
        let hasCreateMark = number == OutageTexts.createNumber
        if let country = self.fiscalCountry, !country.isGermany { return .notGermany }
        if hasCreateMark || hasError, self.hasSignatureMark { return .inconsistent }
        if hasCreateMark { return .createFailed }
        if hasError, number == OutageTexts.finishNumber {
            if step == .create { return .createFailed }
            return afterCreateFailed ? .bothFailed : .storeFailed
        }
        if hasError { return .otherError }
        if self.hasSignatureMark { return .signed }
        if step == .create, let number, number > 0 { return .started }
        return .unsigned
    }
}
