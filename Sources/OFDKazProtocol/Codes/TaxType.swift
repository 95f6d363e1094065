/// Kind of tax (section 4.9). Open: a number that is not in the table survives.
public struct TaxType: RawRepresentable, Sendable, Hashable, Codable {
    public var rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// VAT
    public static let vat = Self(rawValue: 100)
}

extension TaxType: CaseIterable {
    /// The values of the table, in ascending order.
    public static var allCases: [Self] { [.vat] }
}
