import FiscalCore
import Testing

@Suite struct MoneyTextTests {
    @Test(
        "Amounts of EET's schema are read to the haléř and print the same text",
        arguments: [
            ("0.00", 0), ("0.01", 1), ("-0.01", -1), ("34113.00", 3_411_300), ("-34113.00", -3_411_300),
            ("99999999.99", 9_999_999_999), ("7896.00", 789_600), ("10.10", 1010),
            ("92233720368547758.07", .max), ("-92233720368547758.08", .min),
        ] as [(String, Int64)])
    func read(text: String, minorUnits: Int64) throws {
        let money = try Money(parsing: text, currency: .czk)
        #expect(money == Money(minorUnits: minorUnits, currency: .czk))
        #expect(money.text == text)
        #expect(money.description == text + " CZK")
    }

    @Test(
        "Any other spelling of a number is refused",
        arguments: [
            "-0.00", "020.45", "00.00", ".20", "0.", "100", "1,00", "1.0", "1.000", "+1.00", "1.00 ", " 1.00", "1e2",
            "1e2.00", "1 000.00", "1,000.00", "--1.00", "-", "-.00", ".", "..", "1..0", "1.0.0", "1.00.", "0x1.00",
            "NaN", "inf", "1.٠٠", "１.00", "1.-0", "-1.0-", "1.00\n", "1.00\0", "−1.00",
        ])
    func refused(text: String) {
        expectInvalid("celk_trzba", .pattern) { try Money(parsing: text, currency: .czk, field: "celk_trzba") }
    }

    @Test("An amount beyond 64 bits is refused by its range, an absent one as required")
    func limits() {
        for text in ["92233720368547758.08", "-92233720368547758.09", "100000000000000000000.00"] {
            expectInvalid("amount", .range) { try Money(parsing: text, currency: .czk) }
        }
        expectInvalid("amount", .required) { try Money(parsing: "", currency: .czk) }
    }

    @Test("The number of decimals is the currency's")
    func decimals() throws {
        let yen = try Currency(code: "JPY", minorDigits: 0), dinar = try Currency(code: "BHD", minorDigits: 3)
        #expect(try Money(parsing: "-1500", currency: yen).text == "-1500")
        #expect(try Money(parsing: "0", currency: yen).minorUnits == 0)
        #expect(try Money(parsing: "1.005", currency: dinar).minorUnits == 1005)
        #expect(Money(minorUnits: -5, currency: dinar).text == "-0.005")
        expectInvalid("amount", .pattern) { try Money(parsing: "1.00", currency: yen) }
        expectInvalid("amount", .pattern) { try Money(parsing: "1.", currency: yen) }
        expectInvalid("amount", .pattern) { try Money(parsing: "1.00", currency: dinar) }
    }

    @Test("Every amount comes back from its text, and more than 2^53 kopecks to the last digit (a float would lose it)")
    func roundTrip() throws {
        #expect(Money(minorUnits: 9_007_199_254_740_993, currency: .rub).text == "90071992547409.93")
        var random = SystemRandomNumberGenerator()
        for _ in 0..<5000 {
            let shift = Int.random(in: 0..<64, using: &random)
            let minorUnits = Int64.random(in: .min ... .max, using: &random) >> Int64(shift)
            let money = Money(minorUnits: minorUnits, currency: .kzt)
            #expect(try Money(parsing: money.text, currency: .kzt) == money)
            // Without point and sign the text is the number itself, but for the zeros that a small one has in front.
            let digits = money.text.filter { $0 != "." && $0 != "-" }
            #expect(UInt64(digits) == minorUnits.magnitude)
        }
    }

    @Test("One changed character gives another amount that prints the same, or none")
    func mutations() {
        for text in ["0.50", "-34113.00", "92233720368547758.07"] {
            for mutation in oneCharacterMutations(of: text) {
                if let money = try? Money(parsing: mutation, currency: .eur) { #expect(money.text == mutation) }
            }
        }
    }
}
