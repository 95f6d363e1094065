/// Registration data of the organisation (section 3.10). All five are mandatory in the document.
public struct OrgRegInfo: Sendable, Hashable, Codable {
    /// The organisation's name, or the entrepreneur's full name.
    public var title: String?
    /// The legal address.
    public var address: String?
    /// The legal address in Kazakh.
    public var addressKz: String?
    /// IIN or BIN, twelve digits. `inn` on the wire.
    public var iin: String?
    /// Code of the economic activity. `okved` on the wire.
    public var oked: String?

    public init(
        title: String? = nil, address: String? = nil, addressKz: String? = nil, iin: String? = nil, oked: String? = nil
    ) {
        self.title = title
        self.address = address
        self.addressKz = addressKz
        self.iin = iin
        self.oked = oked
    }

    /// The newer data, and where it is silent, what is known already.
    func updated(by newer: Self) -> Self {
        Self(
            title: newer.title ?? self.title, address: newer.address ?? self.address,
            addressKz: newer.addressKz ?? self.addressKz, iin: newer.iin ?? self.iin, oked: newer.oked ?? self.oked)
    }
}

extension OrgRegInfo {
    package init(_ pb: PBOrgRegInfo) {
        self.init(
            title: pb.hasTitle ? pb.title : nil, address: pb.hasAddress ? pb.address : nil,
            addressKz: pb.hasAddressKz ? pb.addressKz : nil, iin: pb.hasInn ? pb.inn : nil,
            oked: pb.hasOkved ? pb.okved : nil)
    }

    package var pb: PBOrgRegInfo {
        var pb = PBOrgRegInfo()
        if let value = self.title { pb.title = value }
        if let value = self.address { pb.address = value }
        if let value = self.addressKz { pb.addressKz = value }
        if let value = self.iin { pb.inn = value }
        if let value = self.oked { pb.okved = value }
        return pb
    }
}
