/// A date and time of day on a clock whose distance from UTC is known: what EET and the German TSE service write.
///
/// Two values that mean the same instant on clocks of different zones are not equal; compare ``instant`` for that.
public struct OffsetDateTime: Sendable, Hashable {
    public var civil: CivilDateTime
    public var offset: UTCOffset

    public init(civil: CivilDateTime, offset: UTCOffset) {
        self.civil = civil
        self.offset = offset
    }

    /// The time of an instant on a clock of that zone, to the millisecond.
    ///
    /// Instants outside the years 1 to 9999 stop at the ends of that range.
    public init(_ instant: FiscalInstant, zone: some CivilZone) {
        let offset = zone.offset(at: instant)
        self.init(civil: CivilDateTime(instant, offset: offset), offset: offset)
    }

    /// The instant that is meant; parts of a millisecond are cut off.
    public var instant: FiscalInstant {
        // Years 1 to 9999 and 14 hours are far from the limits of Int64.
        FiscalInstant(
            millisecondsSinceEpoch: self.civil.millisecondsSinceEpoch - Int64(self.offset.minutes) * 60_000)
    }
}

/// Spellings with a zone (ISO 8601, RFC 3339). What a spelling does not allow is refused, never repaired: upper-case
/// `T` and `Z` only, real days only, hours to 23, seconds to 59.
extension OffsetDateTime {
    /// Reads exactly `yyyy-MM-dd'T'HH:mm:ss` and `Z` or `±hh:mm`: EET's `dateTime`, seconds without fraction, zone
    /// obligatory.
    public init?(iso8601Seconds text: String) {
        self.init(iso8601: text, fractionDigits: 0...0)
    }

    /// EET's spelling; parts of a second are left out, and `Z` stays `Z`.
    public var iso8601Seconds: String { self.iso8601(fractionDigits: 0) }

    /// Reads exactly `yyyy-MM-dd'T'HH:mm:ss.fffffff` and `Z` or `±hh:mm`: `RequestTime` and `RequestCompletionTime` of
    /// the TSE service, seven digits (ticks of 100 ns).
    public init?(iso8601Ticks text: String) {
        self.init(iso8601: text, fractionDigits: 7...7)
    }

    /// The TSE service's spelling, seven digits.
    public var iso8601Ticks: String { self.iso8601(fractionDigits: 7) }

    /// Reads `yyyy-MM-dd'T'HH:mm:ss`, a fraction with a number of digits in `fractionDigits` (0: no point either; 9 at
    /// most), and `Z` or `±hh:mm`. For what may come with more or fewer digits than it should.
    public init?(iso8601 text: String, fractionDigits: ClosedRange<Int>) {
        var reader = DigitReader(text)
        guard let civil = reader.isoDateTime(fractionDigits: fractionDigits), let offset = reader.offset(),
            reader.isAtEnd
        else { return nil }
        self.init(civil: civil, offset: offset)
    }

    /// With exactly so many digits of the second's fraction (0 to 9; others count as the nearest of these). Digits that
    /// do not fit are cut off, not rounded: a time is never written later than it was.
    public func iso8601(fractionDigits: Int) -> String {
        self.civil.iso8601(fractionDigits: min(max(fractionDigits, 0), 9)) + self.offset.text
    }
}

extension OffsetDateTime: CustomStringConvertible {
    /// The shortest of the spellings with 0, 3, 6 or 9 digits that loses nothing.
    public var description: String {
        let nanosecond = self.civil.nanosecond
        let digits =
            [0: 1_000_000_000, 3: 1_000_000, 6: 1000, 9: 1]
            .filter { nanosecond.isMultiple(of: $0.value) }.keys.min() ?? 9
        return self.iso8601(fractionDigits: digits)
    }
}
