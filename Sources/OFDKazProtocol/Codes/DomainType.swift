/// Field of trade (section 4.5). Open: a number that is not in the table survives.
public struct DomainType: RawRepresentable, Sendable, Hashable, Codable {
    public var rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// DOMAIN_TRADING
    public static let trading = Self(rawValue: 0)
    /// DOMAIN_SERVICES
    public static let services = Self(rawValue: 1)
    /// DOMAIN_GASOIL
    public static let gasoil = Self(rawValue: 2)
    /// DOMAIN_HOTELS: hotels and restaurants.
    public static let hotels = Self(rawValue: 3)
    /// DOMAIN_TAXI
    public static let taxi = Self(rawValue: 4)
    /// DOMAIN_PARKING
    public static let parking = Self(rawValue: 5)
}

extension DomainType: CaseIterable {
    /// The values of the table, in ascending order.
    public static var allCases: [Self] { [.trading, .services, .gasoil, .hotels, .taxi, .parking] }
}
