/// Bad input from the host, found before anything was sent, stored or changed.
public struct InvalidField: Error, Sendable, Hashable {
    /// The field as the source document spells it, with a path where one is needed: `celk_trzba`, `payments[1].sum`.
    public var field: String
    /// The rule that was broken.
    public var rule: Rule
    /// The limit of that rule, readable: `1...25`, `[0-9a-zA-Z.,:;/#\-_ ]`.
    public var limit: String

    public init(_ field: String, _ rule: Rule, limit: String) {
        self.field = field
        self.rule = rule
        self.limit = limit
    }

    /// What kind of rule was broken. Open: later versions may add rules.
    public struct Rule: RawRepresentable, Sendable, Hashable {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        /// The field must be there.
        public static let required = Self(rawValue: "required")
        /// The field must not be there.
        public static let notAllowed = Self(rawValue: "notAllowed")
        /// The text has characters or a form that the field does not allow.
        public static let pattern = Self(rawValue: "pattern")
        /// The text is too short or too long.
        public static let length = Self(rawValue: "length")
        /// The number is out of range.
        public static let range = Self(rawValue: "range")
        /// The value is none of the listed ones.
        public static let oneOf = Self(rawValue: "oneOf")
        /// Two fields do not fit each other.
        public static let consistency = Self(rawValue: "consistency")
    }
}

extension InvalidField: CustomStringConvertible {
    public var description: String { "\(self.field): \(self.rule.rawValue) (\(self.limit))" }
}
