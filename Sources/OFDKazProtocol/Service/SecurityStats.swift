/// What the four fiscal commands carry since 2.0.3 (section 3.10, `SecurityStats`).
public struct SecurityStats: Sendable, Hashable {
    public var geoPosition: GeoPosition

    public init(geoPosition: GeoPosition) {
        self.geoPosition = geoPosition
    }
}

extension SecurityStats {
    var pb: PBServiceRequest.SecurityStats {
        var pb = PBServiceRequest.SecurityStats()
        pb.geoPosition = self.geoPosition.pb
        return pb
    }
}
