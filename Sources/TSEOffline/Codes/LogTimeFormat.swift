/// How the signed message spells the log time (BSI TR-03151).
public enum LogTimeFormat: String, Sendable, Hashable, CaseIterable {
    /// An INTEGER: seconds since the epoch.
    case unixTime
    /// A UTCTime `YYMMDDhhmmssZ`, for the years 1950 to 2049.
    case utcTime
    /// A GeneralizedTime `YYYYMMDDhhmmssZ`.
    case generalizedTime

    /// The format with this name in any letter case, `utcTimeWithSeconds` included; nil for others.
    public init?(name: String) {
        switch name.lowercased() {
        case "unixtime": self = .unixTime
        case "utctime", "utctimewithseconds": self = .utcTime
        case "generalizedtime": self = .generalizedTime
        default: return nil
        }
    }
}
