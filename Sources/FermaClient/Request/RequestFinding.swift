public import FiscalCore

/// An issue and where it is.
public struct RequestFinding: Sendable, Hashable {
    public let issue: RequestIssue
    /// The path of the field on the wire: `Lines[0].Qty`.
    public let field: String
    /// What the field has to be like.
    public let limit: String

    init(_ issue: RequestIssue, _ field: String, limit: String? = nil) {
        self.issue = issue
        self.field = field
        self.limit = limit ?? issue.rule.limit
    }

    /// The same as an error for the host that made the value.
    public var invalidField: InvalidField { InvalidField(self.field, self.issue.rule.rule, limit: self.limit) }
}

extension RequestIssue {
    /// The rule that the issue breaks, and its limit where that is always the same.
    var rule: (rule: InvalidField.Rule, limit: String) {
        switch self {
        case .requestIdMissing: (.required, "the host's own id of the sale")
        case .deviceNotAuto: (.oneOf, "auto")
        case .documentTypeMissing: (.required, "0...3")
        case .documentTypeUnknown: (.oneOf, "0...3")
        case .noLines: (.required, "at least one line")
        case .qtyMissing: (.required, "thousandths")
        case .qtyNotPositive: (.range, "1 or more thousandths")
        case .priceMissing: (.required, "kopecks")
        case .priceNegative: (.range, "0 or more kopecks")
        case .payAttributeUnknown: (.oneOf, "1...7")
        case .creditRepaymentNotAlone: (.consistency, "PayAttribute 7 is the only line")
        case .lineAttributeUnknown: (.oneOf, "1...27, 30...33")
        case .taxidMissing: (.required, "a code of the table of rates")
        case .taxidUnknown: (.oneOf, "1...10, or a number that the rules name")
        case .descriptionMissing: (.required, "not blank")
        case .descriptionTooLong, .textTooLong: (.length, "shorter")
        case .descriptionOutOfRange: (.oneOf, "1...25 for LineAttribute 15, 26...31 for 16, as text")
        case .notCP866: (.pattern, "printable characters of CP866")
        case .agentModesUnknown: (.range, "0...127")
        case .innFormat: (.pattern, "10 or 12 digits with valid check digits")
        case .nonCashMissing: (.required, "1 to 3 sums, zero too")
        case .nonCashTooMany: (.length, "1 to 3 sums")
        case .amountNegative: (.range, "0 or more kopecks")
        case .nonCashExceedsTotal: (.consistency, "at most the total of the lines")
        case .underpaid: (.consistency, "NonCash and Cash together at least the total of the lines")
        case .totalZero: (.range, "a total of more than 0")
        case .amountOverflow: (.range, "sums of at most \(Int64.max) kopecks")
        case .taxModeNotSingleBit: (.oneOf, "one of 1, 2, 4, 8, 16, 32")
        case .phoneFormat: (.pattern, "7XXXXXXXXXX or 7-XXX-XXX-XX-XX")
        case .emailFormat: (.pattern, "name@domain")
        case .wrongType: (.pattern, "the documented JSON type")
        }
    }
}
