import Foundation

/// A zone of the IANA time zone database by its name, with summer time as Foundation's data has it.
public struct NamedZone: CivilZone, Hashable {
    /// The name it was made with, such as `Europe/Prague`.
    public let identifier: String
    private let zone: TimeZone

    /// Nil when the database has no such name. Abbreviations (`CET`) and offsets (`GMT+1`) are not names.
    public init?(identifier: String) {
        guard TimeZone.knownTimeZoneIdentifiers.contains(identifier), let zone = TimeZone(identifier: identifier)
        else { return nil }
        self.identifier = identifier
        self.zone = zone
    }

    /// Offsets of local mean time, used before standard time, are cut to whole minutes.
    public func offset(at instant: FiscalInstant) -> UTCOffset {
        // Foundation's instants are floating point; whole seconds of the years 1 to 9999 are exact in it.
        let seconds = min(max(instant.secondsSinceEpoch, -62_135_596_800), 253_402_300_799)
        let ahead = self.zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds)))
        return UTCOffset(minutes: ahead / 60) ?? .zero
    }
}

extension NamedZone {
    /// `Europe/Prague`, the clocks of EET.
    public static let prague = Self(wellKnown: "Europe/Prague")
    /// `Europe/Warsaw`, the clocks of CRK.
    public static let warsaw = Self(wellKnown: "Europe/Warsaw")
    /// `Europe/Berlin`, the clocks of German receipts.
    public static let berlin = Self(wellKnown: "Europe/Berlin")
    /// `Europe/Moscow`; registers of other Russian regions show their own time.
    public static let moscow = Self(wellKnown: "Europe/Moscow")
    /// `Asia/Almaty`, all of Kazakhstan since March 2024.
    public static let almaty = Self(wellKnown: "Asia/Almaty")

    private init(wellKnown identifier: String) {
        // A system without these zones would print wrong times on receipts; better to say so at once.
        guard let zone = Self(identifier: identifier) else {
            preconditionFailure("the system's time zone database has no \(identifier)")
        }
        self = zone
    }
}
