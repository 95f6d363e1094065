/// What is wrong with a request, by the closed list of decision F12.
public enum RequestIssue: String, Sendable, Hashable, CaseIterable {
    /// `Requestid` is absent or blank.
    case requestIdMissing
    /// `Device` is anything but `auto`.
    case deviceNotAuto
    case documentTypeMissing
    /// `DocumentType` is none of 0 to 3.
    case documentTypeUnknown
    /// `Lines` is absent or empty.
    case noLines
    case qtyMissing
    case qtyNotPositive
    case priceMissing
    case priceNegative
    /// `PayAttribute` is none of 1 to 7.
    case payAttributeUnknown
    /// `PayAttribute` 7 (repayment of a credit) beside other lines.
    case creditRepaymentNotAlone
    /// `LineAttribute` is not in the table.
    case lineAttributeUnknown
    case taxidMissing
    /// `Taxid` stands for no rate of the dialect.
    case taxidUnknown
    /// `Description` is absent or blank.
    case descriptionMissing
    case descriptionTooLong
    /// `Description` is no number that goes with `LineAttribute` 15 or 16.
    case descriptionOutOfRange
    /// A printed text has a character that CP866 lacks, or a control character.
    case notCP866
    /// `AgentModes` or `PaymentAgentModes` is no mask of 0 to 127.
    case agentModesUnknown
    /// An INN has not 10 or 12 digits, or its check digits are wrong.
    case innFormat
    /// A text other than `Description` is too long.
    case textTooLong
    /// `NonCash` is absent or empty.
    case nonCashMissing
    /// `NonCash` has more than three sums.
    case nonCashTooMany
    /// A payment is negative.
    case amountNegative
    /// Non-cash payments are more than the total: no change is given on them.
    case nonCashExceedsTotal
    /// All payments together are less than the total.
    case underpaid
    case totalZero
    /// A sum does not fit 64 bits of kopecks.
    case amountOverflow
    /// `TaxMode` is none of 0, 1, 2, 4, 8, 16, 32.
    case taxModeNotSingleBit
    /// `PhoneOrEmail` without an `@` has not the form `7XXXXXXXXXX` or `7-XXX-XXX-XX-XX`.
    case phoneFormat
    /// `PhoneOrEmail` with an `@` is no address.
    case emailFormat
    /// A member has a JSON type other than the documented one.
    case wrongType
}
