/// A number under which an authority knows somebody. A value of such a type is valid by having been made.
///
/// Valid means: of the form that the wire demands. Check digits are advice (`hasValidCheckDigit` and the like), because
/// the sources print samples that fail them, and a number that the authority itself gave out must not be refused here.
public protocol FiscalIdentifier: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The number as it was given, leading zeros included.
    var text: String { get }

    /// - Throws: `InvalidField` naming `field`, the broken rule and its limit, never the number.
    init(_ text: String, field: String) throws(InvalidField)
}

extension FiscalIdentifier {
    public var description: String { self.text }

    /// A single string, checked when it is read back.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            try self.init(try container.decode(String.self), field: "\(Self.self)")
        } catch let error as InvalidField {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(self.text)
    }
}

/// The digits of a number, and the sums that check digits are made from.
struct CheckedDigits {
    let digits: [Int]

    /// The digits of a text of ASCII digits alone, or nil.
    init?(_ text: some Collection<UInt8>) {
        let range = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard text.allSatisfy(range.contains) else { return nil }
        self.digits = text.map { Int($0 - UInt8(ascii: "0")) }
    }

    /// Each of the first digits times its weight, added up.
    func weightedSum(_ weights: [Int]) -> Int {
        zip(self.digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// Makes sure that `text` is digits alone and of a length that is allowed.
    static func require(
        _ text: String, counts: [Int], field: String
    ) throws(InvalidField) {
        let limit = counts.map(String.init).joined(separator: " or ") + " digits"
        guard !text.isEmpty else { throw InvalidField(field, .required, limit: limit) }
        guard Self(text.utf8) != nil else { throw InvalidField(field, .pattern, limit: limit) }
        guard counts.contains(text.utf8.count) else { throw InvalidField(field, .length, limit: limit) }
    }
}
