public import FiscalCore

/// How strict the simulated authority is where its documents leave a choice. The defaults are those of a playground.
public struct EETRules: Sendable, Hashable, Codable {
    /// What happens to a message whose encoding is not valid: the documents allow all three (note to code 2).
    public enum UnreadableAnswer: String, Sendable, Hashable, Codable, CaseIterable {
        /// Error 2.
        case error
        /// A SOAP fault, HTTP 500.
        case soapFault
        /// Nothing at all, as for a suspected attack.
        case silence
    }

    /// Which taxpayer numbers that fit the schema are refused with error 6; for the appointing taxpayer warning 2.
    public enum TaxpayerStructure: String, Sendable, Hashable, Codable, CaseIterable {
        /// Only a number of nothing but zeros.
        case lenient
        /// Also one whose check digit is wrong, or that holds no date of birth where it should.
        case checkDigits
    }

    /// The answer to an invalid encoding.
    public var unreadable = UnreadableAnswer.error
    /// The rule for taxpayer numbers.
    public var taxpayerStructure = TaxpayerStructure.lenient
    /// A taxpayer number other than the one in the certificate is refused with error 4 instead of warning 1.
    public var refusesOtherTaxpayer = false
    /// Taxpayer certificates count also before and after their validity.
    public var acceptsExpiredCertificates = false
    /// Longer messages, envelope included, are answered with error 7. In bytes.
    public var maximumBytes = 12_288
    /// A sale later than the message by more than this gets warning 4. In seconds; the documents of v4 say 2 hours.
    public var futureToleranceSeconds: Int64 = 2 * 3600
    /// A sale older than this gets warning 5. In seconds; the documents of v4 say 2 years.
    public var pastLimitSeconds: Int64 = 731 * 86_400
    /// Sales before this instant get warning 5 too (the environment's own minimum), nil for none.
    public var earliestSale: FiscalInstant?

    public init() {}

    /// Everything that the documents allow an authority to mind is minded.
    public static var strict: Self {
        var rules = Self()
        rules.taxpayerStructure = .checkDigits
        rules.refusesOtherTaxpayer = true
        return rules
    }
}
