import CRKProtocol

/// The words of the CPD server, each command in the spelling of its own table (sections 2.4.1 to 2.4.9).
enum CRKErrorTexts {
    /// The message for a code of a command; of the general table (section 2.4.10) where the command does not list it.
    static func message(_ code: String, of command: String?) -> String {
        command.flatMap { self.tables[$0]?[code] } ?? CPDErrorCode(rawValue: code).words ?? "Blad \(code)"
    }

    /// The codes that each command lists.
    static func codes(of command: String) -> [String] { self.tables[command]?.keys.sorted() ?? [] }

    private static let plain = [
        "B01": "Niewlasciwa komenda.",
        "E01": "Bledny commandId lub naglowek.",
        "E02": "Komunikat wejsciowy jest niepoprawny.",
        "E04": "Wywołanie SQL zakonczone niepowodzeniem.",
        "E06": "Blad ogolny Mbroker.",
    ]

    private static let polish = [
        "B01": "Niewłaściwa komenda.",
        "B03": "Numer unikatowy nie należy do puli numerów.",
        "E01": "Błędny commandId lub nagłówek.",
        "E02": "Komunikat wejściowy jest niepoprawny.",
        "E04": "Wywołanie SQL zakończone niepowodzeniem.",
        "E05": "Błąd ogólny. Treść błędu:",
        "E06": "Błąd ogólny Mbroker.",
    ]

    private static let serviceBus = "Bład podczas próby włożenia komunikatu do Azure Service Bus."

    private static let tables: [String: [String: String]] = [
        "KCS": plain.merging([
            "B02": "Brak w repozytorium certyfikatow CPD.",
            "B03": "Numer unikatowy nie nalezy do puli numerow.",
            "E05": "Blad ogolny. Tresc bledu:",
        ]) { $1 },
        "KFD": plain.merging([
            "B03": "Numer unikatowy nie należy do puli numerow.",
            "B10": "Bledny certyfikat.",
            "B11": "Bledny NIP",
            "E02": "Komunikat wejściowy jest niepoprawny.",
            "E04": "Wywołanie SQL zakończone niepowodzeniem.",
            "E05": "Błąd ogólny. Treść błędu:",
            "E06": "Błąd ogólny Mbroker.",
            "E07": "Błąd podczas próby włożenia komunikatu do Azure Service Bus.",
        ]) { $1 },
        "MFP": plain.merging([
            "B03": "Numer unikatowy nie należy do puli numerow.",
            "B04": "Brak uprawnień serwisanta.",
            "B06": "Brak certyfikatow kasy.",
            "B10": "Bledny certyfikat",
            "B11": "Bledny NIP",
            "B12": "Program kasy nie został poprawnie zweryfikowany",
            "E05": "Blad ogolny. Tresc bledu:",
        ]) { $1 },
        "CNF": polish.merging(["B10": "Błędny certyfikat."]) { $1 },
        "TCS": polish,
        "GIS": plain.merging([
            "B03": "Numer unikatowy nie należy do puli numerow.",
            "B08": "Brak danych o kasie w Repozytorium.",
            "B10": "Bledny certyfikat",
            "E05": "Bład ogolny. Trecsc bledu:",
            "E06": "Bład ogolny Mbroker.",
        ]) { $1 },
        "FPD": plain.merging([
            "B03": "Numer unikatowy nie należy do puli numerow.",
            "B07": "Brak zainicjowania fiskalizacji.",
            "B10": "Bledny certyfikat",
            "E05": "Bład ogolny. Tresc bledu:",
            "E06": "Bład ogolny Mbroker.",
            "E07": Self.serviceBus,
        ]) { $1 },
        "EFL": polish.merging([
            "B09": "Kasa niezafiskalizowana",
            "B10": "Błędny certyfikat",
            "E02": "Komunikat wejsciowy jest niepoprawny.",
        ]) { $1 },
        // CMD16, which has no letters.
        Self.sharedKey: ["E05": "Błąd ogólny. Treść błędu:"],
    ]

    /// The name under which CMD16 stands in the tables and in the ledger.
    static let sharedKey = "SharedKey"
}
