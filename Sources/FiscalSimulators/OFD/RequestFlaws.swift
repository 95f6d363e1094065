import OFDKazProtocol

/// What is wrong with a request by itself, whatever register it comes from.
enum RequestFlaws {
    /// What makes it a protocol error (code 3): a part that every schema requires, an enumeration with a number that
    /// there is not; and, in everything but receipts, whatever else the document calls mandatory at that edition.
    ///
    /// A receipt that can be read but lacks such a part is another matter (``incompleteness(of:_:)``), and of a command
    /// that is not served there is no more to say.
    static func protocolError(in request: PBRequest, _ edition: Edition) -> String? {
        let command = CommandType(of: request)
        if let code = UnknownCodes.path(in: request, edition) { return "unknown code: \(code)" }
        let saysAll = command != .ticket || !request.hasTicket
        let isKnown = CommandType.allCases.contains(command)
        let missing = PresenceCheck.issues(in: request, edition: edition).first {
            $0.absence == .schema || $0.absence == .document && saysAll && isKnown
        }
        return missing.map { "missing: \($0.field)" }
    }

    /// What the document calls mandatory and a readable receipt lacks (code 15).
    static func incompleteness(of request: PBRequest, _ edition: Edition) -> String? {
        let missing = PresenceCheck.issues(in: request, edition: edition).first { $0.absence == .document }
        return missing.map { "missing: \($0.field)" }
    }

    /// What makes its data incorrect (code 13): numbers out of their ranges, lists with doubles, parts that exclude
    /// each other. Bodies of other commands are ignored.
    static func incorrectness(of request: PBRequest, _ command: CommandType, _ edition: Edition) -> String? {
        if let flaw = Self.outOfRange(request, command) ?? PrintedRanges.flaw(in: request.service, "ServiceRequest") {
            return flaw
        }
        if Self.hasDoubles(request.service.ticketAdInfos.map(\.type)) { return "ticket_ad_infos: a type twice" }
        let period = request.service.offlinePeriod
        if request.service.hasOfflinePeriod, OFDTime(period.endTime).isBefore(OFDTime(period.beginTime)) {
            return "offline_period ends before it begins"
        }
        switch command {
        case .ticket: return Self.incorrectness(of: request.ticket, edition)
        case .closeShift: return Self.incorrectness(of: request.closeShift.zReport)
        case .report: return Self.incorrectness(of: request.report.zxReport)
        default: return nil
        }
    }

    private static func outOfRange(_ request: PBRequest, _ command: CommandType) -> String? {
        switch command {
        case .ticket: PrintedRanges.flaw(in: request.ticket, "TicketRequest")
        case .closeShift: PrintedRanges.flaw(in: request.closeShift, "CloseShiftRequest")
        case .report: PrintedRanges.flaw(in: request.report, "ReportRequest")
        case .moneyPlacement: PrintedRanges.flaw(in: request.moneyPlacement, "MoneyPlacementRequest")
        case .nomenclature: PrintedRanges.flaw(in: request.nomenclature, "NomenclatureRequest")
        default: nil
        }
    }

    private static func incorrectness(of ticket: PBTicketRequest, _ edition: Edition) -> String? {
        if Self.hasDoubles(ticket.payments.map(\.type)) { return "payments: a type twice" }
        if ticket.amounts.hasMarkup, ticket.amounts.hasDiscount { return "amounts: markup and discount" }
        if ticket.hasDomain, case .UNRECOGNIZED = ticket.domain.type { return "domain.type" }
        return Self.incorrectness(ofTaxesOf: ticket, edition)
    }

    /// Taxes stand either at the lines or at the ticket; each list has a percent once (section 3.3, E14, E15).
    private static func incorrectness(ofTaxesOf ticket: PBTicketRequest, _ edition: Edition) -> String? {
        let ofItems = ticket.items.map(Self.taxes)
        let ofTicket = [ticket.taxes, ticket.amounts.markup.taxes, ticket.amounts.discount.taxes]
        if ofItems.contains(where: { !$0.isEmpty }), ofTicket.contains(where: { !$0.isEmpty }) {
            return "taxes at lines and at the ticket"
        }
        for taxes in ofItems + ofTicket {
            if Self.hasDoubles(taxes.map(\.percent)) { return "taxes: a percent twice" }
            for tax in taxes {
                guard tax.taxType == TaxType.vat.rawValue else { return "tax_type \(tax.taxType)" }
                let regime = TaxationType(rawValue: tax.taxationType)
                guard !tax.hasTaxationType || TaxationType.allCases.contains(regime) else { return "taxation_type" }
                if regime == .trbp, edition >= .v204 { return "taxation_type TRBP" }
            }
        }
        return nil
    }

    private static func taxes(of item: PBTicketRequest.Item) -> [PBTicketRequest.Tax] {
        switch item.type {
        case .itemTypeCommodity: item.commodity.taxes
        case .itemTypeStornoCommodity: item.stornoCommodity.taxes
        case .itemTypeMarkup: item.markup.taxes
        case .itemTypeStornoMarkup: item.stornoMarkup.taxes
        case .itemTypeDiscount: item.discount.taxes
        case .itemTypeStornoDiscount: item.stornoDiscount.taxes
        case .itemTypeUnspecified, .UNRECOGNIZED: []
        }
    }

    private static func incorrectness(of report: PBZXReport) -> String? {
        Self.hasDoubles(report.taxes.map(\.percent)) ? "report: a percent twice" : nil
    }

    private static func hasDoubles(_ values: [some Hashable]) -> Bool { Set(values).count < values.count }
}
