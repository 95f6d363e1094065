/// A currency: its ISO 4217 code and how many digits its minor unit has.
///
/// The list is open: a currency that is not named here can be made.
public struct Currency: Sendable, Hashable {
    /// Three capital letters, such as `CZK`.
    public let code: String
    /// Digits after the decimal point: 2 for haléře, tiyn, grosze, cents and kopecks.
    public let minorDigits: Int

    /// - Throws: `InvalidField` when the code is not three letters A to Z, or the digits are not 0 to 4 (ISO 4217 has
    ///   no currency with more).
    public init(code: String, minorDigits: Int) throws(InvalidField) {
        let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
        guard code.utf8.count == 3, code.utf8.allSatisfy(letters.contains) else {
            throw InvalidField("currency", .pattern, limit: "[A-Z]{3}")
        }
        guard (0...4).contains(minorDigits) else {
            throw InvalidField("currency.minorDigits", .range, limit: "0...4")
        }
        self.init(known: code, minorDigits: minorDigits)
    }

    /// One of the currencies of the five systems by its code, or nil.
    public init?(code: String) {
        guard let currency = Self.known.first(where: { $0.code == code }) else { return nil }
        self = currency
    }

    /// Czech koruna, 100 haléřů (EET).
    public static let czk = Self(known: "CZK", minorDigits: 2)
    /// Kazakh tenge, 100 tiyn (OFD).
    public static let kzt = Self(known: "KZT", minorDigits: 2)
    /// Polish złoty, 100 groszy (CRK).
    public static let pln = Self(known: "PLN", minorDigits: 2)
    /// Euro, 100 cents (TSE).
    public static let eur = Self(known: "EUR", minorDigits: 2)
    /// Russian rouble, 100 kopecks (Ferma).
    public static let rub = Self(known: "RUB", minorDigits: 2)

    private static let known = [czk, kzt, pln, eur, rub]

    private init(known code: String, minorDigits: Int) {
        self.code = code
        self.minorDigits = minorDigits
    }
}

extension Currency: CustomStringConvertible {
    public var description: String { self.code }
}
