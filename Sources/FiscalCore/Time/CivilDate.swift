/// A day of the Gregorian calendar, without a time zone: 0001-01-01 to 9999-12-31.
///
/// A value is a day that exists: 29 February only in leap years, no 31 April.
public struct CivilDate: Sendable, Hashable {
    /// 1 to 9999. There is no year 0000 (nor does `xs:dateTime` of XML Schema 1.0 have one).
    public let year: Int
    /// 1 to 12.
    public let month: Int
    /// 1 to the length of the month.
    public let day: Int

    /// The day, or nil when the calendar has no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.length(ofMonth: month, year: year)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// A day of 2000 to 2099 by the last two digits of its year, as fiscal registers answer (Ferma, `Date.Date.Year`).
    /// Nil when the year has more digits, or there is no such day (all zeros stand for "no date" there).
    public init?(yearOf2000s year: Int, month: Int, day: Int) {
        guard (0...99).contains(year) else { return nil }
        self.init(year: 2000 + year, month: month, day: day)
    }

    /// How many days a month has; 0 for a number that is no month.
    static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 1, 3, 5, 7, 8, 10, 12: 31
        case 4, 6, 9, 11: 30
        case 2: Self.isLeap(year) ? 29 : 28
        default: 0
        }
    }

    private static func isLeap(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }
}

extension CivilDate: Comparable {
    public static func < (left: Self, right: Self) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

/// Days as a count, in integers: years are taken to begin in March, so that the leap day is a year's last one.
extension CivilDate {
    /// Days since 1970-01-01; negative before.
    public var daysSinceEpoch: Int {
        let marchYear = self.month > 2 ? self.year : self.year - 1  // never below 0
        let marchMonth = (self.month + 9) % 12  // 0 is March
        // Month lengths from March on repeat 31, 30, 31, 30, 31: 153 days in five months.
        let dayOfYear = (153 * marchMonth + 2) / 5 + self.day - 1
        return 365 * marchYear + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - Self.marchEpoch
    }

    /// The day that is so many days after 1970-01-01, or nil outside the years 1 to 9999.
    public init?(daysSinceEpoch days: Int) {
        guard (Self.first.daysSinceEpoch...Self.last.daysSinceEpoch).contains(days) else { return nil }
        let count = days + Self.marchEpoch
        let (cycle, dayOfCycle) = count.quotientAndRemainder(dividingBy: 146_097)  // days in 400 years
        // Take out the leap days (every 4 years, but for 3 of 4 centuries), then all years are of one length.
        let yearOfCycle = (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        self.init(
            year: 400 * cycle + yearOfCycle + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    /// Days from 0000-03-01 to 1970-01-01.
    private static let marchEpoch = 719_468

    /// 0001-01-01.
    static let first = Self(checkedYear: 1, month: 1, day: 1)
    /// 9999-12-31.
    static let last = Self(checkedYear: 9999, month: 12, day: 31)

    /// For days known to exist.
    private init(checkedYear year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }
}
