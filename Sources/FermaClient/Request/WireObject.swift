import FiscalCore

/// An object of a request, its members read by the names of the source document in any letter case.
struct WireObject {
    let json: JSON
    /// Empty, or the path with a point at its end.
    let prefix: String

    /// A whole number, as far as a JSON number can be one.
    enum Integer {
        case absent
        case value(Int64)
        /// A whole number beyond 64 bits.
        case huge(isNegative: Bool)
        case wrongType
    }

    enum Text {
        case absent
        case value(String)
        case wrongType
    }

    func path(_ name: String) -> String { self.prefix + name }

    /// The value, or nil when the member is absent or null.
    func value(_ name: String) -> JSON? {
        let value = self.json[anyCase: name]
        return value == .null ? nil : value
    }

    /// Whether the member is there, with a value or with null.
    func has(_ name: String) -> Bool { self.json[anyCase: name] != nil }

    func integer(_ name: String) -> Integer { Self.integer(self.value(name)) }

    static func integer(_ value: JSON?) -> Integer {
        guard let value else { return .absent }
        guard case .number(let number) = value else { return .wrongType }
        if let integer = number.integer { return .value(integer) }
        // Not a point, not an exponent: a whole number that is too large for us.
        let isNegative = number.text.hasPrefix("-")
        let digits = number.text.utf8.dropFirst(isNegative ? 1 : 0)
        let isWhole = digits.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
        return isWhole ? .huge(isNegative: isNegative) : .wrongType
    }

    func text(_ name: String) -> Text {
        guard let value = self.value(name) else { return .absent }
        return value.string.map(Text.value) ?? .wrongType
    }

    /// Warns of members that nobody knows, and of those that stand twice.
    func noteNames(known: [String], in notes: inout RequestNotes) {
        let known = Set(known.map { $0.lowercased() })
        var seen: Set<String> = []
        for member in self.json.members ?? [] {
            let folded = member.name.lowercased()
            // The peer's own text is shortened: it is shown to a person.
            let field = self.path(String(member.name.prefix(64)))
            if !seen.insert(folded).inserted {
                notes.warn(.repeatedMember, field)
            } else if !known.contains(folded) {
                notes.warn(.unknownMember, field)
            }
        }
    }
}
