import FiscalCore

/// The issues of a message while they are collected: at most one for a field.
struct IssueList {
    private(set) var issues: [FieldIssue] = []

    mutating func add(_ issue: FieldIssue) {
        if !self.issues.contains(where: { $0.field == issue.field }) { self.issues.append(issue) }
    }

    mutating func add(_ field: String, _ rule: InvalidField.Rule, _ limit: String) {
        self.add(FieldIssue(field: field, rule: rule, limit: limit))
    }

    /// Whether nothing is wrong with a field, with anything below it and with what it is part of. What depends on a
    /// wrong field is not looked at: it would only be the same issue again.
    func areNone(at field: @autoclosure () -> String) -> Bool {
        guard !self.issues.isEmpty else { return true }
        let field = field()
        return !self.issues.contains {
            Self.isSameOrPart($0.field, of: field) || Self.isSameOrPart(field, of: $0.field)
        }
    }

    private static func isSameOrPart(_ part: String, of whole: String) -> Bool {
        guard part.utf8.starts(with: whole.utf8) else { return false }
        guard let next = part.utf8.dropFirst(whole.utf8.count).first else { return true }
        return next == UInt8(ascii: ".") || next == UInt8(ascii: "[")
    }
}
