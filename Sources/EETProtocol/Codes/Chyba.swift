/// The code of a `Chyba` (error) in the authority's answer: any integer of −999…999, known or not.
///
/// Code 0 is no error but the success of the verification mode. Texts are the authority's; decisions go by code.
public struct Chyba: RawRepresentable, Sendable, Hashable, Codable {
    public var rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// A temporary technical fault of processing: send the message later.
    public static let temporaryFault = Self(rawValue: -1)
    /// The message sent in verification mode was processed. It says nothing about a recorded sale.
    public static let verified = Self(rawValue: 0)
    /// The encoding of the XML is not valid.
    public static let badEncoding = Self(rawValue: 2)
    /// The XML did not pass the check against the schema.
    public static let schemaViolation = Self(rawValue: 3)
    /// The signature of the SOAP message is not valid.
    public static let badSignature = Self(rawValue: 4)
    /// The taxpayer's security code (BKP) is not valid (v3 only).
    public static let badBKP = Self(rawValue: 5)
    /// The taxpayer's number (DIČ, v4: EIČ) has a wrong structure.
    public static let badTaxpayer = Self(rawValue: 6)
    /// The message is too large.
    public static let tooLarge = Self(rawValue: 7)
    /// The message was not processed because of a technical fault or an error in the data.
    public static let notProcessed = Self(rawValue: 8)

    /// The text that the authority sends with a known code, as its documentation lists them.
    public func officialText(_ edition: Edition) -> String? {
        switch self {
        case .temporaryFault: "Docasna technicka chyba zpracovani – odeslete prosim datovou zpravu pozdeji"
        case .verified: "Datovou zpravu evidovane trzby v overovacim modu se podarilo zpracovat"
        case .badEncoding: "Kodovani XML neni platne"
        case .schemaViolation: "XML zprava nevyhovela kontrole XML schematu"
        case .badSignature: "Neplatny podpis SOAP zpravy"
        case .badBKP: edition == .v3 ? "Neplatny kontrolni bezpecnostni kod poplatnika (BKP)" : nil
        case .badTaxpayer: "\(edition == .v3 ? "DIC" : "EIC") poplatnika ma chybnou strukturu"
        case .tooLarge: "Datova zprava je prilis velka"
        case .notProcessed: "Datova zprava nebyla zpracovana kvuli technicke chybe nebo chybe dat"
        default: nil
        }
    }
}
