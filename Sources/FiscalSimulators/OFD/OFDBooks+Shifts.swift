import OFDKazProtocol

extension OFDBooks {
    /// Counts cash put in or taken out.
    mutating func count(_ placement: PBMoneyPlacementRequest) throws(AmountTooLarge) {
        self.openShift(at: OFDTime(placement.datetime))
        try self.place(
            Int64(placement.sum), isWithdrawal: placement.operation == .moneyPlacementWithdrawal,
            isOffline: placement.isOffline)
    }

    private mutating func place(_ sum: Int64, isWithdrawal: Bool, isOffline: Bool) throws(AmountTooLarge) {
        let place = isWithdrawal ? 1 : 0
        self.shift?.placements[place].count &+= 1
        try self.shift?.placements[place].sum.book(sum)
        if isOffline { self.shift?.placements[place].offlineCount &+= 1 }
        self.placementsEver[place] &+= 1
        try self.cash.book(isWithdrawal ? -sum : sum)
    }

    /// Closes the shift and returns its Z. A shift without any document begins and ends in that moment. On demand all
    /// cash is taken out first, which counts as a withdrawal when there is any (section 3.6, F4).
    mutating func close(_ request: PBCloseShiftRequest) throws(AmountTooLarge) -> PBZXReport {
        let time = OFDTime(request.closeTime)
        self.openShift(at: time)
        if request.withdrawMoney, self.cash > 0 {
            try self.place(self.cash, isWithdrawal: true, isOffline: request.isOffline)
        }
        var report = self.report(at: time)
        report.closeShiftTime = time.wire
        report.checksum = Self.checksum(report)
        self.shift = nil
        return report
    }
}
