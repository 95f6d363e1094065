public import FiscalCore

/// A day and a time of day in the register's own calendar, without a zone (sections 4.1 to 4.3).
///
/// The second is optional in the protocol: an absent one is unknown, is compared as 0, and stays absent when the value
/// is sent again.
public struct DateTime: Sendable, Hashable {
    /// The time, with 0 for a second that is not known; for comparing.
    public let civil: CivilDateTime
    /// Whether the second is known.
    public let hasSecond: Bool

    public var date: CivilDate { self.civil.date }
    /// 0 to 23.
    public var hour: Int { self.civil.hour }
    /// 0 to 59.
    public var minute: Int { self.civil.minute }
    /// 0 to 59, or nil when it is not known.
    public var second: Int? { self.hasSecond ? self.civil.second : nil }

    /// The time, or nil when a part is out of its range.
    public init?(date: CivilDate, hour: Int, minute: Int, second: Int? = nil) {
        guard let civil = CivilDateTime(date: date, hour: hour, minute: minute, second: second ?? 0) else { return nil }
        self.civil = civil
        self.hasSecond = second != nil
    }

    /// With the second; parts of it play no role on the wire.
    public init(_ civil: CivilDateTime) {
        self.civil = civil
        self.hasSecond = true
    }
}

extension DateTime: CustomStringConvertible {
    /// `20260102T030405`, or `20260102T0304` without the second.
    public var description: String { self.hasSecond ? self.civil.compactSeconds : self.civil.compactMinutes }
}
