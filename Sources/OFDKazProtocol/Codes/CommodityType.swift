/// Kind of what is sold (since 2.0.4, `commodity_type`). Open: a number that is not in the table survives.
public struct CommodityType: RawRepresentable, Sendable, Hashable, Codable {
    public var rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// PRODUCT
    public static let product = Self(rawValue: 0)
    /// TASK: work done.
    public static let task = Self(rawValue: 1)
    /// SERVICE
    public static let service = Self(rawValue: 2)
}

extension CommodityType: CaseIterable {
    /// The values of the table, in ascending order.
    public static var allCases: [Self] { [.product, .task, .service] }
}
