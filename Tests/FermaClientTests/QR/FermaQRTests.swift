import FermaClient
import FiscalCore
import FiscalTestSupport
import Testing

@Suite("The text of a receipt's QR code")
struct FermaQRTests {
    private static let text = "t=20200227T1243&s=175.20&fn=9289000100444444&i=62848&fp=1570734444&n=1"

    private func time(_ hour: Int = 12, second: Int = 0) throws -> CivilDateTime {
        let day = try #require(CivilDate(year: 2020, month: 2, day: 27))
        return try #require(CivilDateTime(date: day, hour: hour, minute: 43, second: second))
    }

    private func made(kopecks: Int64, type: DocumentType = .income) throws -> String {
        try FermaQR(
            time: self.time(second: 57), total: Money(minorUnits: kopecks, currency: .rub), fn: "9289000100444444",
            documentNumber: 62848, fiscalSign: 1_570_734_444, type: type
        ).text
    }

    @Test("Six fields in their order, without seconds, sums with two decimals")
    func building() throws {
        #expect(try self.made(kopecks: 17520) == Self.text)
        #expect(try self.made(kopecks: 5).contains("&s=0.05&"))
        #expect(try self.made(kopecks: 0).contains("&s=0.00&"))
        for (type, sign) in zip(DocumentType.all, [1, 3, 2, 4]) {
            #expect(try self.made(kopecks: 1, type: type).hasSuffix("&n=\(sign)"))
        }
        let small = try FermaQR(
            time: self.time(1), total: Money(minorUnits: 1, currency: .rub), fn: "0000000000000001",
            documentNumber: 7, fiscalSign: 12345, type: .income)
        #expect(small.text == "t=20200227T0143&s=0.01&fn=0000000000000001&i=7&fp=12345&n=1")
    }

