import FiscalCore

/// What was sold or taken back, and how it was paid.
enum TicketPaper {
    static func items(_ ticket: PBTicketRequest) -> [Paper.Item] {
        let operation = OperationType(rawValue: UInt32(clamping: ticket.operation.rawValue))
        var items: [Paper.Item] = [.text(ReceiptText.operation(operation))]
        if ticket.hasParentTicket {
            items += PaperPart.code(ReceiptText.parentTicket, ticket.parentTicket.parentTicketNumber)
        }
        for item in ticket.items { items += ItemPaper.items(item) }
        items += Self.totals(ticket)
        items += PaperPart.made(ticket.dateTime, ticket.operator)
        items += PaperPart.code(ReceiptText.customer, ticket.extensionOptions.customerIinOrBin)
        return items
    }

    private static func totals(_ ticket: PBTicketRequest) -> [Paper.Item] {
        let amounts = ticket.amounts
        var items: [Paper.Item] = []
        if amounts.hasDiscount { items += ItemPaper.discount(amounts.discount) }
        if amounts.hasMarkup { items += ItemPaper.markup(amounts.markup) }
        items.append(.code(name: ReceiptText.total, value: PrintedNumber.amount(amounts.total)))
        items += ItemPaper.taxes(ticket.taxes)
        for payment in ticket.payments {
            let type = PaymentType(rawValue: UInt32(clamping: payment.type.rawValue))
            items.append(.code(name: ReceiptText.payment(type), value: PrintedNumber.amount(payment.sum)))
        }
        if amounts.hasTaken {
            items.append(.code(name: ReceiptText.taken, value: PrintedNumber.amount(amounts.taken)))
        }
        if amounts.hasChange {
            items.append(.code(name: ReceiptText.change, value: PrintedNumber.amount(amounts.change)))
        }
        return items
    }
}
