import EETProtocol
import FiscalCore
import FiscalTestSupport
import Testing

/// The rules of the single rows of `eetin.txt`: what is taken, what is refused, and that the refusal names the row.
@Suite struct EETInFileRowTests {
    private static func expect(_ row: Int, takes good: [String], refuses bad: [String]) {
        for text in good { #expect(EETInText().with([row: text]).problem() == nil, "row \(row) '\(text)'") }
        for text in bad { #expect(EETInText().with([row: text]).problem()?.row == row, "row \(row) '\(text)'") }
    }

    @Test("Booleans are TRUE and FALSE in any letter case, nothing else", arguments: [1, 2, 23])
    func booleans(row: Int) {
        Self.expect(
            row, takes: ["TRUE", "True", "true", "FALSE", "false", "fAlSe"],
            refuses: ["1", "0", "yes", "ano", "", " TRUE", "TRUE ", "T", "TRUEFALSE", "ﬁ"])
    }

    @Test("Rows 1, 2 and 23 mean first attempt, verification and simplified regime")
    func meaningOfBooleans() throws {
        let file = try EETInText().with([1: "False", 2: "true", 23: "TRUE"]).read()
        #expect(!file.isFirstAttempt)
        #expect(file.isVerification)
        #expect(try file.data(edition: .v3, certificateDIC: nil).attributes["rezim"] == "1")
        #expect(try EETInText().read().data(edition: .v3, certificateDIC: nil).attributes["rezim"] == "0")
    }

    @Test("Row 3 is CZ and 8 to 10 digits, at most 12 characters, and must be there")
    func taxpayer() {
        Self.expect(
            3, takes: ["CZ12345678", "CZ123456789", "CZ1234567890"],
            refuses: ["", "CZ1234567", "CZ12345678901", "cz12345678", "SK12345678", "CZ1234567a", "CZ12345678 "])
    }

    @Test("Row 4 is empty or such a number too; empty means that nothing is sent")
    func appointing() throws {
        Self.expect(4, takes: ["", "CZ1234567890"], refuses: ["CZ12345678901", "CZ1234567", " "])
        let without = try EETInText().read().data(edition: .v3, certificateDIC: nil)
        #expect(without.attributes["dic_poverujiciho"] == nil)
        let with = try EETInText().with([4: "CZ683555118"]).read()
        #expect(try with.data(edition: .v3, certificateDIC: nil).attributes["dic_poverujiciho"] == "CZ683555118")
        #expect(try with.data(edition: .v4, certificateDIC: nil).attributes["eic_poverujiciho"] == "CZ683555118")
    }

    @Test("Row 5 is a whole number of 1 to 999999 and never 0, although it is a number")
    func premises() {
        Self.expect(
            5, takes: ["1", "273", "999999"],
            refuses: ["0", "1000000", "1.0", "-1", "+1", "", "01", "1 000", "99999999999999999999", "١"])
    }

    @Test("Row 6 is 1 to 20 characters of the allowed set")
    func till() {
        Self.expect(
            6, takes: ["1", "1/A-2_3 #4", "0aZ.,:;/#-_ ", String(repeating: "x", count: 20)],
            refuses: ["", String(repeating: "x", count: 21), "č1", "A|1", "a\tb", "a&b"])
    }

    @Test("Row 7 is 1 to 20 characters of the same set, although the wire would take 25")
    func number() throws {
        Self.expect(
            7, takes: ["1", "1/A-2_3 #4", String(repeating: "9", count: 20)],
            refuses: ["", String(repeating: "9", count: 21), String(repeating: "9", count: 25), "č1", "A|1"])
        // The typed sale has the wire's limit.
        let typed = { (count: Int) throws in
            try SaleData(
                Sale(
                    dic: DIC("CZ12345678"), premises: 1, till: "1", number: String(repeating: "9", count: count),
                    date: #require(OffsetDateTime(iso8601Seconds: "2026-12-01T08:00:00+01:00")),
                    total: .zero(.czk)), edition: .v3, certificateDIC: nil)
        }
        #expect(try typed(25).number.count == 25)
        #expect(throws: InvalidField.self) { try typed(26) }
    }

    @Test("Row 8 is ISO 8601 with seconds and an offset; the documentation's own sample lacks a colon and is refused")
    func date() throws {
        Self.expect(
            8, takes: ["2016-11-09T04:25:28+01:00", "2016-11-09T03:25:28Z", "2024-02-29T23:59:59-11:30"],
            refuses: [
                "2016-11-09T04:2528+01:00", "9.11.2016", "2016-11-09", "2016-11-09T04:25:28",
                "2016-11-09 04:25:28+01:00",
                "2016-11-09T04:25:28.000+01:00", "2016-02-30T04:25:28+01:00", "2016-11-09T24:25:28+01:00",
                "2016-11-09T04:25:28+0100", "",
            ])
        let file = try EETInText().with([8: "2016-11-09T04:25:28+01:00"]).read()
        #expect(file.sale.date.iso8601Seconds == "2016-11-09T04:25:28+01:00")
    }

    @Test("Amounts: optional minus, no leading zeros, a point with one or two digits, at most 8 digits before it")
    func amounts() {
        for row in 9...22 {
            Self.expect(
                row,
                takes: ["0", "0.0", "0.00", "5", "5.1", "5.10", "-5.10", "-0.01", "99999999.99", "-99999999.99"],
                refuses: [
                    "", "-0", "-0.0", "-0.00", "01", "00", "-01.00", ".5", "5.", "5.123", "1 000.00", "1'000.00", "+5",
                    "100000000", "123456789.00", "1e3", "1,5", "1.2.3", "-", "--1", "0x1", "NaN", "５",
                    "9999999999999999999999",
                ])
        }
    }

    @Test("Amounts are read to the heller and sent with two decimals")
    func readAmounts() throws {
        for (text, wire) in [
            ("1234.5", "1234.50"), ("1234.50", "1234.50"), ("7", "7.00"), ("-100", "-100.00"), ("-0.01", "-0.01"),
            ("0", "0.00"),
        ] {
            let data = try EETInText().with([9: text]).read().data(edition: .v3, certificateDIC: nil)
            #expect(data.attributes["celk_trzba"] == wire, "\(text)")
        }
    }

    @Test(
        "Each optional amount has its row and its attribute, and a zero of the file is left out",
        arguments: SaleAmount.allCases)
    func optionalAmount(amount: SaleAmount) throws {
        let row = EETInRow(amount).rawValue
        let file = try EETInText().with([row: "\(row).25"]).read()
        let data = try file.data(edition: .v3, certificateDIC: nil)
        for other in SaleAmount.allCases {
            #expect(data.attributes[other.rawValue] == (other == amount ? "\(row).25" : nil))
        }
        let rows = String(decoding: file.bytes, as: UTF8.self).split(
            separator: "\r\n", omittingEmptySubsequences: false)
        for other in 10...22 { #expect(rows[other - 1] == (other == row ? "\(row).25" : "0")) }
    }

    @Test("All optional rows 0: no optional attribute; the total is sent also when it is 0")
    func zeroes() throws {
        for zero in ["0", "0.00"] {
            let rows = Dictionary(uniqueKeysWithValues: (9...22).map { ($0, zero) })
            for edition in Edition.allCases {
                let data = try EETInText().with(rows).read().data(edition: edition, certificateDIC: nil)
                #expect(SaleAmount.allCases.allSatisfy { data.attributes[$0.rawValue] == nil })
                #expect(data.attributes["celk_trzba"] == "0.00")
            }
        }
    }

    @Test("A blank number row is an error that names it, unless lenient reading was asked for, which reports it")
    func blankNumber() throws {
        let text = EETInText().with([11: ""])
        #expect(
            text.problem()?.description == "eetin.txt row 11 zakl_dan1: required (a number, 0 when not used)")
        let (file, warnings) = try EETInFile.parse(text.bytes(), reading: .lenient)
        #expect(file == (try EETInText().read()))
        #expect(warnings.map(\.kind) == [.leniency])
        #expect(warnings.map(\.row) == [11])
        // Row 5 is no amount: blank stays an error.
        #expect(EETInText().with([5: ""]).problem(.lenient)?.row == 5)
    }

    @Test("A decimal comma is refused by default, read in lenient mode and reported, and never mixed with a point")
    func decimalComma() throws {
        let text = EETInText().with([9: "1234,5"])
        #expect(text.problem()?.row == 9)
        let (file, warnings) = try EETInFile.parse(text.bytes(), reading: .lenient)
        #expect(try file.data(edition: .v3, certificateDIC: nil).attributes["celk_trzba"] == "1234.50")
        #expect(warnings.map(\.row) == [9])
        for wrong in ["1.234,50", "1,234.50", "1,234", ",5", "5,", "-0,00", "1,2,3"] {
            #expect(EETInText().with([9: wrong]).problem(.lenient)?.row == 9, "\(wrong)")
        }
        #expect(try EETInFile.parse(EETInText().bytes(), reading: .lenient).warnings.isEmpty)
    }

    @Test("An error names row, name, rule and limit, and never shows the value")
    func errorText() {
        let problem = EETInText().with([5: "7654321"]).problem()
        #expect(problem?.description == "eetin.txt row 5 id_provoz: range (a whole number of 1...999999)")
        #expect(problem?.problem.rule == .range)
    }

    @Test("Bytes that are no UTF-8 are refused with their row")
    func notUTF8() {
        var bytes = EETInText().with([6: "?"]).bytes()
        bytes[bytes.firstIndex(of: UInt8(ascii: "?")) ?? 0] = 0xE8  // č of Windows-1250
        do {
            _ = try EETInFile(bytes: bytes)
            Issue.record("accepted")
        } catch {
            #expect(error.row == 6)
        }
    }

    @Test("Any bytes give a file or an error that is ours")
    func arbitraryBytes() {
        let random = CountingRandomSource(seed: 7)
        let valid = EETInText().bytes()
        for round in 0..<2000 {
            var bytes = valid
            for _ in 0...(round % 4) {
                let noise = random.bytes(count: 3)
                let position = (Int(noise[0]) << 8 | Int(noise[1])) % bytes.count
                if round.isMultiple(of: 3) { bytes.remove(at: position) } else { bytes[position] = noise[2] }
            }
            do throws(FileRowError) {
                let file = try EETInFile(bytes: bytes)
                // What was read can be written and read again.
                #expect(try EETInFile(bytes: file.bytes) == file)
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }
}
