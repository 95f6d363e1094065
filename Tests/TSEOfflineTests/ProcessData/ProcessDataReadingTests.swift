import FiscalCore
import FiscalTestSupport
import TSEOffline
import Testing

/// Decision T14.
@Suite("Process data of a receipt, as others wrote them") struct ProcessDataReadingTests {
    @Test("the example of DSFinV-K")
    func example() throws {
        let text = "Beleg^75.33_7.99_0.00_0.00_0.00^10.00:Bar_5.00:Bar:CHF_5.00:Bar:USD_64.30:Unbar"
        let reading = try ProcessDataReading(parsing: text)
        #expect(reading.type == .beleg)
        #expect(reading.gross.all.map(\.text) == ["75.33", "7.99", "0.00", "0.00", "0.00"])
        #expect(reading.payments.map(\.amount.description) == ["10.00 EUR", "5.00 CHF", "5.00 USD", "64.30 EUR"])
        #expect(reading.payments.map(\.kind) == [.bar, .bar, .bar, .unbar])
        // In two foreign currencies nothing can be compared.
        #expect(reading.isCanonical && reading.problems == [])
        #expect(reading.data?.text == text)
    }

    @Test(
        "canonical data",
        arguments: [
            "AVBelegabbruch^0.00_0.00_0.00_0.00_0.00^", "Beleg^0.00_-20.00_0.00_0.00_0.00^-20.00:Bar",
            "Beleg^0.00_0.00_0.00_0.00_0.00^0.00:Bar", "AVTransfer^0.00_0.00_0.00_0.00_-50.00^-50.00:Bar",
            "Beleg^1.00_1.00_1.00_1.00_1.00^2.00:Bar_3.00:Unbar", "Beleg^1.00_0.00_0.00_0.00_0.00^5.00:Unbar:JPY",
            "Beleg^92233720368547758.07_0.00_0.00_0.00_0.00^92233720368547758.07:Bar",
            "AVSachbezug^5.00_-5.00_0.00_0.00_0.00^0.00:Unbar",
        ])
    func canonical(text: String) throws {
        let reading = try ProcessDataReading(parsing: text)
        #expect(reading.isCanonical)
        #expect(reading.problems == [])
        #expect(reading.data?.text == text)
    }

    @Test("thousands separators and missing payments are read, and reported")
    func lenient() throws {
        let thousands = try ProcessDataReading(
            parsing: "Beleg^3,000.00_20.00_0.00_0.00_-1,234,567.00^-1,231,547.00:Bar")
        #expect(!thousands.isCanonical)
        #expect(thousands.gross.all.map(\.text) == ["3000.00", "20.00", "0.00", "0.00", "-1234567.00"])
        #expect(thousands.payments.map(\.amount.text) == ["-1231547.00"])
        #expect(thousands.problems.count == 3)
        #expect(thousands.data?.text == "Beleg^3000.00_20.00_0.00_0.00_-1234567.00^-1231547.00:Bar")
        let missing = try ProcessDataReading(parsing: "Beleg^15.00_0.00_0.00_0.00_0.00^")
        #expect(!missing.isCanonical)
        #expect(missing.payments == [] && missing.problems.count == 1 && missing.data == nil)
        // They cancel out, but not all of them are 0.
        #expect(try !ProcessDataReading(parsing: "Beleg^5.00_-5.00_0.00_0.00_0.00^").isCanonical)
    }

