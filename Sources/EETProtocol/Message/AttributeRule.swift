import FiscalCore

/// The form that the schema demands of one attribute (EETXMLSchema.xsd of each edition, simple types).
enum AttributeRule: Sendable {
    /// `CZDICType`, `CZEICType`.
    case taxpayer
    /// `IdProvozType`, `IdEvidJednotkyType`: an integer of 1…maximum without sign or leading zero.
    case unit(maximum: Int)
    /// `string20`, `string25`.
    case identifier(maximum: Int)
    /// `dateTime`: seconds, zone obligatory, no fraction.
    case dateTime
    /// `CastkaType`.
    case amount
    /// `xs:boolean` in its four spellings.
    case boolean
    /// `RezimType`.
    case regime
    /// `UUIDType`.
    case uuid

    /// Checks a value in its wire spelling.
    func check(_ value: String, field: String) throws(InvalidField) {
        var copy = value
        let broken = copy.withUTF8 { text in self.broken(text) }
        if let (rule, limit) = broken { throw InvalidField(field, rule, limit: limit) }
        if case .dateTime = self, OffsetDateTime(iso8601Seconds: value) == nil {
            throw InvalidField(field, .range, limit: "a real calendar date and time with offset up to 14:00")
        }
    }

    /// The rule that `text` breaks and its limit, or nil.
    private func broken(_ text: UnsafeBufferPointer<UInt8>) -> (InvalidField.Rule, String)? {
        switch self {
        case .taxpayer:
            let limit = "CZ and 8 to 10 digits"
            guard (10...12).contains(text.count) else { return (.length, limit) }
            let isValid =
                text[0] == UInt8(ascii: "C") && text[1] == UInt8(ascii: "Z")
                && text.dropFirst(2).allSatisfy(\.isDigit)
            return isValid ? nil : (.pattern, limit)
        case .unit(let maximum):
            let limit = "a whole number of 1...\(maximum)"
            guard !text.isEmpty, text.allSatisfy(\.isDigit), text[0] != UInt8(ascii: "0") else {
                return (text.count == 1 && text[0] == UInt8(ascii: "0") ? .range : .pattern, limit)
            }
            guard text.count <= 9, text.reduce(0, { $0 * 10 + Int($1 - UInt8(ascii: "0")) }) <= maximum else {
                return (.range, limit)
            }
            return nil
        case .identifier(let maximum):
            guard (1...maximum).contains(text.count) else { return (.length, "1...\(maximum) characters") }
            return text.allSatisfy(\.isIdentifierCharacter) ? nil : (.pattern, #"[0-9a-zA-Z.,:;/#\-_ ]"#)
        case .dateTime:
            return Self.matches(text, "dddd-dd-ddTdd:dd:dd") ? nil : (.pattern, "yyyy-MM-ddTHH:mm:ss and Z or ±hh:mm")
        case .amount:
            return Self.brokenAmount(text)
        case .boolean:
            let isBoolean = ["true", "false", "1", "0"].contains { $0.utf8.elementsEqual(text) }
            return isBoolean ? nil : (.oneOf, "true, false, 1, 0")
        case .regime:
            let isRegime = text.count == 1 && (text[0] == UInt8(ascii: "0") || text[0] == UInt8(ascii: "1"))
            return isRegime ? nil : (.oneOf, "0, 1")
        case .uuid:
            let isUUID = text.count == 36 && Self.matches(text, "xxxxxxxx-xxxx-vxxx-rxxx-xxxxxxxxxxxx")
            return isUUID ? nil : (.pattern, "a UUID of version 1...5, such as 8-4-4-4-12 hexadecimal digits")
        }
    }

    /// `((0|-?[1-9]\d{0,7})\.\d\d|-0\.(0[1-9]|[1-9]\d))`
    private static func brokenAmount(_ text: UnsafeBufferPointer<UInt8>) -> (InvalidField.Rule, String)? {
        let limit = "-99999999.99...99999999.99 with two decimals, no leading zeros, no -0.00"
        let isNegative = text.first == UInt8(ascii: "-")
        let digits = isNegative ? text.dropFirst() : text[...]
        guard digits.count >= 4, digits[digits.endIndex - 3] == UInt8(ascii: ".") else { return (.pattern, limit) }
        let whole = digits.dropLast(3)
        let cents = digits.suffix(2)
        guard whole.allSatisfy(\.isDigit), cents.allSatisfy(\.isDigit) else { return (.pattern, limit) }
        let isZero = whole.count == 1 && whole.first == UInt8(ascii: "0")
        guard isZero || whole.first != UInt8(ascii: "0") else { return (.pattern, limit) }
        if isZero, isNegative, cents.allSatisfy({ $0 == UInt8(ascii: "0") }) { return (.pattern, limit) }
        return whole.count <= 8 ? nil : (.range, limit)
    }

    /// Compares with a mask: `d` a digit, `x` a hexadecimal digit, `v` 1–5, `r` a UUID variant, others themselves.
    /// Text beyond the mask is not looked at.
    private static func matches(_ text: UnsafeBufferPointer<UInt8>, _ mask: StaticString) -> Bool {
        guard text.count >= mask.utf8CodeUnitCount else { return false }
        return mask.withUTF8Buffer { mask in
            zip(mask, text).allSatisfy { (wanted, found) in
                switch wanted {
                case UInt8(ascii: "d"): found.isDigit
                case UInt8(ascii: "x"): found.isHexDigit
                case UInt8(ascii: "v"): (UInt8(ascii: "1")...UInt8(ascii: "5")).contains(found)
                case UInt8(ascii: "r"): "89abAB".utf8.contains(found)
                default: found == wanted
                }
            }
        }
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

    fileprivate var isHexDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }

    /// `[0-9a-zA-Z\.,:;/#\-_ ]`
    fileprivate var isIdentifierCharacter: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ":"),
            UInt8(ascii: ";"), UInt8(ascii: "/"), UInt8(ascii: "#"), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: " "):
            true
        default: false
        }
    }
}
