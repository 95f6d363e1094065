import EETProtocol
import FiscalCore
import Testing

/// The form of `eetin.txt`: rows, their number and order, line ends, and what is written.
@Suite struct EETInFileFormTests {
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    @Test("The same 23 rows read alike with LF, CR LF, a byte order mark, and with or without the closing line break")
    func variantsOfTheForm() throws {
        let text = EETInText()
        let plain = try EETInFile(bytes: text.bytes(lineEnd: "\r\n"))
        for bytes in [
            text.bytes(lineEnd: "\n"), text.bytes(lineEnd: "\n", closing: ""), text.bytes(closing: ""),
            Self.byteOrderMark + text.bytes(), Self.byteOrderMark + text.bytes(lineEnd: "\n", closing: ""),
        ] {
            #expect(try EETInFile(bytes: bytes) == plain)
        }
        #expect(plain.sale.number == "0/6460/ZQ42")
        #expect(plain.isFirstAttempt && !plain.isVerification)
    }

    @Test("Exactly 23 rows: 22 and 24 are refused, and so is a second closing line break")
    func numberOfRows() {
        let rows = EETInText().rows
        for wrong in [Array(rows.dropLast()), rows + ["0"], rows + [""], [], Array(rows.prefix(7))] {
            let file = Array((wrong.joined(separator: "\r\n") + "\r\n").utf8)
            #expect(throws: FileRowError.self) { try EETInFile(bytes: file) }
        }
        do {
            _ = try EETInFile(bytes: EETInText().bytes(closing: "\r\n\r\n"))
            Issue.record("two closing line breaks were accepted")
        } catch {
            #expect(error.row == nil)
            #expect(error.description == "eetin.txt rows: length (exactly 23, found 24)")
        }
    }

    @Test("Position alone gives the meaning: rows 11 and 12 exchanged are zakl_dan1 and dan1 exchanged")
    func positionGivesTheMeaning() throws {
        let file = try EETInText().with([11: "100.00", 12: "21.00"]).read()
        #expect(
            file.sale.amounts == [
                .zakl_dan1: .init(minorUnits: 10000, currency: .czk), .dan1: .init(minorUnits: 2100, currency: .czk),
            ])
        let exchanged = try EETInText().with([11: "21.00", 12: "100.00"]).read()
        let data = try exchanged.data(edition: .v3, certificateDIC: nil)
        #expect(data.attributes["zakl_dan1"] == "21.00")
        #expect(data.attributes["dan1"] == "100.00")
    }

    @Test("The 23 rows are those of the documentation, in its order")
    func rowNames() {
        // Typed from the source document.
        let names =
            "prvni_zaslani overeni dic_popl dic_poverujiciho id_provoz id_pokl porad_cis dat_trzba celk_trzba "
            + "zakl_nepodl_dph zakl_dan1 dan1 zakl_dan2 dan2 zakl_dan3 dan3 cest_sluz pouzit_zboz1 pouzit_zboz2 "
            + "pouzit_zboz3 urceno_cerp_zuct cerp_zuct rezim"
        #expect(EETInRow.allCases.map(\.name).joined(separator: " ") == names)
        #expect(EETInRow.allCases.map(\.rawValue) == Array(1...23))
        #expect(SaleAmount.allCases.map { EETInRow($0).rawValue } == Array(10...22))
        #expect(SaleAmount.allCases.allSatisfy { EETInRow($0).name == $0.rawValue })
    }

    @Test("Names of the file never reach the wire: row dat_trzba is sent as dat_trzby")
    func namesOfFileAndWire() throws {
        for edition in Edition.allCases {
            let data = try EETInText().read().data(edition: edition, certificateDIC: nil)
            #expect(data.attributes["dat_trzby"] == "2016-08-05T00:30:12+02:00")
            #expect(data.attributes["dat_trzba"] == nil)
        }
        #expect(EETInRow(wireName: "dat_trzby") == .dat_trzba)
        #expect(EETInRow(wireName: "dat_trzba") == nil)
        #expect(EETInRow(wireName: "id_jednotky") == .id_provoz)
        #expect(EETInRow(wireName: "povereni_vice_popl") == nil)
    }

    @Test("Written: UTF-8 without mark, CR LF, one closing line break, two decimals, 0 for every unused number")
    func goldenFile() throws {
        let sale = try Sale(
            premises: 273, till: "/5546/RO24", number: "0/6460/ZQ42", at: "2016-08-05T00:30:12+02:00",
            total: "1234.50", amounts: [.dan1: "-172.39", .cerp_zuct: "679.00", .zakl_dan2: "0.00"])
        var named = sale
        named.dic = try DIC("CZ1212121218")
        let file = try EETInFile(named, isFirstAttempt: false)
        let golden =
            "FALSE\r\nFALSE\r\nCZ1212121218\r\n\r\n273\r\n/5546/RO24\r\n0/6460/ZQ42\r\n2016-08-05T00:30:12+02:00\r\n"
            + "1234.50\r\n0\r\n0\r\n-172.39\r\n0\r\n0\r\n0\r\n0\r\n0\r\n0\r\n0\r\n0\r\n0\r\n679.00\r\nFALSE\r\n"
        #expect(String(decoding: file.bytes, as: UTF8.self) == golden)
        #expect(try EETInFile(bytes: file.bytes) == file)
    }

    @Test("An unused appointing number leaves an empty row 4, and row 5 stays the premises")
    func emptyRowKeepsPositions() throws {
        let rows = try EETInText().read().bytes.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
        ).map { String(decoding: $0, as: UTF8.self) }
        #expect(rows[3] == "\r")
        #expect(rows[4] == "273\r")
    }

    @Test("A file from a typed sale keeps the file's own limits and names the row")
    func limitsOfTheFile() throws {
        var sale = try Sale(
            premises: 1, till: "1", number: "1", at: "2026-12-01T08:00:00+01:00", total: "1.00")
        func row(_ sale: Sale) -> Int? {
            do {
                _ = try EETInFile(sale, isFirstAttempt: true)
                return 0
            } catch {
                return error.row
            }
        }
        #expect(row(sale) == 3, "the taxpayer's number is a row of its own and must be there")
        sale.dic = try DIC("CZ12345678")
        #expect(row(sale) == 0)
        sale.premises = 1_000_000
        #expect(row(sale) == 5)
        sale.premises = 1
        sale.number = String(repeating: "9", count: 21)
        #expect(row(sale) == 7)
        sale.number = "1"
        sale.appointedByMany = true
        #expect(row(sale) == nil)
    }

    @Test("Row 7 can be told also from a file that is refused, so that the answer names its receipt")
    func numberOfARefusedFile() {
        let tooLong = String(repeating: "A", count: 21)
        #expect(EETInFile.number(in: EETInText().with([7: tooLong]).bytes()) == tooLong)
        #expect(EETInFile.number(in: EETInText().with([3: "nonsense"]).bytes()) == "0/6460/ZQ42")
        #expect(EETInFile.number(in: Array("TRUE\nFALSE\n".utf8)) == nil)
        #expect(EETInFile.number(in: []) == nil)
        var bytes = EETInText().with([7: "?"]).bytes()
        bytes[bytes.firstIndex(of: UInt8(ascii: "?")) ?? 0] = 0xFF
        #expect(EETInFile.number(in: bytes) == nil)
    }
}
