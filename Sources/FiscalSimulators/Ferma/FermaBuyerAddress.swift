/// The forms of `PhoneOrEmail` in the source document.
enum FermaBuyerAddress {
    static func accepts(_ text: String) -> Bool {
        text.contains("@") ? self.isEmail(text) : self.isPhone(text)
    }

    /// `7XXXXXXXXXX` or `7-XXX-XXX-XX-XX`.
    private static func isPhone(_ text: String) -> Bool {
        let digits = text.unicodeScalars.map { ("0"..."9").contains($0) ? "X" : Character($0) }
        return text.first == "7" && ["XXXXXXXXXXX", "X-XXX-XXX-XX-XX"].contains(String(digits))
    }

    /// One `@` between a name and a domain with a point inside, no space.
    private static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !text.contains(" ") else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return !parts[0].isEmpty && labels.count > 1 && labels.allSatisfy { !$0.isEmpty }
    }
}
