/// Direction of a cash movement (section 3.7). Open: a number that is not in the table survives.
public struct MoneyPlacementType: RawRepresentable, Sendable, Hashable, Codable {
    public var rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// MONEY_PLACEMENT_DEPOSIT: cash put in.
    public static let deposit = Self(rawValue: 0)
    /// MONEY_PLACEMENT_WITHDRAWAL: cash taken out.
    public static let withdrawal = Self(rawValue: 1)
}

extension MoneyPlacementType: CaseIterable {
    /// The values of the table, in ascending order.
    public static var allCases: [Self] { [.deposit, .withdrawal] }
}
