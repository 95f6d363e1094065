public import FiscalCore

/// Where the register stands (section 3.10, `SecurityStats::GeoPosition`), in ten-thousandths of a degree: of northern
/// latitude and eastern longitude, since the protocol has no sign.
public struct GeoPosition: Sendable, Hashable {
    /// 0...900000.
    public let latitude: Int
    /// 0...1800000.
    public let longitude: Int
    /// From where the position is known, as the mobile operator names it: `CELL`.
    public let source: String

    private static let field = "service.security_stats.geo_position"

    /// - Throws: `InvalidField` for a position outside these ranges, and for an empty source.
    public init(latitude: Int, longitude: Int, source: String) throws(InvalidField) {
        guard (0...900_000).contains(latitude) else {
            throw InvalidField(Self.field + ".latitude", .range, limit: "0...900000")
        }
        guard (0...1_800_000).contains(longitude) else {
            throw InvalidField(Self.field + ".longitude", .range, limit: "0...1800000")
        }
        guard !source.isEmpty else { throw InvalidField(Self.field + ".source", .length, limit: "not empty") }
        self.latitude = latitude
        self.longitude = longitude
        self.source = source
    }

    /// From degrees as text: `51.1694`. Digits beyond the fourth are rounded half up.
    /// - Throws: `InvalidField` for a text that is no such number (a minus sign too), and as the other initialiser.
    public init(latitude: String, longitude: String, source: String) throws(InvalidField) {
        try self.init(
            latitude: try Self.units(latitude, field: "latitude"),
            longitude: try Self.units(longitude, field: "longitude"), source: source)
    }

    private static func units(_ degrees: String, field: String) throws(InvalidField) -> Int {
        guard let units = DecimalText(degrees, fractionDigits: 0...100)?.scaled(to: 4) else {
            throw InvalidField("\(Self.field).\(field)", .pattern, limit: "degrees, such as 51.1694")
        }
        return Int(clamping: units)
    }
}

extension GeoPosition {
    var pb: PBServiceRequest.SecurityStats.GeoPosition {
        var pb = PBServiceRequest.SecurityStats.GeoPosition()
        pb.latitude = Int32(clamping: self.latitude)
        pb.longitude = Int32(clamping: self.longitude)
        pb.source = self.source
        return pb
    }
}
