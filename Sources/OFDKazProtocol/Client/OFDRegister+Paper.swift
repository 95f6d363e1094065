import FiscalCore

/// What goes on paper of a document.
extension OFDRegister {
    /// Nothing is printed of a document that was refused, that is not settled, or whose outcome is unknown (decision
    /// K25). What a person archived has been handed out: its paper stays as it was.
    func paper(_ document: DocumentRecord, _ request: PBRequest) -> Paper {
        let sign: ReceiptPaper.Sign
        switch document.fate {
        case .underWay, .refused, .unknown: return Paper()
        case .archived: return Paper(document.paper.map(\.item))
        case .pending, .stopped: sign = .offline(number: document.offlineNumber)
        case .registered(let number, let qr): sign = .registered(number: number, qr: qr)
        }
        return ReceiptPaper(
            profile: self.configuration.profile, options: self.configuration.receipt, ads: self.memory.service.ads,
            documentNumber: document.number, shiftNumber: document.shiftNumber
        ).paper(request, sign, report: document.serverReport)
    }
}
