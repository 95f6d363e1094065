public import FiscalCore

/// One thing that is wrong with a message: which field, by which rule.
public struct FieldIssue: Sendable, Hashable {
    /// The way to the field in the servers' spelling: `items[0].commodity.name`. A whole request's paths begin with the
    /// body: `ticket.items[0].commodity.name`.
    public var field: String
    public var rule: InvalidField.Rule
    /// The limit of that rule, readable.
    public var limit: String
    /// How a server takes the absence of a field; nil for every other rule.
    package var absence: Absence?

    public init(field: String, rule: InvalidField.Rule, limit: String) {
        self.field = field
        self.rule = rule
        self.limit = limit
        self.absence = nil
    }

    package init(field: String, rule: InvalidField.Rule, limit: String, absence: Absence) {
        self.field = field
        self.rule = rule
        self.limit = limit
        self.absence = absence
    }

    /// How much the absence of a field weighs (decision K7).
    package enum Absence: Sendable, Hashable {
        /// Every known schema calls the field required: a server cannot even decode the message, and answers 3.
        case schema
        /// Mandatory by the document, for this edition, command or content: a server answers 15 to a receipt.
        case document
        /// We always send it, but no server insists (decision K12).
        case custom
    }

    /// The same, as the error for the first issue that a host has to mend.
    public var error: InvalidField { InvalidField(self.field, self.rule, limit: self.limit) }
}

extension FieldIssue: CustomStringConvertible {
    public var description: String { "\(self.field): \(self.rule.rawValue) (\(self.limit))" }
}
