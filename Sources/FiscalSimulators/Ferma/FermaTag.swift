/// A field of a fiscal document under its number in the format of fiscal documents.
public struct FermaTag: Sendable, Hashable, Codable {
    public enum Value: Sendable, Hashable, Codable {
        case integer(Int64)
        case text(String)
        case group([FermaTag])
    }

    public var number: Int
    public var value: Value

    public init(_ number: Int, _ value: Value) {
        self.number = number
        self.value = value
    }

    public var integer: Int64? {
        if case .integer(let value) = self.value { value } else { nil }
    }

    public var text: String? {
        if case .text(let value) = self.value { value } else { nil }
    }

    /// The fields inside; none in a simple one.
    public var fields: [FermaTag] {
        if case .group(let fields) = self.value { fields } else { [] }
    }

    /// The first field inside with this number.
    public subscript(number: Int) -> FermaTag? { self.fields.first { $0.number == number } }
}
