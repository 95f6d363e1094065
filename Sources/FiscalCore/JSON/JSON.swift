/// A JSON text as it was written: members in their order, names told apart by letter case, numbers in their spelling.
///
/// Fiscal answers need all three. Foundation's decoders read `1.0` as the integer 1 and large numbers through floating
/// point, keep no order, and lose one of two members that differ in case only (`fceerror`, `FCEError`).
public indirect enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSON])
    case object([Member])

    /// A member of an object.
    public struct Member: Sendable, Hashable {
        public var name: String
        public var value: JSON

        public init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }
}

// MARK: Making

extension JSON {
    public static func integer(_ value: some BinaryInteger) -> JSON { .number(JSONNumber(value)) }
    /// The text, or null.
    public static func optional(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
}

// MARK: Reading

extension JSON {
    /// The value of the member with exactly this name; the last one when the name stands twice. Nil for no object.
    public subscript(name: String) -> JSON? {
        self.members?.last { $0.name == name }?.value
    }

    /// The value of the member with this name in any letter case; the exact spelling wins over others.
    public subscript(anyCase name: String) -> JSON? {
        if let exact = self[name] { return exact }
        let folded = name.lowercased()
        return self.members?.last { $0.name.lowercased() == folded }?.value
    }

    public var isNull: Bool { self == .null }

    public var bool: Bool? {
        if case .bool(let value) = self { return value }
        return nil
    }

    /// The value of a number written as a whole number: digits with an optional minus sign, within 64 bits.
    public var integer: Int64? {
        if case .number(let number) = self { return number.integer }
        return nil
    }

    public var string: String? {
        if case .string(let text) = self { return text }
        return nil
    }

    public var array: [JSON]? {
        if case .array(let values) = self { return values }
        return nil
    }

    public var members: [Member]? {
        if case .object(let members) = self { return members }
        return nil
    }
}

/// A JSON number in the spelling of its text.
public struct JSONNumber: Sendable, Hashable {
    /// As written: `62848`, `1.50`, `-2e3`.
    public let text: String

    public init(_ value: some BinaryInteger) {
        self.text = String(value)
    }

    init(unchecked text: String) {
        self.text = text
    }

    /// The value when it is written as a whole number within 64 bits; `1.0` and `1e3` are none.
    public var integer: Int64? { Int64(self.text) }
}
