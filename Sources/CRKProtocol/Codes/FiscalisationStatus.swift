/// How a fiscalisation ended (`statusFisc.code`, section 2.2.9). Open: unknown codes are kept.
public struct FiscalisationStatus: RawRepresentable, Sendable, Hashable, Codable {
    /// 0 to 19 by the document.
    public var rawValue: Int

    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// One or two digits: the table has `04`, the examples have `4`.
    public init?(code text: String) {
        guard (1...2).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(text)
        else { return nil }
        self.rawValue = number
    }

    public static let success = Self(rawValue: 0)
    /// The register is fiscalised already.
    public static let alreadyFiscalised = Self(rawValue: 16)

    public static let all: [Self] = (0...19).map { Self(rawValue: $0) }

    public var isSuccess: Bool { self == .success }

    /// Two digits, as the table has them.
    public var code: String { self.rawValue < 10 ? "0\(self.rawValue)" : "\(self.rawValue)" }

    /// The document's words; nil for a code that it does not have.
    public var words: String? {
        let refused = "odmowa fiskalizacji, "
        switch self.rawValue {
        case 0: return "Sukces"
        case 1: return refused + "bledny numer fabryczny"
        case 2: return refused + "bledny numer unikatowy"
        case 3: return refused + "bledny numer ewidencyjny"
        case 4: return refused + "bledny numer NIP"
        case 5: return refused + "brak uprawnień serwisanta"
        case 6: return refused + "bledny numer fabryczny lub unikatowy"
        case 7: return refused + "bledny numer fabryczny lub ewidencyjny"
        case 8: return refused + "operacja niedopuszczalna"
        case 9: return refused + "kasa w trakcie fiskalizacji z innym NIP"
        case 10: return refused + "brak lub bledny numer ewidencyjny"
        case 11: return refused + "kasa nie wyrejstrowana"
        case 12: return refused + "pamiec fiskalna zamknieta"
        case 13: return refused + "bledny numer NIP lub numer ewidencyjny"
        case 14: return refused + "poprzednia pamiec fiskalna nie zamknieta"
        case 15: return refused + "blad techniczny, skontaktuj sie z administratorem"
        case 16: return refused + "kasa zafiskalizowana"
        case 17: return refused + "brak certyfikatow Kasy"
        case 18: return refused + "NIP Wlasciela inny niz w certyfikacie urzadzenia fiskalnego"
        case 19: return refused + "brak pozytywnej weryfikacji homologacji programu pracy urzadzenia fiskalnego"
        default: return nil
        }
    }

    /// Codes that only registers in the form of software meet.
    public var isForSoftwareOnly: Bool { [18, 19].contains(self.rawValue) }
}
