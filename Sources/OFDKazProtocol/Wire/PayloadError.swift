/// A payload that is no `Request` or `Response`, or a JSON text that does not describe one.
public struct PayloadError: Error, Sendable, Hashable {
    /// What is wrong.
    public var code: Code
    /// The member of the JSON text, as a path: `ticket.items[0].commodity.name`; nil for bytes, and where none is to
    /// blame.
    public var member: String?
    /// The rule, for a person. Never a value: payloads hold personal data.
    public var detail: String

    public init(_ code: Code, member: String? = nil, detail: String) {
        self.code = code
        self.member = member
        self.detail = detail
    }

    /// The kinds of faults. Open: later versions may add some.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Base: String, Sendable {
            case truncated, invalidUTF8, malformed, tooDeep, syntax, unknownMember, value
        }
        private let base: Base
        /// The bytes end inside a field.
        public static let truncated = Self(base: .truncated)
        /// A text is not valid UTF-8, in the bytes or in JSON.
        public static let invalidUTF8 = Self(base: .invalidUTF8)
        /// The bytes are not protobuf.
        public static let malformed = Self(base: .malformed)
        /// Messages nested deeper than the protobuf library follows.
        public static let tooDeep = Self(base: .tooDeep)
        /// The text as a whole is no JSON object.
        public static let syntax = Self(base: .syntax)
        /// The schema has no field of that name.
        public static let unknownMember = Self(base: .unknownMember)
        /// The field does not take this value: another type, out of range, no name of its table.
        public static let value = Self(base: .value)

        public var description: String { self.base.rawValue }
    }
}

extension PayloadError: CustomStringConvertible {
    public var description: String {
        let place = self.member.map { "\($0): " } ?? ""
        return "\(place)\(self.code) (\(self.detail))"
    }
}
