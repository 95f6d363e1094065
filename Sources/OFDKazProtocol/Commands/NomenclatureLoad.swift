public import FiscalCore

/// Asks for the operator's list of goods (section 3.9, `NomenclatureRequest`).
public struct NomenclatureLoad: Sendable, Hashable {
    /// The version that the register has; 0 for none, and then sent as 0.
    public let currentVersion: UInt32

    /// - Throws: `InvalidField` for a version above 2147483647.
    public init(currentVersion: UInt32 = 0) throws(InvalidField) {
        guard currentVersion <= Int32.max else {
            throw InvalidField("nomenclature.current_version", .range, limit: "0...2147483647")
        }
        self.currentVersion = currentVersion
    }
}
