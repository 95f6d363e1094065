/// Regime of taxation (section 4.8). Open: a number that is not in the table survives.
public struct TaxationType: RawRepresentable, Sendable, Hashable, Codable {
    public var rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// STS: general.
    public static let sts = Self(rawValue: 100)
    /// RTS: simplified.
    public static let rts = Self(rawValue: 101)
    /// TRFF: farms.
    public static let trff = Self(rawValue: 102)
    /// TRBP: patent; not sent since 2.0.4.
    public static let trbp = Self(rawValue: 103)
}

extension TaxationType: CaseIterable {
    /// The values of the table, in ascending order.
    public static var allCases: [Self] { [.sts, .rts, .trff, .trbp] }
}
