import FiscalCore

/// A time of the schema's `dateTime`, read by itself and not by the code that writes the messages.
struct SchemaDate: Sendable, Hashable {
    var instant: FiscalInstant

    /// Reads a text that has the form `yyyy-MM-ddThh:mm:ss` and `Z` or `±hh:mm`; nil when there is no such time.
    ///
    /// XML Schema part 2 §3.2.7: years from 1, 24:00:00 is the next day's beginning, offsets up to 14:00.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20 else { return nil }
        func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1) - 0x30 } }
        let (year, month, day) = (number(0..<4), number(5..<7), number(8..<10))
        let (hour, minute, second) = (number(11..<13), number(14..<16), number(17..<19))
        guard year > 0, Self.days(year: year, month: month).contains(day) else { return nil }
        guard (hour < 24 && minute < 60 && second < 60) || (hour, minute, second) == (24, 0, 0) else { return nil }
        var offset = 0
        if bytes[19] != UInt8(ascii: "Z") {
            guard bytes.count == 25, number(23..<25) < 60 else { return nil }
            offset = number(20..<22) * 60 + number(23..<25)
            guard offset <= 14 * 60 else { return nil }
            if bytes[19] == UInt8(ascii: "-") { offset = -offset }
        }
        let seconds = Self.dayNumber(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset * 60
        self.instant = FiscalInstant(secondsSinceEpoch: Int64(seconds))
    }

    /// The days of a month; none when there is no such month.
    static func days(year: Int, month: Int) -> ClosedRange<Int> {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        // A range that holds no day that two digits can spell.
        return lengths.indices.contains(month - 1) ? 1...lengths[month - 1] : 100...100
    }

    /// Days from 1970-01-01, Gregorian calendar: whole years, then whole months, then days.
    private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let before = year - 1
        let leapDays = before / 4 - before / 100 + before / 400
        let ofYear = (1..<month).reduce(0) { $0 + Self.days(year: year, month: $1).count }
        return before * 365 + leapDays + ofYear + day - 1 - 719_162
    }
}
