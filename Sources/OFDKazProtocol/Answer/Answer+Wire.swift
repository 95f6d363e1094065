extension Answer {
    /// Takes from a response what belongs to its command; the rest is ignored (section 2.6).
    init(_ response: PBResponse, token: UInt32, salvage: PayloadSalvage) {
        self.init(
            command: CommandType(response.command), code: ResultCode(rawValue: response.result.resultCode),
            token: token)
        self.text = response.result.hasResultText ? response.result.resultText : nil
        self.service = ServiceAnswer(response.service)
        switch (self.command, self.code) {
        case (.ticket, .ok):
            self.ticketNumber = response.ticket.ticketNumber.isEmpty ? nil : response.ticket.ticketNumber
            self.qr = response.ticket.hasQrCode ? [UInt8](response.ticket.qrCode) : nil
        case (.report, .ok), (.closeShift, .ok), (.info, .ok):
            self.reportType = response.report.hasReport ? ReportType(response.report.report) : nil
            self.reportWire = response.report.hasZxReport ? response.report.zxReport : nil
            self.reportIsDamaged = salvage.isDamaged("report")
        case (.nomenclature, .ok):
            self.take(response.nomenclature, isCut: salvage.isCut("nomenclature"))
        case (.auth, .ok):
            self.auth = AuthAnswer(response.auth)
        case (.auth, .invalidLoginPassword):
            // The older way to say the same.
            self.auth = AuthAnswer(result: .invalidLoginPassword)
        default: break
        }
    }

    /// - Parameter isCut: an unknown part of the list is lost. Half a list of goods replaces nothing.
    private mutating func take(_ nomenclature: PBNomenclatureResponse, isCut: Bool) {
        guard nomenclature.hasResult else { return }
        let result = NomenclatureResult(nomenclature.result)
        self.nomenclatureResult = result
        if result == .ok && !isCut { self.nomenclature = Nomenclature(nomenclature) }
    }
}
