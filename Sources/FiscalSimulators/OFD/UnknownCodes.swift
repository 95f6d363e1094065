import OFDKazProtocol

/// Finds enumerations with a number that the document does not have. The operators' schemas know only their own numbers:
/// a field with another one is as good as missing there, a protocol error. Bodies of other commands are ignored; the
/// lists of reports are counted by the table of presence, and optional codes make data incorrect instead.
enum UnknownCodes {
    /// The path of the first one, nil when there is none.
    static func path(in request: PBRequest, _ edition: Edition) -> String? {
        if let place = request.service.ticketAdInfos.firstIndex(where: { !Self.isKnown($0.type) }) {
            return "service.ticket_ad_infos[\(place)].type"
        }
        switch request.command {
        case .commandTicket: return Self.path(in: request.ticket, edition)
        case .commandMoneyPlacement:
            return Self.isKnown(request.moneyPlacement.operation) ? nil : "money_placement.operation"
        case .commandReport: return Self.isKnown(request.report.report) ? nil : "report.report"
        default: return nil
        }
    }

    private static func path(in ticket: PBTicketRequest, _ edition: Edition) -> String? {
        guard Self.isKnown(ticket.operation) else { return "ticket.operation" }
        if let place = ticket.items.firstIndex(where: { $0.type == .itemTypeUnspecified || !Self.isKnown($0.type) }) {
            return "ticket.items[\(place)].type"
        }
        if let place = ticket.payments.firstIndex(where: { !Self.isKnown($0.type, edition) }) {
            return "ticket.payments[\(place)].type"
        }
        return nil
    }

    /// Credit and tare, 2 and 3, went with 2.0.1.
    private static func isKnown(_ payment: PBPaymentTypeEnum, _ edition: Edition) -> Bool {
        if case .UNRECOGNIZED(let number) = payment {
            return (2...3).contains(number) && edition < Self.withoutCredit
        }
        return true
    }

    private static let withoutCredit = Edition(rawValue: 201) ?? .v202

    private static func isKnown<Value: CaseIterable & Equatable>(_ value: Value) -> Bool {
        Value.allCases.contains(value)
    }
}
