/// The operator itself, since 2.0.4.
public struct OfdRegInfo: Sendable, Hashable, Codable {
    public var title: String?
    /// The title in Kazakh.
    public var titleKz: String?
    /// Where a receipt can be looked up.
    public var url: String?

    public init(title: String? = nil, titleKz: String? = nil, url: String? = nil) {
        self.title = title
        self.titleKz = titleKz
        self.url = url
    }

    /// The newer data, and where it is silent, what is known already.
    func updated(by newer: Self) -> Self {
        Self(
            title: newer.title ?? self.title, titleKz: newer.titleKz ?? self.titleKz, url: newer.url ?? self.url)
    }
}

extension OfdRegInfo {
    package init(_ pb: PBOfdRegInfo) {
        self.init(
            title: pb.hasTitle ? pb.title : nil, titleKz: pb.hasTitleKz ? pb.titleKz : nil,
            url: pb.hasURL ? pb.url : nil)
    }
}
