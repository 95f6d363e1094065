import OFDKazProtocol

extension OFDAuthority {
    /// What makes a document incorrect for this register now (code 13): the person, and, where the rules ask for it,
    /// numbers, times and sums.
    func contextFlaw(_ document: DocumentTraits, _ request: PBRequest, _ account: OFDAccount) -> String? {
        if let code = document.operatorCode, let flaw = Self.rightsFlaw(code, document.command, account) { return flaw }
        if self.rules.controlsNumbers, let flaw = Self.numbersFlaw(document, account) { return flaw }
        if self.rules.isStrict, let flaw = Self.strictFlaw(document, account) { return flaw }
        if self.rules.checksArithmetic, document.command == .ticket {
            return TicketArithmetic.flaw(in: request.ticket)
        }
        return nil
    }

    /// Whether the person may do this on this register (section 3.11).
    private static func rightsFlaw(_ code: UInt32, _ command: CommandType, _ account: OFDAccount) -> String? {
        guard let cashier = account.cashiers.first(where: { $0.code == code }) else {
            return account.trustsUnknownOperators ? nil : "operator \(code) is not known"
        }
        guard let commands = cashier.commands, !commands.contains(command) else { return nil }
        return "operator \(code) has no right to do this"
    }

    /// The control of 2.0.0: see ``OFDRules/controlsNumbers``.
    private static func numbersFlaw(_ document: DocumentTraits, _ account: OFDAccount) -> String? {
        guard let shift = document.shiftNumber, let number = document.printedNumber else {
            return "fr_shift_number and printed_document_number are mandatory"
        }
        let expected = account.isShiftOpen ? account.books.shiftNumber : account.books.shiftNumber &+ 1
        guard shift == expected else { return "fr_shift_number is not \(expected)" }
        if let last = account.documents.last?.printedDocumentNumber, number <= last {
            return "printed_document_number is not greater than \(last)"
        }
        return nil
    }

    /// What a careful register does: see ``OFDRules/isStrict``.
    private static func strictFlaw(_ document: DocumentTraits, _ account: OFDAccount) -> String? {
        if document.isOffline, !document.isDrained { return "an offline document without an offline period" }
        if let number = document.offlineTicketNumber,
            account.documents.contains(where: { $0.offlineTicketNumber == number })
        {
            return "offline_ticket_number \(number) was used before"
        }
        if let last = account.documents.last {
            if document.time.isBefore(last.time) { return "the document is older than the one before" }
            if let number = document.printedNumber, let lastNumber = last.printedDocumentNumber, number <= lastNumber {
                return "printed_document_number is not greater than \(lastNumber)"
            }
        }
        let expected = account.isShiftOpen ? account.books.shiftNumber : account.books.shiftNumber &+ 1
        if let shift = document.shiftNumber, shift != expected { return "fr_shift_number is not \(expected)" }
        return nil
    }
}
