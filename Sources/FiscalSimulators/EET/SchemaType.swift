import Foundation

/// The simple types of both editions' XML schemas, transcribed from the XSD files: a pattern, and what the base type
/// demands besides. Written here anew, so that an error in the checks of the sending side is found.
enum SchemaType: Sendable {
    case uuid
    case dateTime
    case boolean
    /// `CZDICType`, `CZEICType`.
    case taxpayer
    /// `IdProvozType`: an `xs:int` of 1…999999, so that `007` and `+7` are valid too.
    case premises
    /// `IdEvidJednotkyType`: the same kind of number, but with a pattern.
    case unit
    case string20
    case string25
    case amount
    /// `RezimType`: an `xs:int`, 0 or 1.
    case regime
    case pkp
    case bkp
    /// One fixed word.
    case word(String)

    /// Whether a value, as the XML parser reports it, is one of the type.
    func accepts(_ value: String) -> Bool {
        switch self {
        case .uuid:
            return Self.matches(
                value, "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}")
        case .dateTime:
            let text = Self.collapsed(value)
            let pattern = #"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+\-][0-9]{2}:[0-9]{2})"#
            return Self.matches(text, pattern) && SchemaDate(text) != nil
        case .boolean: return ["true", "false", "1", "0"].contains(Self.collapsed(value))
        case .taxpayer: return Self.matches(value, "CZ[0-9]{8,10}")
        case .premises: return Self.integer(value, in: 1...999_999)
        case .unit:
            return Self.matches(Self.collapsed(value), "[1-9][0-9]{0,8}") && Self.integer(value, in: 1...999_999_999)
        case .string20: return Self.matches(value, #"[0-9a-zA-Z\.,:;/#\-_ ]{1,20}"#)
        case .string25: return Self.matches(value, #"[0-9a-zA-Z\.,:;/#\-_ ]{1,25}"#)
        case .amount:
            return Self.matches(
                Self.collapsed(value), #"((0|-?[1-9][0-9]{0,7})\.[0-9][0-9]|-0\.(0[1-9]|[1-9][0-9]))"#)
        case .regime: return Self.integer(value, in: 0...1)
        case .pkp: return Self.base64(value)?.count == 256
        case .bkp:
            return Self.matches(Self.collapsed(value), "[0-9a-fA-F]{8}(-[0-9a-fA-F]{8}){4}")
        case .word(let word): return value == word
        }
    }

    /// `whiteSpace="collapse"` of XML Schema, which all types but those based on `xs:string` have.
    static func collapsed(_ value: String) -> String {
        value.split { [" ", "\t", "\n", "\r", "\r\n"].contains($0) }.joined(separator: " ")
    }

    /// The bytes of an `xs:base64Binary`.
    static func base64(_ value: String) -> [UInt8]? {
        let text = value.filter { ![" ", "\t", "\n", "\r", "\r\n"].contains($0) }
        return Data(base64Encoded: text).map { Array($0) }
    }

    private static func integer(_ value: String, in range: ClosedRange<Int>) -> Bool {
        let text = Self.collapsed(value)
        // An `xs:int` may have a sign and leading zeros; more digits than this are out of every range here or zeros.
        guard Self.matches(text, "[+-]?[0-9]{1,64}") else { return false }
        let digits = text.drop { $0 == "+" || $0 == "-" }.drop { $0 == "0" }
        guard digits.count <= 9, let number = Int(digits.isEmpty ? "0" : String(digits)) else { return false }
        return range.contains(text.hasPrefix("-") ? -number : number)
    }

    private static func matches(_ text: String, _ pattern: String) -> Bool {
        text.range(of: "\\A(?:\(pattern))\\z", options: .regularExpression) != nil
    }
}
