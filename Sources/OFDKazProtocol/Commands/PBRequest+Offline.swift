package import FiscalCore

/// The only changes that a message sees after it was made (decision K2).
extension PBRequest {
    /// Says from when to when the register was without the server; set again before each attempt (section 3.10.1,
    /// decision K24). An end before the begin (the clock was set back) counts as the begin.
    package mutating func setOfflinePeriod(begin: CivilDateTime, end: CivilDateTime) {
        self.service.offlinePeriod = OfflinePeriod(beginTime: begin, endTime: end).pb
    }

    /// Makes the message one that was issued offline.
    /// - Parameter ticketNumber: the number that a receipt bears; the other documents have a flag instead.
    package mutating func setOffline(ticketNumber: UInt32?) {
        switch CommandType(self.command) {
        case .ticket: if let ticketNumber { self.ticket.offlineTicketNumber = ticketNumber }
        case .closeShift: self.closeShift.isOffline = true
        case .report: self.report.isOffline = true
        case .moneyPlacement: self.moneyPlacement.isOffline = true
        default: break
        }
    }
}