    @Test(
        "anything else is refused, and the field is named",
        arguments: [
            ("Beleg", "processData"), ("", "processData"), ("Beleg^1.00_0.00_0.00_0.00_0.00", "processData"),
            ("Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar^", "processData"),
            ("^1.00_0.00_0.00_0.00_0.00^1.00:Bar", "type"), ("beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar", "type"),
            ("Rechnung^1.00_0.00_0.00_0.00_0.00^1.00:Bar", "type"),
            (" Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar", "type"),
            ("Beleg^1.00_0.00_0.00_0.00^1.00:Bar", "gross"), ("Beleg^1.00_0.00_0.00_0.00_0.00_0.00^1.00:Bar", "gross"),
            ("Beleg^^", "gross"), ("Beleg^1.0_0.00_0.00_0.00_0.00^1.00:Bar", "gross[0]"),
            ("Beleg^1_0.00_0.00_0.00_0.00^1.00:Bar", "gross[0]"),
            ("Beleg^1,00_0.00_0.00_0.00_0.00^1.00:Bar", "gross[0]"),
            ("Beleg^1.000_0.00_0.00_0.00_0.00^1.00:Bar", "gross[0]"),
            ("Beleg^01.00_0.00_0.00_0.00_0.00^1.00:Bar", "gross[0]"),
            ("Beleg^+1.00_0.00_0.00_0.00_0.00^1.00:Bar", "gross[0]"),
            ("Beleg^.50_0.00_0.00_0.00_0.00^0.50:Bar", "gross[0]"),
            ("Beleg^1.00_-0.00_0.00_0.00_0.00^1.00:Bar", "gross[1]"),
            ("Beleg^1.00_0.00_0.00_0.00_^1.00:Bar", "gross[4]"),
            ("Beleg^3,00.00_0.00_0.00_0.00_0.00^300.00:Bar", "gross[0]"),
            ("Beleg^3000,000.00_0.00_0.00_0.00_0.00^3000000.00:Bar", "gross[0]"),
            ("Beleg^,300.00_0.00_0.00_0.00_0.00^300.00:Bar", "gross[0]"),
            ("Beleg^1 000.00_0.00_0.00_0.00_0.00^1000.00:Bar", "gross[0]"),
            ("Beleg^0,300.00_0.00_0.00_0.00_0.00^300.00:Bar", "gross[0]"),
            ("Beleg^92233720368547758.08_0.00_0.00_0.00_0.00^1.00:Bar", "gross[0]"),
            ("Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Cash", "payments[0]"),
            ("Beleg^1.00_0.00_0.00_0.00_0.00^1.00:bar", "payments[0]"),
            ("Beleg^1.00_0.00_0.00_0.00_0.00^1.00", "payments[0]"),
            ("Beleg^1.00_0.00_0.00_0.00_0.00^Bar:1.00", "payments[0]"),
            ("Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar_", "payments[1]"),
            ("Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar:", "payments[0]"),
            ("Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar:EUR", "payments[0]"),
            ("Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar:usd", "payments[0]"),
            ("Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar:USD:X", "payments[0]"),
            ("Beleg^1.00_0.00_0.00_0.00_0.00^1.0:Bar", "payments[0]"),
            ("Beleg^2.00_0.00_0.00_0.00_0.00^1.00:Unbar_1.00:Bar", "payments[1]"),
            ("Beleg^2.00_0.00_0.00_0.00_0.00^1.00:Bar:CHF_1.00:Bar", "payments[1]"),
            ("Beleg^2.00_0.00_0.00_0.00_0.00^1.00:Bar:USD_1.00:Bar:CHF", "payments[1]"),
        ])
    func refused(text: String, field: String) {
        #expect { try ProcessDataReading(parsing: text) } throws: { ($0 as? InvalidField)?.field == field }
    }

    @Test("sums that the payments do not make up are a problem, and no fault of form")
    func sums() throws {
        let wrong = try ProcessDataReading(parsing: "Beleg^4.06_3.00_0.00_0.00_0.00^7.05:Bar")
        #expect(wrong.isCanonical)
        #expect(wrong.problems.count == 1)
        #expect(wrong.data == nil)
        let foreign = try ProcessDataReading(parsing: "Beleg^4.06_3.00_0.00_0.00_0.00^1.00:Bar_1.00:Bar:CHF")
        #expect(foreign.problems == [])
        let huge = "92233720368547758.07"
        let overflow = try ProcessDataReading(parsing: "Beleg^\(huge)_\(huge)_0.00_0.00_0.00^0.00:Bar")
        #expect(overflow.problems.count == 1)
        let twice = try ProcessDataReading(parsing: "Beleg^2.00_0.00_0.00_0.00_0.00^1.00:Bar_1.00:Bar")
        #expect(twice.problems.count == 1)
        #expect(twice.data?.text == "Beleg^2.00_0.00_0.00_0.00_0.00^2.00:Bar")
    }

    @Test("the vectors at hand", .enabled(if: SharedFixtures.exist, "\(SharedFixtures.absenceText)"))
    func vectors() throws {
        let json = try JSON(parsing: SharedFixtures.bytes("tse/process-data.json"))
        for vector in json["canonical"]?.array ?? [] {
            let text = try #require(vector["s"]?.string)
            let reading = try ProcessDataReading(parsing: text)
            #expect(reading.isCanonical && reading.problems == [], "\(text)")
            #expect(reading.type.rawValue == vector["type"]?.string)
            #expect(reading.gross.all.map(\.text) == vector["gross"]?.array?.compactMap(\.string))
            #expect(reading.data?.text == text)
        }
        for vector in json["lenient"]?.array ?? [] {
            #expect(try !ProcessDataReading(parsing: #require(vector["s"]?.string)).isCanonical)
        }
        for text in (json["reject"]?.array ?? []).compactMap(\.string) {
            #expect(throws: InvalidField.self, "\(text)") { try ProcessDataReading(parsing: text) }
        }
    }
}
