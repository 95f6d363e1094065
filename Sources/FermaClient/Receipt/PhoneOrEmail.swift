public import FiscalCore

/// Where the buyer wants the receipt (`PhoneOrEmail`, FFD tag 1008): a telephone number of the form `7XXXXXXXXXX` or
/// `7-XXX-XXX-XX-XX`, without a plus sign, or an e-mail address.
///
/// Personal data: it is in no description and in no log.
public struct PhoneOrEmail: Sendable, Hashable {
    public let text: String

    /// - Throws: `InvalidField` naming `PhoneOrEmail` and the form, never the text.
    public init(_ text: String) throws(InvalidField) {
        let composed = CP866.composed(text)
        if let issue = Self.issue(of: composed) {
            throw RequestFinding(issue, "PhoneOrEmail").invalidField
        }
        self.text = composed
    }

    /// The issue of a text that is neither, judged as what it most looks like: with an `@` as an address.
    static func issue(of text: String) -> RequestIssue? {
        if text.unicodeScalars.contains("@") { return self.isEmail(text) ? nil : .emailFormat }
        return self.isPhone(text) ? nil : .phoneFormat
    }

    private static func isPhone(_ text: String) -> Bool {
        let form: [UInt8] = Array(text.utf8.contains(UInt8(ascii: "-")) ? "7-ddd-ddd-dd-dd".utf8 : "7dddddddddd".utf8)
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return text.utf8.count == form.count
            && zip(text.utf8, form).allSatisfy { $1 == UInt8(ascii: "d") ? digits.contains($0) : $0 == $1 }
    }

    /// One `@`, a dotted name on its right, no white space. Letters of any alphabet, because there are Cyrillic
    /// domains.
    private static func isEmail(_ text: String) -> Bool {
        let parts = text.unicodeScalars.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return false }
        let atoms = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return atoms.allSatisfy { !$0.isEmpty && $0.allSatisfy(self.isAtomScalar) }
            && labels.count >= 2
            && labels.allSatisfy { label in
                !label.isEmpty && label.first != "-" && label.last != "-"
                    && label.allSatisfy { self.isLetterOrDigit($0) || $0 == "-" }
            }
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
    }

    private static func isAtomScalar(_ scalar: Unicode.Scalar) -> Bool {
        self.isLetterOrDigit(scalar) || "!#$%&'*+-/=?^_`{|}~".unicodeScalars.contains(scalar)
    }
}

extension PhoneOrEmail: CustomStringConvertible {
    public var description: String { "redacted" }
}
