/// How a load of the list of goods ended (section 3.9). Open: a number that is not in the table survives.
public struct NomenclatureResult: RawRepresentable, Sendable, Hashable, Codable {
    public var rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// RESULT_TYPE_OK: all elements delivered.
    public static let ok = Self(rawValue: 0)
    /// RESULT_TYPE_VERSION_IS_ACTUAL: the register has this version.
    public static let versionIsActual = Self(rawValue: 1)
    /// RESULT_TYPE_NO_VERSION: nothing is ready for loading.
    public static let noVersion = Self(rawValue: 2)
}

extension NomenclatureResult: CaseIterable {
    /// The values of the table, in ascending order.
    public static var allCases: [Self] { [.ok, .versionIsActual, .noVersion] }
}
