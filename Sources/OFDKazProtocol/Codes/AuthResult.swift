/// How a sign-in ended (section 3.11). Open: a number that is not in the table survives.
public struct AuthResult: RawRepresentable, Sendable, Hashable, Codable {
    public var rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// RESULT_TYPE_OK
    public static let ok = Self(rawValue: 0)
    /// RESULT_TYPE_INVALID_LOGIN_PASSWORD
    public static let invalidLoginPassword = Self(rawValue: 1)
}

extension AuthResult: CaseIterable {
    /// The values of the table, in ascending order.
    public static var allCases: [Self] { [.ok, .invalidLoginPassword] }
}
