/// Why the CPD server refused a call (section 2.4.10). Open: unknown codes are kept.
public struct CPDErrorCode: RawRepresentable, Sendable, Hashable, Codable {
    /// `B01` to `B13`, `E01` to `E07`.
    public var rawValue: String

    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    public static let wrongCommand = Self(rawValue: "B01")
    public static let noCPDCertificates = Self(rawValue: "B02")
    public static let numberNotInPool = Self(rawValue: "B03")
    public static let technicianNotAuthorised = Self(rawValue: "B04")
    public static let malformedUniqueNumber = Self(rawValue: "B05")
    public static let noRegisterCertificates = Self(rawValue: "B06")
    public static let fiscalisationNotStarted = Self(rawValue: "B07")
    public static let registerUnknown = Self(rawValue: "B08")
    public static let notFiscalised = Self(rawValue: "B09")
    public static let wrongCertificate = Self(rawValue: "B10")
    public static let wrongNIP = Self(rawValue: "B11")
    public static let programNotVerified = Self(rawValue: "B12")
    public static let wrongDataLength = Self(rawValue: "B13")
    public static let wrongCommandIDOrHeader = Self(rawValue: "E01")
    public static let wrongInput = Self(rawValue: "E02")
    public static let wrongOutput = Self(rawValue: "E03")
    public static let sqlFailed = Self(rawValue: "E04")
    public static let generalError = Self(rawValue: "E05")
    public static let brokerError = Self(rawValue: "E06")
    public static let serviceBusError = Self(rawValue: "E07")

    public static let all: [Self] =
        (1...13).map { Self(rawValue: $0 < 10 ? "B0\($0)" : "B\($0)") } + (1...7).map { Self(rawValue: "E0\($0)") }

    /// The HTTP status that comes with it: 406 for B, 400 for E01 to E03, 500 for E04 to E07.
    public var httpStatus: Int? {
        guard Self.all.contains(self) else { return nil }
        if self.rawValue.hasPrefix("B") { return 406 }
        return ["E01", "E02", "E03"].contains(self.rawValue) ? 400 : 500
    }

    /// The document's words; the server spells them in its own ways.
    public var words: String? {
        switch self.rawValue {
        case "B01": "Niewlasciwa komenda."
        case "B02": "Brak w repozytorium certyfikatow CPD."
        case "B03": "Numer unikatowy nie nalezy do puli numerow."
        case "B04": "Brak uprawnień serwisanta."
        case "B05": "Bledna postac numeru unikatowego."
        case "B06": "Brak certyfikatow kasy."
        case "B07": "Brak zainicjowania fiskalizacji."
        case "B08": "Brak danych o kasie w Repozytorium."
        case "B09": "Kasa niezafiskalizowana."
        case "B10": "Bledny certyfikat"
        case "B11": "Bledny NIP"
        case "B12": "Program kasy nie zostal poprawnie zweryfikowany"
        case "B13": "Niewlasciwa dlugosc danych"
        case "E01": "Bledny commandId lub nagłówek."
        case "E02": "Komunikat wejscowy jest niepoprawny."
        case "E03": "Komunikat wyjscowy jest niepoprawny."
        case "E04": "Wywołanie SQL zakonczone niepowodzeniem."
        case "E05": "Bład ogólny. Treść błędu:"
        case "E06": "Bład ogólny Mbroker."
        case "E07": "Bład podczas próby włożenia komunikatu do Azure Service Bus."
        default: nil
        }
    }
}
