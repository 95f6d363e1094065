public import FiscalCore

/// A time as the service writes it: seven digits of the second's fraction (ticks of 100 ns) and the offset from UTC,
/// `2021-09-07T07:07:09.5139728+02:00`.
///
/// The text is kept as it was read, because the seventh digit is lost wherever milliseconds are counted. Two times are
/// equal when their texts are.
public struct ServiceTime: Sendable, Hashable {
    /// As it stands in the message.
    public let text: String
    /// What the text says.
    public let time: OffsetDateTime

    /// The time with seven digits; what is finer than a tick is cut off.
    public init(_ time: OffsetDateTime) {
        // Seven digits stand for 100 ns each, so that reading them again is exact.
        self.text = time.iso8601Ticks
        self.time = OffsetDateTime(iso8601Ticks: self.text) ?? time
    }

    /// The time of an instant on a clock of that zone, to the millisecond.
    public init(_ instant: FiscalInstant, zone: some CivilZone) {
        self.init(OffsetDateTime(instant, zone: zone))
    }

    /// Reads date, time and offset with up to nine digits of the fraction, or none; nil for anything else.
    ///
    /// ``isExact`` tells whether there were the seven that the service writes.
    public init?(_ text: String) {
        guard let time = OffsetDateTime(iso8601: text, fractionDigits: 0...9) else { return nil }
        self.text = text
        self.time = time
    }

    /// Whether the text is of the source's form: exactly seven digits of the fraction.
    public var isExact: Bool { OffsetDateTime(iso8601Ticks: self.text) != nil }

    /// The instant that is meant, to the millisecond.
    public var instant: FiscalInstant { self.time.instant }

    /// Whole seconds since 1970-01-01T00:00:00Z, as the additional fields count time.
    public var secondsSinceEpoch: Int64 { self.time.instant.secondsSinceEpoch }

    /// The time from `right` to `left`, exact to the nanosecond.
    public static func - (left: Self, right: Self) -> Duration {
        let seconds = Duration.seconds(left.secondsSinceEpoch) - Duration.seconds(right.secondsSinceEpoch)
        return seconds + .nanoseconds(left.time.civil.nanosecond) - .nanoseconds(right.time.civil.nanosecond)
    }
}

extension ServiceTime: CustomStringConvertible {
    public var description: String { self.text }
}
