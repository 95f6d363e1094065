import FiscalSimulators
import Testing

/// One line of the error tables of sections 2.4.1 to 2.4.9, in its own spelling.
struct CPDErrorLine: Sendable, CustomTestStringConvertible {
    /// What deserves it.
    enum Cause: Sendable {
        /// The repository is told to say it.
        case injected
        /// A code of another command, or of none.
        case identifier(String)
        case malformedID, noCommandID, brokenJSON, noChecksum, longTaxpayer, noLastDocument
        case outsideOfPool
        case noRepositoryCertificates
        /// The certificate of the connection is another register's.
        case codeOfAnother
        /// The certificates sent are another register's.
        case certificatesOfAnother
        case otherTaxpayerInCertificate
        case noCertificatesSent, otherTaxpayer, programNotVerified
        case notBegun, notFiscalised
    }

    /// CRK-nnn of the list of requirements.
    let row: Int
    /// The letters of the command; CMD16 has none.
    let command: String
    let status: Int
    let code: String
    let message: String
    let cause: Cause

    init(_ row: Int, _ command: String, _ status: Int, _ code: String, _ message: String, _ cause: Cause) {
        self.row = row
        self.command = command
        self.status = status
        self.code = code
        self.message = message
        self.cause = cause
    }

    var testDescription: String { "CRK-\(self.row) \(self.command) \(self.code)" }

