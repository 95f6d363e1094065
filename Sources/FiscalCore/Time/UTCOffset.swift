/// How far a clock is ahead of UTC, and how that is spelled: `Z`, `+01:00`, `-05:30`.
///
/// `Z`, `+00:00` and `-00:00` mean the same but are three values, because what was signed must be sent as it was
/// written. Compare `minutes` where only the meaning counts.
public struct UTCOffset: Sendable, Hashable {
    /// Minutes ahead of UTC: −840 to 840 (14 hours, the limit of `xs:dateTime`, XML Schema part 2 §3.2.7).
    public let minutes: Int
    private let form: Form

    private enum Form: Sendable, Hashable { case zulu, signed, negativeZero }

    private init(minutes: Int, form: Form) {
        self.minutes = minutes
        self.form = form
    }

    /// An offset spelled with sign, hours and minutes; nil beyond 14 hours.
    public init?(minutes: Int) {
        guard (-840...840).contains(minutes) else { return nil }
        self.init(minutes: minutes, form: .signed)
    }

    /// UTC spelled `Z`.
    public static let zulu = Self(minutes: 0, form: .zulu)
    /// UTC spelled `+00:00`.
    public static let zero = Self(minutes: 0, form: .signed)

    /// Reads exactly `Z` or `±hh:mm`, minutes up to 59, at most 14 hours.
    public init?(_ text: String) {
        var reader = DigitReader(text)
        guard let offset = reader.offset(), reader.isAtEnd else { return nil }
        self = offset
    }

    /// The spelling: `Z` or `±hh:mm`.
    public var text: String {
        switch self.form {
        case .zulu: return "Z"
        case .negativeZero: return "-00:00"
        case .signed:
            let distance = abs(self.minutes)
            return (self.minutes < 0 ? "-" : "+") + Digits.padded(distance / 60, to: 2) + ":"
                + Digits.padded(distance % 60, to: 2)
        }
    }
}

extension UTCOffset: CustomStringConvertible {
    public var description: String { self.text }
}

extension DigitReader {
    /// `Z` or `±hh:mm`.
    mutating func offset() -> UTCOffset? {
        if self.skip("Z") { return .zulu }
        let isNegative = self.skip("-")
        guard isNegative || self.skip("+"), let hours = self.number(digits: 2), self.skip(":"),
            let minutes = self.number(digits: 2), minutes <= 59
        else { return nil }
        return UTCOffset(hours: hours, minutes: minutes, isNegative: isNegative)
    }
}

extension UTCOffset {
    fileprivate init?(hours: Int, minutes: Int, isNegative: Bool) {
        let distance = hours * 60 + minutes
        guard distance <= 840 else { return nil }
        self.init(
            minutes: isNegative ? -distance : distance, form: isNegative && distance == 0 ? .negativeZero : .signed)
    }
}
