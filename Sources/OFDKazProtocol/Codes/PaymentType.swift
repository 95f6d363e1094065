/// Means of payment (section 4.7); 2 and 3 were retired. Open: a number that is not in the table survives.
public struct PaymentType: RawRepresentable, Sendable, Hashable, Codable {
    public var rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// PAYMENT_CASH
    public static let cash = Self(rawValue: 0)
    /// PAYMENT_CARD
    public static let card = Self(rawValue: 1)
    /// PAYMENT_MOBILE
    public static let mobile = Self(rawValue: 4)
}

extension PaymentType: CaseIterable {
    /// The values of the table, in ascending order.
    public static var allCases: [Self] { [.cash, .card, .mobile] }
}
