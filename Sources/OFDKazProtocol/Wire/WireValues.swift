package import FiscalCore

/// Amounts (section 4.4): bills are tenge, coins are tiyn, and there is no sign.
extension PBMoney {
    /// - Parameter tiyn: the amount in tiyn.
    package init(tiyn: UInt64) {
        self.init()
        self.bills = tiyn / 100
        self.coins = UInt32(truncatingIfNeeded: tiyn % 100)
    }

    /// Nil for an amount that is negative or of another currency.
    package init?(_ money: Money) {
        guard money.currency == .kzt, let tiyn = UInt64(exactly: money.minorUnits) else { return nil }
        self.init(tiyn: tiyn)
    }

    /// - Throws: `InvalidField` naming `field` for an amount that is negative or of another currency.
    package init(_ money: Money, field: String) throws(InvalidField) {
        guard money.currency == .kzt else { throw InvalidField(field, .oneOf, limit: "KZT") }
        guard let pb = Self(money) else { throw InvalidField(field, .range, limit: "not negative") }
        self = pb
    }

    /// The amount in tiyn, or nil when it does not fit. What is absent counts as 0, and coins above 99 as the bills that
    /// they make: how a peer spells an amount is not a reason to lose it.
    package var tiyn: UInt64? {
        let (bills, overflow) = self.bills.multipliedReportingOverflow(by: 100)
        let (tiyn, carry) = bills.addingReportingOverflow(UInt64(self.coins))
        return overflow || carry ? nil : tiyn
    }

    /// The amount, read as leniently as ``tiyn``; nil when it does not fit `Money`.
    package var money: Money? {
        guard let tiyn = self.tiyn, let minorUnits = Int64(exactly: tiyn) else { return nil }
        return Money(minorUnits: minorUnits, currency: .kzt)
    }
}

/// Days (section 4.1).
extension PBDate {
    package init(_ date: CivilDate) {
        self.init()
        self.year = UInt32(date.year)
        self.month = UInt32(date.month)
        self.day = UInt32(date.day)
    }

    /// The day, or nil when a part is absent or the calendar has no such day.
    package var civil: CivilDate? {
        guard let year = Int(exactly: self.year), let month = Int(exactly: self.month), let day = Int(exactly: self.day)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }
}

/// A day and a time (section 4.3).
extension PBDateTime {
    /// With the second; parts of it are left out.
    package init(_ civil: CivilDateTime) {
        self.init()
        self.date = PBDate(civil.date)
        self.time.hour = UInt32(civil.hour)
        self.time.minute = UInt32(civil.minute)
        self.time.second = UInt32(civil.second)
    }

    /// With the second only where it is known.
    package init(_ dateTime: DateTime) {
        self.init(dateTime.civil)
        if !dateTime.hasSecond { self.time.clearSecond() }
    }

    /// The time as it came, with or without a second; nil when another part is absent or out of its range.
    package var dateTime: DateTime? {
        guard self.time.hasHour, self.time.hasMinute, let date = self.date.civil,
            let hour = Int(exactly: self.time.hour), let minute = Int(exactly: self.time.minute),
            let second = Int(exactly: self.time.second)
        else { return nil }
        return DateTime(date: date, hour: hour, minute: minute, second: self.time.hasSecond ? second : nil)
    }

    /// The time, with 0 for an absent second; nil when another part is absent or out of its range.
    package var civil: CivilDateTime? { self.dateTime?.civil }
}
