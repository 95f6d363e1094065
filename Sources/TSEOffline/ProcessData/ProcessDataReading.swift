public import FiscalCore

/// The process data of a receipt as somebody wrote them (decision T14).
///
/// Thousands separators and missing payments are read, for a TSE has signed such data; anything else that differs from
/// the form is refused. The text itself is what was signed: it is never written anew before a signature is checked.
public struct ProcessDataReading: Sendable, Hashable {
    public let type: Vorgangstyp
    public let gross: GrossSums
    /// As they stand in the text.
    public let payments: [ProcessPayment]
    /// Whether the text has the form that DSFinV-K prescribes.
    public let isCanonical: Bool
    /// What is not canonical, or does not add up. In words, without amounts.
    public let problems: [String]

    /// - Throws: `InvalidField` with `type`, `gross[n]`, `payments[n]`, or `processData` for the whole.
    public init(parsing text: String) throws(InvalidField) {
        let parts = text.split(separator: "^", omittingEmptySubsequences: false)
        guard parts.count == 3 else {
            throw InvalidField("processData", .pattern, limit: "type^five sums^payments")
        }
        guard let type = Vorgangstyp(rawValue: String(parts[0])) else {
            let names = Vorgangstyp.allCases.map(\.rawValue).joined(separator: ", ")
            throw InvalidField("type", .oneOf, limit: names)
        }
        var problems: [String] = []
        let sums = try Self.gross(parts[1], &problems)
        let payments = try Self.payments(parts[2], &problems)
        if payments.isEmpty, !sums.allSatisfy({ $0.minorUnits == 0 }) {
            problems.append("payments: missing, although a sum is not 0.00")
        }
        self.isCanonical = problems.isEmpty
        self.type = type
        self.gross = GrossSums(
            general: sums[0], reduced: sums[1], agriculture: sums[2], forestry: sums[3], untaxed: sums[4])
        self.payments = payments
        self.problems = problems + Self.contentProblems(sums, payments)
    }

    private static func gross(_ text: Substring, _ problems: inout [String]) throws(InvalidField) -> [Money] {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 5 else { throw InvalidField("gross", .length, limit: "five sums") }
        var sums: [Money] = []
        for (index, part) in parts.enumerated() {
            sums.append(try Self.amount(part, "gross[\(index)]", .eur, &problems))
        }
        return sums
    }

    private static func payments(
        _ text: Substring, _ problems: inout [String]
    ) throws(InvalidField) -> [ProcessPayment] {
        guard !text.isEmpty else { return [] }
        var payments: [ProcessPayment] = []
        for (index, part) in text.split(separator: "_", omittingEmptySubsequences: false).enumerated() {
            let field = "payments[\(index)]"
            let words = part.split(separator: ":", omittingEmptySubsequences: false)
            guard words.count == 2 || words.count == 3 else {
                throw InvalidField(field, .pattern, limit: "amount:Bar|Unbar[:currency]")
            }
            guard let kind = ProcessPayment.Kind(rawValue: String(words[1])) else {
                throw InvalidField(field, .oneOf, limit: "Bar, Unbar")
            }
            let currency = words.count == 3 ? try Self.currency(words[2], field) : .eur
            let payment = ProcessPayment(try Self.amount(words[0], field, currency, &problems), kind)
            if let last = payments.last, !ProcessPayment.isOrdered(last, payment) {
                throw InvalidField(field, .consistency, limit: "Bar before Unbar, euro first, then currencies by code")
            }
            payments.append(payment)
        }
        return payments
    }

    private static func currency(_ code: Substring, _ field: String) throws(InvalidField) -> Currency {
        guard code != "EUR", let currency = try? Currency(code: String(code), minorDigits: 2) else {
            throw InvalidField(field, .pattern, limit: "three capital letters; euro has no code")
        }
        return currency
    }

    private static func amount(
        _ text: Substring, _ field: String, _ currency: Currency, _ problems: inout [String]
    ) throws(InvalidField) -> Money {
        guard let (amount, isCanonical) = ProcessAmount.read(text, currency) else {
            throw InvalidField(field, .pattern, limit: "an amount with two decimals, no negative zero, within 64 bits")
        }
        if !isCanonical { problems.append("\(field): thousands separators") }
        return amount
    }

    /// What the form does not forbid, but a till would not write.
    private static func contentProblems(_ sums: [Money], _ payments: [ProcessPayment]) -> [String] {
        var problems: [String] = []
        for index in payments.indices.dropFirst()
        where payments[..<index].contains(where: {
            $0.kind == payments[index].kind && $0.amount.currency == payments[index].amount.currency
        }) {
            problems.append("payments[\(index)]: the same kind and currency a second time")
        }
        guard !payments.isEmpty else { return problems }
        do {
            if try ProcessData.paymentsMakeUp(sums, payments) == false {
                problems.append("payments: together not as much as the five sums")
            }
        } catch {
            problems.append("gross: too large to be added up")
        }
        return problems
    }

    /// The data as a till may have them signed; nil when they do not add up.
    public var data: ProcessData? { try? ProcessData(self.type, gross: self.gross, payments: self.payments) }
}
