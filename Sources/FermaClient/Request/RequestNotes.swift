/// What a check has found so far.
struct RequestNotes {
    var findings: [RequestFinding] = []
    var warnings: [RequestWarning] = []

    mutating func add(_ issue: RequestIssue, _ field: String, limit: String? = nil) {
        self.findings.append(RequestFinding(issue, field, limit: limit))
    }

    mutating func warn(_ kind: RequestWarning.Kind, _ field: String) {
        self.warnings.append(RequestWarning(kind, field))
    }
}
