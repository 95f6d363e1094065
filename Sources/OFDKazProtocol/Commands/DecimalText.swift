/// A decimal number without a sign, as text: digits, and perhaps a point with digits after it.
struct DecimalText {
    private let whole: Substring.UTF8View
    private let fraction: Substring.UTF8View

    /// Nil when the text is not of that form, or has another number of digits after the point than is allowed (none
    /// stands for no point).
    init?(_ text: String, fractionDigits: ClosedRange<Int>) {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard let whole = parts.first, parts.count <= 2,
            parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(digits.contains) })
        else { return nil }
        self.whole = whole
        self.fraction = parts.count == 2 ? parts[1] : Substring().utf8
        guard fractionDigits.contains(self.fraction.count) else { return nil }
    }

    /// The number times 10 to the power of `digits`, rounded half up; nil when it does not fit.
    func scaled(to digits: Int) -> Int64? {
        var value: Int64 = 0
        let kept = self.fraction.prefix(digits)
        let zeros = repeatElement(UInt8(ascii: "0"), count: digits - kept.count)
        for digit in Array(self.whole) + Array(kept) + Array(zeros) {
            let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
            let (next, carry) = shifted.addingReportingOverflow(Int64(digit - UInt8(ascii: "0")))
            guard !overflow, !carry else { return nil }
            value = next
        }
        guard let next = self.fraction.dropFirst(digits).first, next >= UInt8(ascii: "5") else { return value }
        return value == .max ? nil : value + 1
    }
}
