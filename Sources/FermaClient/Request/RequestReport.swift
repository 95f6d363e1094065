public import FiscalCore

/// What is to be said about a request before it is sent, by the rules of decision F12.
///
/// The same rules stand behind ``Receipt``, which is checked in the form in which it goes out.
public struct RequestReport: Sendable, Hashable {
    /// Each issue with its place, in the order of the request.
    public let findings: [RequestFinding]
    public let warnings: [RequestWarning]
    /// The total of the lines in kopecks, or nil while it cannot be told.
    public let totalKopecks: Int64?

    /// Each issue once, in the order of the list.
    public var issues: [RequestIssue] {
        let found = Set(self.findings.map(\.issue))
        return RequestIssue.allCases.filter(found.contains)
    }

    /// Checks a request in the spelling of the wire. Names are read without regard to letter case.
    public init(checking request: JSON, dialect: FermaDialect = .ferma, rules: ReceiptRules = ReceiptRules()) {
        var checker = RequestChecker(dialect: dialect, rules: rules)
        checker.check(request)
        self.findings = checker.notes.findings
        self.warnings = checker.notes.warnings
        self.totalKopecks = checker.total
    }
}
