public import FiscalCore

/// The keys with which a software register makes its receipts verifiable, one for each civil day (section 2.4.9).
///
/// The day that stands on the receipt decides, and the caller names it: there is no time zone in here (decision P26).
/// Without a key for the day a register must not sell. Its description says nothing of the keys.
public struct SharedKeyRing: Sendable, Hashable {
    private var keys: [CivilDate: SharedKey] = [:]

    public init() {}

    /// Takes up keys; a day that is named again gets the new one.
    public mutating func add(_ fresh: [SharedKey]) {
        for key in fresh { self.keys[key.day] = key }
    }

    /// The key of a day; nil when there is none, and nothing may be sold on that day.
    public func key(for day: CivilDate) -> SharedKey? { self.keys[day] }

    /// The days for which there is a key, in ascending order.
    public var days: [CivilDate] { self.keys.keys.sorted() }

    /// Forgets keys of days before this one.
    public mutating func forget(before day: CivilDate) {
        self.keys = self.keys.filter { $0.key >= day }
    }
}

extension SharedKeyRing: CustomStringConvertible {
    public var description: String { "SharedKeyRing(\(self.days.count) days, redacted)" }
}
