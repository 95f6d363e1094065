/// Role of a cashier (section 4.10). Open: a number that is not in the table survives.
public struct UserRole: RawRepresentable, Sendable, Hashable, Codable {
    public var rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// USER_ROLE_PAYMASTER
    public static let paymaster = Self(rawValue: 1)
    /// USER_ROLE_CHIEF_PAYMASTER
    public static let chiefPaymaster = Self(rawValue: 2)
    /// USER_ROLE_ADMINISTRATOR
    public static let administrator = Self(rawValue: 3)
}

extension UserRole: CaseIterable {
    /// The values of the table, in ascending order.
    public static var allCases: [Self] { [.paymaster, .chiefPaymaster, .administrator] }
}
