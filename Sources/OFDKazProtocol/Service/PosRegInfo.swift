/// Registration data of the point of sale (section 3.10).
public struct PosRegInfo: Sendable, Hashable, Codable {
    public var title: String?
    public var address: String?
    /// The address in Kazakh.
    public var addressKz: String?
    /// In ten-thousandths of a degree.
    public var latitude: UInt32?
    /// In ten-thousandths of a degree.
    public var longitude: UInt32?

    public init(
        title: String? = nil, address: String? = nil, addressKz: String? = nil, latitude: UInt32? = nil,
        longitude: UInt32? = nil
    ) {
        self.title = title
        self.address = address
        self.addressKz = addressKz
        self.latitude = latitude
        self.longitude = longitude
    }

    /// The newer data, and where it is silent, what is known already.
    func updated(by newer: Self) -> Self {
        Self(
            title: newer.title ?? self.title, address: newer.address ?? self.address,
            addressKz: newer.addressKz ?? self.addressKz, latitude: newer.latitude ?? self.latitude,
            longitude: newer.longitude ?? self.longitude)
    }
}

extension PosRegInfo {
    package init(_ pb: PBPosRegInfo) {
        self.init(
            title: pb.hasTitle ? pb.title : nil, address: pb.hasAddress ? pb.address : nil,
            addressKz: pb.hasAddressKz ? pb.addressKz : nil, latitude: pb.hasLatitude ? pb.latitude : nil,
            longitude: pb.hasLongitude ? pb.longitude : nil)
    }
}
