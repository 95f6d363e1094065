/// Kind of report (section 3.8). Open: a number that is not in the table survives.
public struct ReportType: RawRepresentable, Sendable, Hashable, Codable {
    public var rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// REPORT_Z: the last closed shift.
    public static let z = Self(rawValue: 0)
    /// REPORT_X: the running shift.
    public static let x = Self(rawValue: 1)
}

extension ReportType: CaseIterable {
    /// The values of the table, in ascending order.
    public static var allCases: [Self] { [.z, .x] }
}
