import FiscalCore

/// How the values of the module's files are spelled.
enum FileValue {
    /// `TRUE` or `FALSE` in any letter case, nothing else.
    static func boolean(_ text: String) -> Bool? {
        switch text.utf8.count <= 5 ? text.lowercased() : "" {
        case "true": true
        case "false": false
        default: nil
        }
    }

    /// A whole number without sign, separator or leading zero; nil also for one that does not fit.
    static func integer(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            text == "0" || text.utf8.first != UInt8(ascii: "0")
        else { return nil }
        return Int(text)
    }

    /// What is said of an amount that cannot be read.
    static let amountLimit = "-99999999.99...99999999.99, a point and at most two decimals, no leading zeros, no -0"

    /// An amount in hellers (decision E8): optional minus, digits without leading zeros, optionally `separator` with
    /// one or two digits; never minus zero, at most 8 digits before the separator.
    static func amount(_ text: String, separator: Character = ".") throws(Broken) -> Int64 {
        let isNegative = text.first == "-"
        let parts = (isNegative ? text.dropFirst() : text[...]).split(
            separator: separator, omittingEmptySubsequences: false)
        guard let whole = parts.first, parts.count <= 2, whole == "0" || Self.isDigits(whole) && whole.first != "0"
        else { throw .form }
        let fraction = parts.count == 2 ? parts[1] : "00"
        guard (1...2).contains(fraction.utf8.count), Self.isDigits(fraction) else { throw .form }
        guard whole.utf8.count <= 8, let crowns = Int64(whole), let hellers = Int64(fraction) else { throw .range }
        let magnitude = crowns * 100 + (fraction.utf8.count == 1 ? hellers * 10 : hellers)
        guard !isNegative || magnitude != 0 else { throw .form }
        return isNegative ? -magnitude : magnitude
    }

    /// Why an amount cannot be read.
    enum Broken: Error { case form, range }

    private static func isDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
