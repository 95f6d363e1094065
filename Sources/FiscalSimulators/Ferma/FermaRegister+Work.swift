import FiscalCore

extension FermaRegister {
    /// What a day and the clock's tolerance are, in seconds.
    private static let (longestShift, clockTolerance): (Int64, Int64) = (86_400, 300)

    /// The instant its clock shows.
    func clock(at instant: FiscalInstant) -> FiscalInstant { instant + .seconds(self.clockErrorSeconds) }

    /// Whether it can work at all, and in this shift.
    func checkState(at now: FiscalInstant) throws(FermaRefusal) {
        if self.isBroken { throw FermaRefusal(255, "out of order") }
        if self.isPrinting { throw FermaRefusal(80, "printing") }
        if let end = self.rentEndsAt, now > end { throw FermaRefusal(239, "the rent has ended") }
        guard self.clock(at: now) >= self.registeredAt else { throw FermaRefusal(207, "the clock is wrong") }
        if let last = self.lastClockErrorSeconds {
            let (change, overflow) = self.clockErrorSeconds.subtractingReportingOverflow(last)
            if overflow || change.magnitude > Self.clockTolerance.magnitude {
                throw FermaRefusal(23, "the clock jumped")
            }
        }
        if let end = self.driveEndsAt, now > end { throw FermaRefusal(5, "the drive is too old") }
        guard self.lastDocument < self.driveCapacity else { throw FermaRefusal(6, "the drive is full") }
        if let capacity = self.waitingCapacity, self.waitingDocuments >= capacity {
            throw FermaRefusal(20, "too many documents wait for the operator")
        }
        if let shift = self.shift, now > shift.openedAt + .seconds(Self.longestShift) {
            throw FermaRefusal(22, "the shift is too long")
        }
    }

    /// Whether the drawer holds what is to be paid out.
    func checkDrawer(_ bill: FermaBill) throws(FermaRefusal) {
        if bill.isPaidOut, bill.cashPart > self.drawer {
            throw FermaRefusal(70, "\(self.drawer) kopecks in the drawer")
        }
    }

    /// Forms the document. Numbers, shift and drawer go on.
    mutating func form(
        _ bill: FermaBill, for identity: FermaRequestIdentity, request: Int, at now: FiscalInstant, _ rules: FermaRules
    ) -> FermaDocument {
        self.openShift(at: now)
        self.shift?.receipts += 1
        self.lastDocument += 1
        if self.waitingCapacity != nil { self.waitingDocuments += 1 }
        self.lastClockErrorSeconds = self.clockErrorSeconds
        let (drawer, overflow) = self.drawer.addingReportingOverflow(bill.isPaidOut ? -bill.cashPart : bill.cashPart)
        self.drawer = overflow ? .max : drawer
        return FermaDocument(bill, of: self, for: identity, request: request, at: now, rules)
    }

    /// Opens a shift when none is open: a document of its own.
    private mutating func openShift(at now: FiscalInstant) {
        guard self.shift == nil else { return }
        self.lastShift += 1
        self.lastDocument += 1
        self.shift = Shift(number: self.lastShift, openedAt: now)
    }
}