    @Test("What a QR text cannot hold is refused")
    func refusedParts() throws {
        let rub = Money(minorUnits: 1, currency: .rub)
        func refused(
            _ field: String, total: Money = rub, fn: String = "9289000100444444", number: Int64 = 1,
            type: DocumentType = .income
        ) throws {
            let time = try self.time()
            let error = #expect(throws: InvalidField.self) {
                try FermaQR(time: time, total: total, fn: fn, documentNumber: number, fiscalSign: 1, type: type)
            }
            #expect(error?.field == field)
        }
        try refused("s", total: Money(minorUnits: -1, currency: .rub))
        try refused("s", total: Money(minorUnits: 1, currency: .eur))
        try refused("fn", fn: "928900010044444")
        try refused("fn", fn: "928900010044444x")
        try refused("i", number: -1)
        try refused("n", type: DocumentType(rawValue: 4))
    }

    @Test("A text is read into its six fields and written as it was, with seconds where it has them")
    func reading() throws {
        let qr = try FermaQR(parsing: Self.text)
        #expect(qr.total.minorUnits == 17520 && qr.fn == "9289000100444444" && qr.documentNumber == 62848)
        #expect(qr.fiscalSign == 1_570_734_444 && qr.sign == 1 && !qr.hasSeconds)
        #expect(qr.time == (try self.time()))
        for text in [
            Self.text, "t=20180819T164443&s=1.23&fn=9999999999999051&i=4&fp=259844891&n=4",
            "t=20240229T0000&s=0.00&fn=0000000000000000&i=0&fp=4294967295&n=2",
        ] {
            #expect(try FermaQR(parsing: text).text == text)
        }
    }

    @Test(
        "Anything else is no QR text",
        arguments: [
            ("", nil), ("t=20200227T1243&s=175.20&fn=9289000100444444&i=62848&fp=1570734444", nil),
            (text + "&x=1", nil), (text + "&", nil), ("&" + text, nil), (" " + text, nil), (text + "\n", "n"),
            ("s=175.20&t=20200227T1243&fn=9289000100444444&i=62848&fp=1570734444&n=1", nil),
            (text.replacing("t=", with: "T="), nil), (text.replacing("&", with: "&amp;"), nil),
            (text + "&n=1", nil), (text.replacing("i=62848", with: "i62848"), nil),
            (text.replacing("T1243", with: "T3333"), "t"), (text.replacing("T1243", with: "T2400"), "t"),
            (text.replacing("T1243", with: "T1260"), "t"), (text.replacing("T1243", with: "T124360"), "t"),
            (text.replacing("T1243", with: "t1243"), "t"), (text.replacing("T1243", with: "1243"), "t"),
            (text.replacing("T1243", with: "T12435"), "t"), (text.replacing("0227", with: "0230"), "t"),
            (text.replacing("20200227", with: "00000227"), "t"), (text.replacing("0227", with: "1301"), "t"),
            (text.replacing("175.20", with: "175"), "s"), (text.replacing("175.20", with: "175.2"), "s"),
            (text.replacing("175.20", with: "175,20"), "s"), (text.replacing("175.20", with: "175.200"), "s"),
            (text.replacing("175.20", with: "0175.20"), "s"), (text.replacing("175.20", with: "-175.20"), "s"),
            (text.replacing("175.20", with: "99999999999999999999.00"), "s"), (text.replacing("175.20", with: ""), "s"),
            (text.replacing("9289000100444444", with: "928900010044444"), "fn"),
            (text.replacing("9289000100444444", with: "92890001004444441"), "fn"),
            (text.replacing("9289000100444444", with: "928900010044444A"), "fn"),
            (text.replacing("i=62848", with: "i=062848"), "i"), (text.replacing("i=62848", with: "i="), "i"),
            (text.replacing("i=62848", with: "i=+62848"), "i"),
            (text.replacing("i=62848", with: "i=99999999999999999999"), "i"),
            (text.replacing("fp=1570734444", with: "fp=4294967296"), "fp"),
            (text.replacing("fp=1570734444", with: "fp=01"), "fp"),
            (text.replacing("n=1", with: "n=0"), "n"), (text.replacing("n=1", with: "n=5"), "n"),
            (text.replacing("n=1", with: "n=01"), "n"),
        ] as [(String, String?)])
    func refused(text: String, field: String?) {
        let reading = QRReading(text)
        #expect(!reading.isValid)
        if let field { #expect(reading.problems.map(\.field) == [field]) }
        let error = #expect(throws: QRError.self) { try FermaQR(parsing: text) }
        #expect(error?.problems == reading.problems)
    }

    @Test("Latin letters and digits only: a Cyrillic T is none")
    func cyrillic() {
        let reading = QRReading(Self.text.replacing("T1243", with: "Т1243"))
        #expect(!reading.isValid && reading.time == nil)
        #expect(reading.problems.map(\.field) == [nil, "t"])
        #expect(!QRReading(Self.text.replacing("i=62848", with: "i=６２８４８")).isValid)
    }

    @Test("What can be read of a damaged text is read")
    func tolerant() {
        let reading = QRReading("n=1&t=20200227T3333&s=175.20&i=7")
        #expect(!reading.isValid && reading.time == nil && reading.timeText == nil && reading.fn == nil)
        #expect(reading.total?.minorUnits == 17520 && reading.documentNumber == 7 && reading.sign == 1)
        // A field that stands twice says nothing.
        #expect(QRReading(Self.text + "&i=7").documentNumber == nil)
    }

    @Test("Made and read again: the same values, for any")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 1042)
        for _ in 0..<2000 {
            let days = Int.random(in: 0...60_000, using: &generator)
            let day = try #require(CivilDate(daysSinceEpoch: days))
            let time = try #require(
                CivilDateTime(
                    date: day, hour: Int.random(in: 0...23, using: &generator),
                    minute: Int.random(in: 0...59, using: &generator)))
            let qr = try FermaQR(
                time: time,
                total: Money(minorUnits: Int64.random(in: 0...Int64.max, using: &generator), currency: .rub),
                fn: String(Int64.random(in: 1_000_000_000_000_000...9_999_999_999_999_999, using: &generator)),
                documentNumber: Int64.random(in: 0...Int64.max, using: &generator),
                fiscalSign: UInt32.random(in: 0...UInt32.max, using: &generator),
                type: generator.pick(DocumentType.all))
            #expect(try FermaQR(parsing: qr.text) == qr)
            #expect(qr.text.utf8.allSatisfy { $0 < 0x80 })
        }
    }

    @Test("Tag 1077 holds the fiscal sign after two zero bytes")
    func tag1077() {
        #expect(FiscalSign.number(tag1077: "AABrYFFE") == 1_801_474_372)
        for text in ["", "AABrYFF", "AQBrYFFE", "AABrYA==", "AABrYFFEAA==", "!"] {
            #expect(FiscalSign.number(tag1077: text) == nil, "\(text)")
        }
    }
}
