import FiscalCore
import Testing

@testable import EETProtocol

@Suite("What a receipt must carry")
struct ReceiptPaperTests {
    static let codes = SecurityCodes(
        pkp: String(repeating: "A", count: 342) + "==", bkp: "3F9119C1-FBF34535-D30B60F8-9859E4A6-C8C8AAFA")
    static let registration = Registration(
        code: "19468188-f3a0-47a3-932a-46bcf8ef4041-fa", edition: .v3, uuid: "e0e80d09-1a19-45da-91d0-56121088ed49",
        receivedAt: "2021-09-27T10:39:03+02:00", isTest: false)

    static func data(_ change: [String: String] = [:]) throws -> SaleData {
        try SaleData(
            attributes: WireAttributes(SaleDataTests.whole.merging(change) { $1 }), edition: .v3)
    }

    @Test("With a FIK: FIK and BKP, no PKP; without one: PKP and BKP, no FIK")
    func codes() throws {
        let online = Paper(
            try Self.data(), codes: Self.codes, registration: Self.registration, isTest: false, options: .init())
        #expect(online.code("FIK") == Self.registration.code)
        #expect(online.code("BKP") == Self.codes.bkp)
        #expect(online.code("PKP") == nil)
        let offline = Paper(
            try Self.data(), codes: Self.codes, registration: nil, isTest: false, options: .init())
        #expect(offline.code("FIK") == nil)
        #expect(offline.code("BKP") == Self.codes.bkp)
        #expect(offline.code("PKP") == Self.codes.pkp)
    }

    @Test("The facts of § 20 stand on it in order, the appointing number when there is one, the own number by choice")
    func facts() throws {
        let paper = Paper(
            try Self.data(), codes: Self.codes, registration: Self.registration, isTest: false,
            options: .init(printsTaxpayer: true))
        #expect(
            paper.lines == [
                "DIČ: CZ1212121218", "DIČ pověřujícího: CZ683555118", "Provozovna: 273", "Pokladna: /5546/RO24",
                "Účtenka: 0/6460/ZQ42", "Datum a čas: 2016-08-05T00:30:12+02:00", "Celkem: 34113.00 CZK",
                "Režim: běžný", "FIK: 19468188-f3a0-47a3-932a-46bcf8ef4041-fa",
                "BKP: 3F9119C1-FBF34535-D30B60F8-9859E4A6-C8C8AAFA",
            ])
        let plain = Paper(
            try Self.data(), codes: Self.codes, registration: nil, isTest: false, options: .init())
        #expect(plain.code("DIČ") == nil)
    }

    @Test("The identifier of the message is never printed, in no state and with no option")
    func uuidNeverPrinted() throws {
        for registration in [Self.registration, nil] {
            for isTest in [true, false] {
                let paper = Paper(
                    try Self.data(), codes: Self.codes, registration: registration, isTest: isTest,
                    options: .init(printsTaxpayer: true, pendingNotice: "bude odesláno", printsUnofficialQR: true))
                #expect(!paper.lines.joined().contains("e0e80d09"))
            }
        }
    }

    @Test("A receipt of the playground says so on top")
    func playground() throws {
        let paper = Paper(
            try Self.data(), codes: Self.codes, registration: Self.registration, isTest: true, options: .init())
        #expect(paper.lines.first?.contains("TEST") == true)
        #expect(!Self.registration.isTest && Self.registration.isOfficiallyRecorded)
    }

    @Test("v4 carries the POK, or nothing in its place but the host's own line")
    func v4() throws {
        let data = try SaleData(attributes: WireAttributes(SaleDataTests.wholeV4), edition: .v4)
        let pok = Registration(
            code: "2feb2e70-a642-4188-a6e6-986a62bc9598-ff", edition: .v4, uuid: "u", receivedAt: "", isTest: true)
        let online = Paper(data, codes: nil, registration: pok, isTest: false, options: .init(pendingNotice: "x"))
        #expect(online.code("POK") == pok.code)
        #expect(!online.lines.contains("x"))
        let offline = Paper(data, codes: nil, registration: nil, isTest: false, options: .init())
        #expect(["POK", "FIK", "PKP", "BKP", "Režim"].allSatisfy { offline.code($0) == nil })
        let noticed = Paper(
            data, codes: nil, registration: nil, isTest: false,
            options: .init(pendingNotice: "Tržba bude evidována.", printsUnofficialQR: true))
        #expect(noticed.lines.last == "Tržba bude evidována.")
        #expect(noticed.qr == nil)
    }

    @Test("The unofficial QR text is the published example's, and only on demand")
    func qr() throws {
        // The example of the scheme: BKP, DIČ without CZ, whole crowns, minute of the sale.
        let data = try Self.data([
            "dic_popl": "CZ45316872", "celk_trzba": "117.00", "dat_trzby": "2017-10-10T18:44:12+02:00",
        ])
        let codes = SecurityCodes(pkp: "", bkp: "DE7AB57E-F9F1B523-00000000-00000000-00000000")
        #expect(
            UnofficialReceiptQR.text(data, codes: codes, fik: nil)
                == "EET*1.0*BKP:DE7AB57EF9F1B523*DIC:45316872*KC:117*DT:201710101844")
        let silent = Paper(data, codes: codes, registration: nil, isTest: false, options: .init())
        #expect(silent.qr == nil)
        let shown = Paper(
            data, codes: codes, registration: nil, isTest: false, options: .init(printsUnofficialQR: true))
        #expect(shown.qr?.hasPrefix("EET*1.0*BKP:DE7AB57EF9F1B523*") == true)
    }

    @Test("QR: the FIK when there is one, BKP and R:Z in the simplified regime, hellers kept, nothing for a refund")
    func qrVariants() throws {
        let fik = "19468188-f3a0-47a3-932a-46bcf8ef4041-fa"
        let regular = UnofficialReceiptQR.text(
            try Self.data(["celk_trzba": "117.50"]), codes: Self.codes, fik: fik)
        #expect(regular == "EET*1.0*FIK:19468188F3A047A3*DIC:1212121218*KC:117.50*DT:201608050030")
        let simplified = UnofficialReceiptQR.text(
            try Self.data(["rezim": "1", "celk_trzba": "1.00"]), codes: Self.codes, fik: fik)
        #expect(simplified == "EET*1.0*BKP:3F9119C1FBF34535*DIC:1212121218*KC:1*DT:201608050030*R:Z")
        #expect(
            UnofficialReceiptQR.text(try Self.data(["celk_trzba": "-1.00"]), codes: Self.codes, fik: nil) == nil)
        #expect(
            UnofficialReceiptQR.text(try Self.data(["celk_trzba": "10000000.00"]), codes: Self.codes, fik: nil)
                == nil)
        #expect(
            UnofficialReceiptQR.text(try Self.data(["celk_trzba": "9999999.99"]), codes: Self.codes, fik: nil)
                != nil)
    }
}
