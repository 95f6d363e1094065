/// Kind of receipt (section 4.6). Open: a number that is not in the table survives.
public struct OperationType: RawRepresentable, Sendable, Hashable, Codable {
    public var rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// OPERATION_BUY: purchase from a customer.
    public static let buy = Self(rawValue: 0)
    /// OPERATION_BUY_RETURN: return of a purchase.
    public static let buyReturn = Self(rawValue: 1)
    /// OPERATION_SELL: sale.
    public static let sell = Self(rawValue: 2)
    /// OPERATION_SELL_RETURN: return of a sale.
    public static let sellReturn = Self(rawValue: 3)
}

extension OperationType: CaseIterable {
    /// The values of the table, in ascending order.
    public static var allCases: [Self] { [.buy, .buyReturn, .sell, .sellReturn] }
}

extension OperationType {
    /// Returns need the data of the receipt they are based on.
    public var isReturn: Bool { self == .buyReturn || self == .sellReturn }
    /// Money comes in with sales and with returns of purchases.
    public var bringsMoneyIn: Bool { self == .sell || self == .buyReturn }
}
