import FiscalCore

/// Amounts of process data: a point and two decimals in any currency.
enum ProcessAmount {
    /// The amount, and whether it was written without thousands separators; nil for any other form, and beyond 64 bits.
    static func read(_ text: Substring, _ currency: Currency = .eur) -> (amount: Money, isCanonical: Bool)? {
        if let amount = try? Money(parsing: String(text), currency: currency) { return (amount, true) }
        // Separators between groups of three digits, seen in samples that a TSE signed.
        let unsigned = text.hasPrefix("-") ? text.dropFirst() : text
        let whole = unsigned.prefix { $0 != "." }
        let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
        guard groups.count > 1, (1...3).contains(groups[0].utf8.count),
            groups.dropFirst().allSatisfy({ $0.utf8.count == 3 }), !unsigned.dropFirst(whole.count).contains(","),
            let amount = try? Money(parsing: text.filter { $0 != "," }, currency: currency)
        else { return nil }
        return (amount, false)
    }
}
