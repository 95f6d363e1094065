import FiscalCore
import Foundation
import OFDKazProtocol
import SwiftProtobuf

/// What the rules want to know of a TICKET, a MONEY_PLACEMENT or a CLOSE_SHIFT.
struct DocumentTraits: Sendable {
    var command: CommandType
    var time: OFDTime
    var operatorCode: UInt32?
    var isOffline: Bool
    var offlineTicketNumber: UInt32?
    var shiftNumber: UInt32?
    var printedNumber: UInt64?
    /// Sent after the register was offline: its service part has a real offline period.
    var isDrained: Bool

    init(_ request: PBRequest, _ command: CommandType) {
        self.command = command
        let period = request.service.offlinePeriod
        self.isDrained = OFDTime(period.beginTime).isBefore(OFDTime(period.endTime))
        switch command {
        case .ticket:
            let ticket = request.ticket
            self.time = OFDTime(ticket.dateTime)
            self.operatorCode = ticket.operator.code
            self.isOffline = ticket.hasOfflineTicketNumber
            self.offlineTicketNumber = ticket.hasOfflineTicketNumber ? ticket.offlineTicketNumber : nil
            self.shiftNumber = ticket.hasFrShiftNumber ? ticket.frShiftNumber : nil
            self.printedNumber = ticket.hasPrintedDocumentNumber ? ticket.printedDocumentNumber : nil
        case .moneyPlacement:
            let placement = request.moneyPlacement
            self.time = OFDTime(placement.datetime)
            self.operatorCode = placement.hasOperator ? placement.operator.code : nil
            self.isOffline = placement.isOffline
            self.shiftNumber = placement.hasFrShiftNumber ? placement.frShiftNumber : nil
            self.printedNumber = placement.hasPrintedDocumentNumber ? placement.printedDocumentNumber : nil
        default:
            let close = request.closeShift
            self.time = OFDTime(close.closeTime)
            self.operatorCode = close.hasOperator ? close.operator.code : nil
            self.isOffline = close.isOffline
            self.shiftNumber = close.hasFrShiftNumber ? close.frShiftNumber : nil
            self.printedNumber = close.hasPrintedDocumentNumber ? close.printedDocumentNumber : nil
        }
    }
}

extension OFDAuthority {
    /// Checks a document, and when nothing is wrong counts it and answers.
    mutating func book(
        _ request: PBRequest, _ command: CommandType, _ edition: Edition, _ frame: ReceivedFrame,
        in account: inout OFDAccount, at now: FiscalInstant
    ) -> OFDRuling {
        let document = DocumentTraits(request, command)
        if command != .closeShift, !document.isDrained, let openedAt = account.shiftOpenedAt, account.isShiftOpen,
            now >= openedAt + .seconds(self.rules.shiftLimitSeconds)
        {
            return .refuse(.openShiftTimeoutExpired, "the shift is open since \(openedAt.secondsSinceEpoch)")
        }
        if command == .ticket, let part = RequestFlaws.incompleteness(of: request, edition) {
            if self.rules.blocksAfterIncompleteTicket {
                account.block = .blocked
                account.knowsOfBlock = true
            }
            return .refuse(.blocked, part)
        }
        if let flaw = RequestFlaws.incorrectness(of: request, command, edition)
            ?? self.contextFlaw(document, request, account)
        {
            return .refuse(.incorrectRequestData, flaw)
        }
        let buyer = request.ticket.extensionOptions.customerIinOrBin
        if command == .ticket, !buyer.isEmpty, buyer == account.registration.organisation.iin {
            return edition < .v202
                ? .refuse(.incorrectRequestData, "buyer and seller") : .refuse(.sameTaxpayerAndCustomer, "IIN/BIN")
        }
        do {
            return try self.count(request, document, frame, in: &account, at: now)
        } catch {
            return .refuse(.incorrectRequestData, "an amount is too large")
        }
    }

    /// Counts a document in a copy of the books, so that one that does not fit leaves no trace.
    private mutating func count(
        _ request: PBRequest, _ document: DocumentTraits, _ frame: ReceivedFrame, in account: inout OFDAccount,
        at now: FiscalInstant
    ) throws(AmountTooLarge) -> OFDRuling {
        var books = account.books
        var answer = PBResponse()
        var ticketNumber: String?
        let shiftNumber: UInt32
        switch document.command {
        case .ticket:
            guard try books.cash >= -OFDBooks.cashMoved(by: request.ticket) else {
                return .refuse(.notEnoughCash, "cash")
            }
            try books.count(request.ticket)
            shiftNumber = books.shiftNumber
            let number = self.newTicketNumber()
            answer.ticket.ticketNumber = number
            answer.ticket.qrCode = Data(self.checkAddress(of: number, request.ticket, account).utf8)
            ticketNumber = number
        case .moneyPlacement:
            let placement = request.moneyPlacement
            if placement.operation == .moneyPlacementWithdrawal, try Int64(placement.sum) > books.cash {
                return .refuse(.notEnoughCash, "cash")
            }
            try books.count(placement)
            shiftNumber = books.shiftNumber
        default:
            let report = try books.close(request.closeShift)
            shiftNumber = books.shiftNumber
            answer.report.report = .reportZ
            answer.report.zxReport = report
            account.lastZ = try? report.serializedBytes()
        }
        if account.books.shift == nil { account.shiftOpenedAt = self.opening(of: document, at: now) }
        if books.shift == nil { account.shiftOpenedAt = nil }
        account.books = books
        account.documents.append(
            OFDDocument(
                command: document.command, receivedAt: now, reqnum: frame.reqnum, shiftNumber: shiftNumber,
                isOffline: document.isOffline, offlineTicketNumber: document.offlineTicketNumber,
                printedDocumentNumber: document.printedNumber, ticketNumber: ticketNumber, time: document.time,
                request: Base64.encode(frame.payload)))
        return self.settle(answer, request, document.command, frame, in: &account)
    }

    /// Finishes the answer to an accepted document, keeps it for a repeat, and issues the next token.
    private mutating func settle(
        _ body: PBResponse, _ request: PBRequest, _ command: CommandType, _ frame: ReceivedFrame,
        in account: inout OFDAccount
    ) -> OFDRuling {
        var answer = body
        answer.command = request.command
        answer.result = Self.result(.ok)
        self.addService(to: &answer, for: request, command, account)
        let payload: [UInt8] = (try? answer.serializedBytes()) ?? []
        account.last = OFDAccount.LastDocument(
            token: frame.token, reqnum: frame.reqnum, command: command.rawValue, answer: payload)
        if account.tokenPolicy != .never { account.token = self.newToken() }
        return OFDRuling(.accept(answer))
    }

    /// By the server's clock; for a document of a drain by the time that it bears, which may be long ago.
    private func opening(of document: DocumentTraits, at now: FiscalInstant) -> FiscalInstant {
        guard document.isDrained, let time = document.time.instant(offsetMinutes: self.rules.clockOffset) else {
            return now
        }
        return min(now, time)
    }

    /// The address under which anybody can check a receipt (state requirement 35).
    private func checkAddress(of number: String, _ ticket: PBTicketRequest, _ account: OFDAccount) -> String {
        let coins = ticket.amounts.total.coins
        let sum = "\(ticket.amounts.total.bills).\(coins < 10 ? "0" : "")\(coins)"
        let device = account.registration.device.registrationNumber
        return "\(self.rules.checkAddress)?i=\(number)&f=\(device)&s=\(sum)&t=\(OFDTime(ticket.dateTime).compact)"
    }
}
