import FiscalCore

/// What goes on paper: the document as it was sent, then what makes it a fiscal one.
struct ReceiptPaper {
    /// What makes a document a fiscal one.
    enum Sign: Sendable, Hashable {
        /// The server has it: its number and the text of its QR code, where it gave them.
        case registered(number: String?, qr: String?)
        /// It waits, under our own number; nil for documents that have none.
        case offline(number: UInt32?)
    }

    var profile: OperatorProfile
    var options: ReceiptOptions
    /// The texts that the server has sent, one of each type.
    var ads: [TicketAd]
    /// Our running number of the document, and the shift's, where it is known.
    var documentNumber: Int64
    var shiftNumber: UInt32?

    /// The paper of a request that was answered, or waits. Empty for requests that are no documents.
    /// - Parameter report: the report with which the server answered; it is printed instead of ours.
    func paper(_ request: PBRequest, _ sign: Sign, report: ZXReport? = nil) -> Paper {
        let body: [Paper.Item]
        if request.hasTicket {
            body = TicketPaper.items(request.ticket)
        } else if request.hasMoneyPlacement {
            body = Self.items(request.moneyPlacement)
        } else if request.hasCloseShift {
            let close = request.closeShift
            body =
                [.text(ReceiptText.shiftClosed)] + ReportPaper.items(report?.pb ?? close.zReport, isZ: true)
                + PaperPart.made(close.closeTime, close.hasOperator ? close.operator : nil)
        } else if request.hasReport {
            let wanted = request.report
            body =
                ReportPaper.items(report?.pb ?? wanted.zxReport, isZ: wanted.report == .reportZ)
                + PaperPart.made(wanted.dateTime, nil)
        } else {
            return Paper()
        }
        var items = self.head(request.service.regInfo) + body + self.items(of: sign, isTicket: request.hasTicket)
        guard request.hasTicket else { return Paper(items) }
        items += self.check(request, sign)
        if self.options.printsAds { items += self.adItems }
        return Paper(items)
    }

    /// Who sells, on which register, and which document this is.
    private func head(_ registration: PBServiceRequest.RegInfo) -> [Paper.Item] {
        var items: [Paper.Item] = []
        let (org, kkm) = (registration.org, registration.kkm)
        items += PrintedText.lines(org.title).map { .text($0) }
        items += PaperPart.code(ReceiptText.organisationNumber, org.inn)
        for address in [org.address, org.addressKz] { items += PrintedText.lines(address).map { .text($0) } }
        items += PaperPart.code(ReceiptText.registrationNumber, kkm.fnsKkmID)
        items += PaperPart.code(ReceiptText.serialNumber, kkm.serialNumber)
        if let shift = self.shiftNumber { items.append(.code(name: ReceiptText.shift, value: "\(shift)")) }
        items.append(.code(name: ReceiptText.document, value: "\(self.documentNumber)"))
        return items
    }

    private static func items(_ placement: PBMoneyPlacementRequest) -> [Paper.Item] {
        let type = MoneyPlacementType(rawValue: UInt32(clamping: placement.operation.rawValue))
        return [.code(name: ReceiptText.placement(type), value: PrintedNumber.amount(placement.sum))]
            + PaperPart.made(placement.datetime, placement.hasOperator ? placement.operator : nil)
    }

    private func items(of sign: Sign, isTicket: Bool) -> [Paper.Item] {
        switch sign {
        case .registered(let number, _):
            return number.map { PaperPart.code(ReceiptText.fiscalSign, $0) } ?? []
        case .offline(let number):
            var items = ReceiptText.offlineMark.map { Paper.Item.text($0) }
            if let number { items.append(.code(name: ReceiptText.offlineSign, value: "\(number)")) }
            if isTicket, self.options.asksToCheck { items += ReceiptText.checkRequest.map { .text($0) } }
            return items
        }
    }

    /// Who keeps the receipt, and where a customer checks it.
    private func check(_ request: PBRequest, _ sign: Sign) -> [Paper.Item] {
        var items: [Paper.Item] = [
            .code(name: ReceiptText.fiscalOperator, value: self.profile.name),
            .code(name: ReceiptText.check, value: self.profile.checkAddress),
        ]
        if let qr = self.qr(request, sign) { items.append(self.options.printsQR ? .qr(qr) : .text(qr)) }
        return items
    }

    /// The server's own text where it gave one that can be printed, else the operator's mask. None where the mask has
    /// nothing to fill in: a receipt that the server took without telling its number.
    private func qr(_ request: PBRequest, _ sign: Sign) -> String? {
        let number: String?
        switch sign {
        case .registered(let given, let qr):
            // U+FFFD: bytes that are no text, replaced on the way.
            if let qr, !qr.contains("\u{FFFD}"), let text = CheckQR.text(of: Array(qr.utf8)) { return text }
            number = given
        case .offline(let own):
            number = own.map { "\($0)" }
        }
        guard let number, let time = request.ticket.dateTime.dateTime else { return nil }
        let check = try? CheckQR(
            address: self.profile.checkAddress, sign: number,
            registrationNumber: request.service.regInfo.kkm.fnsKkmID, sum: request.ticket.amounts.total.money,
            dateTime: time)
        return check?.text(order: self.profile.parameterOrder)
    }

    /// Texts for receipts, in the order of their types; that of the server block is none (section 5.4).
    private var adItems: [Paper.Item] {
        self.ads.filter { $0.info.type != .info && $0.isPrintable }
            .sorted { $0.info.type.rawValue < $1.info.type.rawValue }
            .flatMap { PrintedText.lines($0.text) }
            .map { .text($0) }
    }
}