    static let all: [Self] = [
        .init(193, "KCS", 406, "B01", "Niewlasciwa komenda.", .identifier("KFD")),
        .init(194, "KCS", 406, "B02", "Brak w repozytorium certyfikatow CPD.", .noRepositoryCertificates),
        .init(195, "KCS", 406, "B03", "Numer unikatowy nie nalezy do puli numerow.", .outsideOfPool),
        .init(196, "KCS", 400, "E01", "Bledny commandId lub naglowek.", .malformedID),
        .init(197, "KCS", 400, "E02", "Komunikat wejsciowy jest niepoprawny.", .noCommandID),
        .init(198, "KCS", 500, "E04", "Wywołanie SQL zakonczone niepowodzeniem.", .injected),
        .init(199, "KCS", 500, "E05", "Blad ogolny. Tresc bledu:", .injected),
        .init(200, "KCS", 500, "E06", "Blad ogolny Mbroker.", .injected),
        .init(206, "KFD", 406, "B01", "Niewlasciwa komenda.", .identifier("ABC")),
        .init(207, "KFD", 406, "B10", "Bledny certyfikat.", .certificatesOfAnother),
        .init(208, "KFD", 406, "B10", "Bledny certyfikat.", .codeOfAnother),
        .init(209, "KFD", 406, "B03", "Numer unikatowy nie należy do puli numerow.", .outsideOfPool),
        .init(210, "KFD", 406, "B11", "Bledny NIP", .otherTaxpayerInCertificate),
        .init(211, "KFD", 400, "E01", "Bledny commandId lub naglowek.", .malformedID),
        .init(212, "KFD", 400, "E02", "Komunikat wejściowy jest niepoprawny.", .brokenJSON),
        .init(213, "KFD", 500, "E04", "Wywołanie SQL zakończone niepowodzeniem.", .injected),
        .init(214, "KFD", 500, "E05", "Błąd ogólny. Treść błędu:", .injected),
        .init(215, "KFD", 500, "E06", "Błąd ogólny Mbroker.", .injected),
        .init(216, "KFD", 500, "E07", "Błąd podczas próby włożenia komunikatu do Azure Service Bus.", .injected),
        .init(239, "MFP", 406, "B01", "Niewlasciwa komenda.", .identifier("ABC")),
        .init(240, "MFP", 406, "B03", "Numer unikatowy nie należy do puli numerow.", .outsideOfPool),
        .init(241, "MFP", 406, "B04", "Brak uprawnień serwisanta.", .injected),
        .init(242, "MFP", 406, "B06", "Brak certyfikatow kasy.", .noCertificatesSent),
        .init(243, "MFP", 406, "B10", "Bledny certyfikat", .codeOfAnother),
        .init(244, "MFP", 406, "B11", "Bledny NIP", .otherTaxpayer),
        .init(245, "MFP", 406, "B12", "Program kasy nie został poprawnie zweryfikowany", .programNotVerified),
        .init(246, "MFP", 400, "E01", "Bledny commandId lub naglowek.", .malformedID),
        .init(247, "MFP", 400, "E02", "Komunikat wejsciowy jest niepoprawny.", .longTaxpayer),
        .init(248, "MFP", 500, "E04", "Wywołanie SQL zakonczone niepowodzeniem.", .injected),
        .init(249, "MFP", 500, "E05", "Blad ogolny. Tresc bledu:", .injected),
        .init(250, "MFP", 500, "E06", "Blad ogolny Mbroker.", .injected),
        .init(258, "CNF", 406, "B01", "Niewłaściwa komenda.", .identifier("ABC")),
        .init(259, "CNF", 406, "B10", "Błędny certyfikat.", .codeOfAnother),
        .init(260, "CNF", 406, "B03", "Numer unikatowy nie należy do puli numerów.", .outsideOfPool),
        .init(261, "CNF", 400, "E01", "Błędny commandId lub nagłówek.", .malformedID),
        .init(262, "CNF", 400, "E02", "Komunikat wejściowy jest niepoprawny.", .noChecksum),
        .init(263, "CNF", 500, "E04", "Wywołanie SQL zakończone niepowodzeniem.", .injected),
        .init(264, "CNF", 500, "E05", "Błąd ogólny. Treść błędu:", .injected),
        .init(265, "CNF", 500, "E06", "Błąd ogólny Mbroker.", .injected),
        .init(269, "TCS", 406, "B01", "Niewłaściwa komenda.", .identifier("ABC")),
        .init(270, "TCS", 406, "B03", "Numer unikatowy nie należy do puli numerów.", .outsideOfPool),
        .init(271, "TCS", 400, "E01", "Błędny commandId lub nagłówek.", .malformedID),
        .init(272, "TCS", 400, "E02", "Komunikat wejściowy jest niepoprawny.", .noCommandID),
        .init(273, "TCS", 500, "E04", "Wywołanie SQL zakończone niepowodzeniem.", .injected),
        .init(274, "TCS", 500, "E05", "Błąd ogólny. Treść błędu:", .injected),
        .init(275, "TCS", 500, "E06", "Błąd ogólny Mbroker.", .injected),
        .init(282, "GIS", 406, "B01", "Niewlasciwa komenda.", .identifier("ABC")),
        .init(283, "GIS", 406, "B03", "Numer unikatowy nie należy do puli numerow.", .outsideOfPool),
        .init(284, "GIS", 406, "B08", "Brak danych o kasie w Repozytorium.", .notBegun),
        .init(285, "GIS", 406, "B10", "Bledny certyfikat", .codeOfAnother),
        .init(286, "GIS", 400, "E01", "Bledny commandId lub naglowek.", .malformedID),
        .init(287, "GIS", 400, "E02", "Komunikat wejsciowy jest niepoprawny.", .noCommandID),
        .init(288, "GIS", 500, "E04", "Wywołanie SQL zakonczone niepowodzeniem.", .injected),
        .init(289, "GIS", 500, "E05", "Bład ogolny. Trecsc bledu:", .injected),
        .init(290, "GIS", 500, "E06", "Bład ogolny Mbroker.", .injected),
        .init(294, "FPD", 406, "B01", "Niewlasciwa komenda.", .identifier("ABC")),
        .init(295, "FPD", 406, "B03", "Numer unikatowy nie należy do puli numerow.", .outsideOfPool),
        .init(296, "FPD", 406, "B07", "Brak zainicjowania fiskalizacji.", .notBegun),
        .init(297, "FPD", 406, "B10", "Bledny certyfikat", .codeOfAnother),
        .init(298, "FPD", 400, "E01", "Bledny commandId lub naglowek.", .malformedID),
        .init(299, "FPD", 400, "E02", "Komunikat wejsciowy jest niepoprawny.", .brokenJSON),
        .init(300, "FPD", 500, "E04", "Wywołanie SQL zakonczone niepowodzeniem.", .injected),
        .init(301, "FPD", 500, "E05", "Bład ogolny. Tresc bledu:", .injected),
        .init(302, "FPD", 500, "E06", "Bład ogolny Mbroker.", .injected),
        .init(303, "FPD", 500, "E07", "Bład podczas próby włożenia komunikatu do Azure Service Bus.", .injected),
        .init(311, "EFL", 406, "B01", "Niewłaściwa komenda.", .identifier("ABC")),
        .init(312, "EFL", 406, "B03", "Numer unikatowy nie należy do puli numerów.", .outsideOfPool),
        .init(313, "EFL", 406, "B09", "Kasa niezafiskalizowana", .notFiscalised),
        .init(314, "EFL", 406, "B10", "Błędny certyfikat", .codeOfAnother),
        .init(315, "EFL", 400, "E01", "Błędny commandId lub nagłówek.", .malformedID),
        .init(316, "EFL", 400, "E02", "Komunikat wejsciowy jest niepoprawny.", .noLastDocument),
        .init(317, "EFL", 500, "E04", "Wywołanie SQL zakończone niepowodzeniem.", .injected),
        .init(318, "EFL", 500, "E05", "Błąd ogólny. Treść błędu:", .injected),
        .init(319, "EFL", 500, "E06", "Błąd ogólny Mbroker.", .injected),
        .init(328, "SharedKey", 500, "E05", "Błąd ogólny. Treść błędu:", .injected),
    ]

    static func causes(_ cause: (Cause) -> Bool) -> [Self] { self.all.filter { cause($0.cause) } }
}
