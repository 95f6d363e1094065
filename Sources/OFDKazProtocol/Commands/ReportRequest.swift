public import FiscalCore

/// Asks for the last Z or the current X report (section 3.8). The register sends its own along.
public struct ReportRequest: Sendable, Hashable {
    public let report: ReportType

    /// - Throws: `InvalidField` for a type that is not in the table.
    public init(_ report: ReportType) throws(InvalidField) {
        guard ReportType.allCases.contains(report) else {
            throw InvalidField("report.report", .oneOf, limit: "0, 1")
        }
        self.report = report
    }

    /// The last Z report.
    public static let z = Self(checked: .z)
    /// The report of the shift as it stands.
    public static let x = Self(checked: .x)

    private init(checked report: ReportType) { self.report = report }
}
