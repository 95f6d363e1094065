import FiscalCore
import OFDKazProtocol

/// A day and a time as a register wrote them: without a zone, kept as they came, also without a second, and also when
/// the calendar has no such day (sections 4.1 to 4.3).
public struct OFDTime: Sendable, Hashable, Codable {
    public var year: UInt32
    public var month: UInt32
    public var day: UInt32
    public var hour: UInt32
    public var minute: UInt32
    public var second: UInt32?

    public init(year: UInt32, month: UInt32, day: UInt32, hour: UInt32, minute: UInt32, second: UInt32? = nil) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    /// The time on a clock that is so many minutes ahead of UTC.
    init(_ instant: FiscalInstant, offsetMinutes: Int) {
        let local = CivilDateTime(
            instant + .seconds(60 * offsetMinutes), offset: .zero)
        self.init(
            year: UInt32(local.date.year), month: UInt32(local.date.month), day: UInt32(local.date.day),
            hour: UInt32(local.hour), minute: UInt32(local.minute), second: UInt32(local.second))
    }

    init(_ wire: PBDateTime) {
        self.init(
            year: wire.date.year, month: wire.date.month, day: wire.date.day, hour: wire.time.hour,
            minute: wire.time.minute, second: wire.time.hasSecond ? wire.time.second : nil)
    }

    var wire: PBDateTime {
        var wire = PBDateTime()
        wire.date.year = self.year
        wire.date.month = self.month
        wire.date.day = self.day
        wire.time.hour = self.hour
        wire.time.minute = self.minute
        if let second { wire.time.second = second }
        return wire
    }

    /// Whether every part is in the range that the document prints; 31 February is (ambiguity J2).
    var isInRange: Bool {
        (1000...9999).contains(self.year) && (1...12).contains(self.month) && (1...31).contains(self.day)
            && self.hour <= 23 && self.minute <= 59 && (self.second ?? 0) <= 59
    }

    /// The instant at which a clock so many minutes ahead of UTC shows this; nil for a day that does not exist.
    func instant(offsetMinutes: Int) -> FiscalInstant? {
        guard self.isInRange,
            let date = CivilDate(year: Int(self.year), month: Int(self.month), day: Int(self.day))
        else { return nil }
        let ofDay = Int64(self.hour) * 3600 + Int64(self.minute) * 60 + Int64(self.second ?? 0)
        return FiscalInstant(
            secondsSinceEpoch: Int64(date.daysSinceEpoch) * 86_400 + ofDay - Int64(offsetMinutes) * 60)
    }

    /// `YYYYMMDDTHHMMSS`, as in the addresses of `qr_code`.
    var compact: String {
        func digits(_ number: UInt32, _ count: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        let day = digits(self.year, 4) + digits(self.month, 2) + digits(self.day, 2)
        return day + "T" + digits(self.hour, 2) + digits(self.minute, 2) + digits(self.second ?? 0, 2)
    }

    /// In the order of time, a missing second counted as 0.
    func isBefore(_ other: Self) -> Bool {
        let day = (self.year, self.month, self.day)
        let otherDay = (other.year, other.month, other.day)
        guard day == otherDay else { return day < otherDay }
        return (self.hour, self.minute, self.second ?? 0) < (other.hour, other.minute, other.second ?? 0)
    }
}
