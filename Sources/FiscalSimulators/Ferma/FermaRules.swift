import FermaClient

/// How the simulated service and its registers behave where the documents leave a choice, or speak of something that
/// is no part of this call. Times in seconds.
public struct FermaRules: Sendable, Hashable, Codable {
    /// Which rate a `Taxid` stands for.
    public enum TaxNumbering: String, Sendable, Hashable, Codable, CaseIterable {
        /// Table 1 of the source document.
        case ferma
        /// The protocol of the registers behind the converter.
        case native
    }

    /// How names in answers are spelled.
    public enum Spelling: String, Sendable, Hashable, Codable, CaseIterable {
        /// `Requestid`, `Clientid`, as in the sample of the source document.
        case sample
        /// `RequestId`, `ClientId`, as in its tables and in answers of real registers.
        case table
    }

    /// The form of `ErrorMessages`.
    public enum MessageForm: String, Sendable, Hashable, Codable, CaseIterable {
        /// A list of texts.
        case list
        /// One text.
        case text
        case null
        case absent
    }

    public var numbering = TaxNumbering.ferma
    /// Further numbers of `Taxid`, and the value of tag 1199 each stands for: a rate without a documented number.
    public var extraTaxids: [Int: Int] = [:]
    /// What is printed for the numbers of section 2.5.
    public var incomeWordings = NonOperatingIncome.standard.wordings
    /// Answers are remembered so long.
    public var memorySeconds: Int64 = 31 * 86_400
    /// The register remembers so long what the service never heard of (codes 6 and 16). The protocol of the registers
    /// names an hour; here it is as long as the service's own memory unless it is said otherwise.
    public var registerMemorySeconds: Int64 = 31 * 86_400
    /// A request waits at most so long for a register that is at work (code 18 then): WaitForFree.
    public var waitForFreeSeconds: Int64 = 10
    /// The service closes a shift by itself after so long, nil for never: then code 22 comes after 24 hours.
    public var closesShiftAfterSeconds: Int64? = 86_000
    /// Longer bodies are not read (service code 1). In bytes.
    public var maximumBytes = 1 << 20
    public var spelling = Spelling.sample
    public var messages = MessageForm.list
    /// `FiscalDocNumber` is a text, as table 2 says.
    public var writesDocumentNumberAsText = false
    /// `&` is written as `\u0026`.
    public var escapesAmpersand = true
    /// The time in the QR text has seconds.
    public var writesSecondsInQR = false
    /// `fceerror` and `FCEError` stand in answers of the registers too.
    public var writesZeroErrors = true

    public init() {}
}
