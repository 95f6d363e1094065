/// Kind of a line of a receipt (section 3.3.2); there is no 0. Open: a number that is not in the table survives.
public struct ItemType: RawRepresentable, Sendable, Hashable, Codable {
    public var rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// ITEM_TYPE_COMMODITY: goods sold.
    public static let commodity = Self(rawValue: 1)
    /// ITEM_TYPE_STORNO_COMMODITY: goods taken back out of this receipt.
    public static let stornoCommodity = Self(rawValue: 2)
    /// ITEM_TYPE_MARKUP
    public static let markup = Self(rawValue: 3)
    /// ITEM_TYPE_STORNO_MARKUP
    public static let stornoMarkup = Self(rawValue: 4)
    /// ITEM_TYPE_DISCOUNT
    public static let discount = Self(rawValue: 5)
    /// ITEM_TYPE_STORNO_DISCOUNT
    public static let stornoDiscount = Self(rawValue: 6)
}

extension ItemType: CaseIterable {
    /// The values of the table, in ascending order.
    public static var allCases: [Self] {
        [.commodity, .stornoCommodity, .markup, .stornoMarkup, .discount, .stornoDiscount]
    }
}
