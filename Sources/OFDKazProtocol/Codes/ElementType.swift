/// Kind of an element of the list of goods (section 3.9). Open: a number that is not in the table survives.
public struct ElementType: RawRepresentable, Sendable, Hashable, Codable {
    public var rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// GROUP
    public static let group = Self(rawValue: 0)
    /// ITEM
    public static let item = Self(rawValue: 1)
}

extension ElementType: CaseIterable {
    /// The values of the table, in ascending order.
    public static var allCases: [Self] { [.group, .item] }
}
