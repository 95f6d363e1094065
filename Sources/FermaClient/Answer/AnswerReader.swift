import FiscalCore

/// Reads the members of an answer, whatever their letter case and type, and notes what is not as documented.
///
/// A number and a text that holds one count alike: the source document itself calls `FiscalDocNumber` a text and shows
/// a number.
struct AnswerReader {
    let json: JSON
    var leniencies: [String] = []

    init(_ json: JSON) {
        self.json = json
    }

    /// A member of the body, or nil when it is absent or null.
    func body(_ name: String) -> JSON? { Self.member(self.json, name) }

    static func member(_ json: JSON?, _ name: String) -> JSON? {
        let value = json?[anyCase: name]
        return value == .null ? nil : value
    }

    /// A whole number within 64 bits, or nil.
    mutating func integer(_ value: JSON?, _ field: String) -> Int64? {
        switch value {
        case .number(let number):
            if let integer = number.integer { return integer }
            return self.integer(decimal: number.text, field)
        case .string(let text):
            guard let integer = Self.integer(text) else { return nil }
            self.leniencies.append("\(field) is text")
            return integer
        default: return nil
        }
    }

    /// `17520.0` is a whole number too.
    private mutating func integer(decimal text: String, _ field: String) -> Int64? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].allSatisfy({ $0 == UInt8(ascii: "0") }),
            let integer = Int64(Substring(parts[0]))
        else { return nil }
        self.leniencies.append("\(field) has a decimal point")
        return integer
    }

    /// Digits with an optional minus sign; `Int64` alone would take a plus sign too.
    private static func integer(_ text: String) -> Int64? { text.utf8.first == UInt8(ascii: "+") ? nil : Int64(text) }

    mutating func text(_ value: JSON?, _ field: String) -> String? {
        switch value {
        case .string(let text): return text
        case .number(let number):
            self.leniencies.append("\(field) is a number")
            return number.text
        default: return nil
        }
    }

    /// `Fatal`, or nil when the answer does not say.
    mutating func fatal() -> Bool? {
        guard let value = self.body("Fatal") else { return nil }
        if let bool = value.bool { return bool }
        let words = ["true": true, "1": true, "false": false, "0": false]
        let fatal = self.text(value, "Fatal").flatMap { words[$0.lowercased()] }
        if fatal != nil { self.leniencies.append("Fatal is no boolean") }
        return fatal
    }

    /// `ErrorMessages` (a text or a list of them), else `ErrorDescription`.
    var message: String? {
        let messages: [String] =
            switch Self.member(self.body("Response"), "ErrorMessages") {
            case .string(let text): [text]
            case .array(let values): values.compactMap(\.string)
            default: []
            }
        let joined = messages.filter { !$0.isEmpty }.joined(separator: "; ")
        if !joined.isEmpty { return joined }
        let description = self.body("ErrorDescription")?.string
        return description?.isEmpty == true ? nil : description
    }
}
