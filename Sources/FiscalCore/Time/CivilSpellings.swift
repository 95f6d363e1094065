/// Spellings without a zone.
extension CivilDate {
    /// Reads exactly `yyyyMMdd` (CRK, `forDate`).
    public init?(compact text: String) {
        var reader = DigitReader(text)
        guard let date = reader.compactDate(), reader.isAtEnd else { return nil }
        self = date
    }

    /// `yyyyMMdd`.
    public var compact: String {
        Digits.padded(self.year, to: 4) + Digits.padded(self.month, to: 2) + Digits.padded(self.day, to: 2)
    }

    /// Reads exactly `yyyy-MM-dd` (ISO 8601).
    public init?(iso8601 text: String) {
        var reader = DigitReader(text)
        guard let date = reader.isoDate(), reader.isAtEnd else { return nil }
        self = date
    }

    /// `yyyy-MM-dd` (ISO 8601).
    public var iso8601: String {
        Digits.padded(self.year, to: 4) + "-" + Digits.padded(self.month, to: 2) + "-" + Digits.padded(self.day, to: 2)
    }
}

extension CivilDate: CustomStringConvertible {
    public var description: String { self.iso8601 }
}

extension CivilDateTime {
    /// Reads exactly `yyyyMMdd'T'HHmm` (field `t` of the Russian receipt QR); the second is 0.
    public init?(compactMinutes text: String) {
        var reader = DigitReader(text)
        guard let time = reader.compactDateTime(withSeconds: false), reader.isAtEnd else { return nil }
        self = time
    }

    /// Reads exactly `yyyyMMdd'T'HHmmss` (field `t` of the Kazakh receipt QR and of some Russian ones).
    public init?(compactSeconds text: String) {
        var reader = DigitReader(text)
        guard let time = reader.compactDateTime(withSeconds: true), reader.isAtEnd else { return nil }
        self = time
    }

    /// `yyyyMMdd'T'HHmm`; seconds are left out.
    public var compactMinutes: String {
        self.date.compact + "T" + Digits.padded(self.hour, to: 2) + Digits.padded(self.minute, to: 2)
    }

    /// `yyyyMMdd'T'HHmmss`; parts of a second are left out.
    public var compactSeconds: String { self.compactMinutes + Digits.padded(self.second, to: 2) }

    /// `yyyy-MM-dd'T'HH:mm:ss` with so many digits of the second's fraction (0 to 9); further ones are cut off.
    func iso8601(fractionDigits: Int) -> String {
        let whole =
            self.date.iso8601 + "T" + Digits.padded(self.hour, to: 2) + ":" + Digits.padded(self.minute, to: 2) + ":"
            + Digits.padded(self.second, to: 2)
        guard fractionDigits > 0 else { return whole }
        return whole + "." + Digits.padded(self.nanosecond, to: 9).prefix(fractionDigits)
    }
}

extension DigitReader {
    /// `yyyyMMdd`
    mutating func compactDate() -> CivilDate? {
        guard let year = self.number(digits: 4), let month = self.number(digits: 2), let day = self.number(digits: 2)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    /// `yyyy-MM-dd`
    mutating func isoDate() -> CivilDate? {
        guard let year = self.number(digits: 4), self.skip("-"), let month = self.number(digits: 2), self.skip("-"),
            let day = self.number(digits: 2)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    fileprivate mutating func compactDateTime(withSeconds: Bool) -> CivilDateTime? {
        guard let date = self.compactDate(), self.skip("T"), let hour = self.number(digits: 2),
            let minute = self.number(digits: 2), let second = withSeconds ? self.number(digits: 2) : 0
        else { return nil }
        return CivilDateTime(date: date, hour: hour, minute: minute, second: second)
    }

    /// `yyyy-MM-dd'T'HH:mm:ss`, then no point when `fractionDigits` has 0, or a point and as many digits as it allows.
    mutating func isoDateTime(fractionDigits: ClosedRange<Int>) -> CivilDateTime? {
        guard let date = self.isoDate(), self.skip("T"), let hour = self.number(digits: 2), self.skip(":"),
            let minute = self.number(digits: 2), self.skip(":"), let second = self.number(digits: 2)
        else { return nil }
        var nanosecond = 0
        if self.skip(".") {
            let count = self.digitsAhead
            guard (1...9).contains(count), fractionDigits.contains(count), let fraction = self.number(digits: count)
            else { return nil }
            nanosecond = (count..<9).reduce(fraction) { value, _ in value * 10 }
        } else if !fractionDigits.contains(0) {
            return nil
        }
        return CivilDateTime(date: date, hour: hour, minute: minute, second: second, nanosecond: nanosecond)
    }
}
