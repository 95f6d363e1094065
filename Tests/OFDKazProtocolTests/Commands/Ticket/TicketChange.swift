import FiscalCore
import OFDKazProtocol
import Testing

/// One change to a receipt that keeps every rule, and the one issue that it must cause.
struct TicketChange: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let ticket: PBTicketRequest
    let field: String
    let rule: InvalidField.Rule
    var edition = Edition.v203

    /// Not a single one more, and not a single one less.
    func expectExactlyThatIssue() {
        let issues = TicketRules.issues(in: self.ticket, edition: self.edition)
        #expect(issues.map(\.field) == [self.field])
        #expect(issues.map(\.rule) == [self.rule])
        #expect(issues.allSatisfy { !$0.limit.isEmpty })
    }
}

/// The changes of one test, row by row of the requirements.
struct TicketChanges {
    let base: PBTicketRequest
    private(set) var list: [TicketChange] = []

    init(_ base: PBTicketRequest) { self.base = base }

    mutating func add(
        _ row: String, _ field: String, _ rule: InvalidField.Rule, edition: Edition = .v203,
        _ change: (inout PBTicketRequest) -> Void
    ) {
        var ticket = self.base
        change(&ticket)
        self.list.append(
            TicketChange(
                testDescription: "\(row) \(field)", ticket: ticket, field: field, rule: rule, edition: edition))
    }
}
