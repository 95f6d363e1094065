import FiscalCore
import Testing

@Suite struct RoundingTests {
    private func scaled(_ amount: Int64, _ numerator: Int64, _ denominator: Int64, _ rounding: Rounding) throws -> Int64
    {
        try Money(minorUnits: amount, currency: .rub).scaled(by: numerator, over: denominator, rounding: rounding)
            .minorUnits
    }

    @Test("A weighed line is rounded half up to a kopeck: 1.5 × 3.33 is 5.00")
    func weighedLine() throws {
        #expect(try scaled(333, 1500, 1000, .halfUp) == 500)
        #expect(try scaled(333, 1500, 1000, .halfEven) == 500)
        #expect(try scaled(333, 1500, 1000, .down) == 499)
        #expect(try scaled(78_850, 1, 1000, .halfUp) == 79)
        #expect(try scaled(78_850, 1000, 1000, .halfUp) == 78_850)
    }

    @Test(
        "Halves go away from zero, to the even neighbour, or are cut off, alike on both sides of zero",
        arguments: [(1, 1, 0, 0), (3, 2, 2, 1), (5, 3, 2, 2), (7, 4, 4, 3)] as [(Int64, Int64, Int64, Int64)])
    func halves(twice: Int64, up: Int64, even: Int64, down: Int64) throws {
        for sign in [Int64(1), -1] {
            #expect(try scaled(sign * twice, 1, 2, .halfUp) == sign * up)
            #expect(try scaled(sign * twice, 1, 2, .halfEven) == sign * even)
            #expect(try scaled(sign * twice, 1, 2, .down) == sign * down)
            #expect(try scaled(twice, sign, 2, .halfUp) == sign * up)
            #expect(try scaled(twice, 1, sign * 2, .halfEven) == sign * even)
        }
    }

    @Test(
        "By definition: the result is nearest, a half is decided by the rule, and cutting never goes further from zero")
    func definition() throws {
        for denominator in Int64(1)...12 {
            for amount in Int64(-40)...40 {
                for numerator in Int64(-5)...5 {
                    let exact = amount * numerator  // over denominator
                    for rounding in Rounding.allCases {
                        let result = try scaled(amount, numerator, denominator, rounding)
                        let twiceError = 2 * (result * denominator - exact)
                        switch rounding {
                        case .halfUp:
                            #expect(
                                abs(twiceError) < denominator
                                    || (abs(twiceError) == denominator && abs(result * denominator) > abs(exact)))
                        case .halfEven:
                            #expect(
                                abs(twiceError) < denominator || (abs(twiceError) == denominator && result % 2 == 0))
                        case .down:
                            #expect(abs(twiceError) < 2 * denominator && abs(result * denominator) <= abs(exact))
                        }
                    }
                }
            }
        }
    }

    @Test("Only the result must fit, not the product on the way; what does not fit is an error")
    func limits() throws {
        #expect(try scaled(.max, .max, .max, .halfUp) == .max)
        #expect(try scaled(.min, .min, .min, .halfUp) == .min)
        #expect(try scaled(.min, .max, .max, .down) == .min)
        #expect(try scaled(.max, 1, .max, .halfUp) == 1)
        for (amount, numerator, denominator) in [
            (Int64.min, Int64(-1), Int64(1)), (.max, 3, 2), (.max, .max, 1), (.min, .min, 1), (.min, 1, -1),
        ] {
            let error = #expect(throws: MoneyError.self) { try scaled(amount, numerator, denominator, .halfUp) }
            #expect(error?.code == .overflow)
        }
        let error = #expect(throws: MoneyError.self) { try scaled(1, 1, 0, .halfUp) }
        #expect(error?.code == .divisionByZero)
    }
}

@Suite struct RateTests {
    @Test(
        "Percent is read to the thousandth and printed as short as it is exact",
        arguments: [
            ("0", 0, "0"), ("12", 12_000, "12"), ("12.0", 12_000, "12"), ("1.5", 1500, "1.5"), ("10.7", 10_700, "10.7"),
            ("5.5", 5500, "5.5"), ("0.001", 1, "0.001"), ("20.050", 20_050, "20.05"), ("100", 100_000, "100"),
            ("999999.999", 999_999_999, "999999.999"),
        ] as [(String, UInt32, String)])
    func text(text: String, thousandths: UInt32, printed: String) throws {
        let rate = try Rate(percent: text)
        #expect(rate.thousandthsOfPercent == thousandths)
        #expect(rate.percentText == printed)
        #expect(rate.description == printed + " %")
    }

    @Test(
        "Other texts are refused",
        arguments: [
            "", "-1", "+1", "1,5", ".5", "5.", "05", "00", "1.0005", "12 %", "12%", "1e1", "1000000", " 1", "1٠",
        ])
    func refused(text: String) {
        expectInvalid("percent", .pattern) { try Rate(percent: text) }
    }

    @Test("12 % inside 112.00 is 12.00, and on top of 100.00 as well")
    func tax() throws {
        let rate = Rate(thousandthsOfPercent: 12_000)
        let gross = Money(minorUnits: 11_200, currency: .kzt), net = Money(minorUnits: 10_000, currency: .kzt)
        #expect(try rate.tax(insideGross: gross, rounding: .halfUp).text == "12.00")
        #expect(try rate.tax(onNet: net, rounding: .halfUp).text == "12.00")
        #expect(try rate.tax(onNet: Money(minorUnits: 1, currency: .kzt), rounding: .halfUp).text == "0.00")
        #expect(try rate.tax(onNet: Money(minorUnits: -1254, currency: .kzt), rounding: .halfUp).text == "-1.50")
    }

    @Test("Net and its tax make up the gross again for the rates of the five countries")
    func netAndTax() throws {
        for percent in ["5", "7", "8", "10", "10.7", "12", "15", "16", "19", "20", "21", "22", "23"] {
            let rate = try Rate(percent: percent)
            for minorUnits in stride(from: Int64(-5000), to: 5000, by: 7) {
                let gross = Money(minorUnits: minorUnits, currency: .eur)
                let tax = try rate.tax(insideGross: gross, rounding: .halfUp)
                let again = try rate.tax(onNet: try gross - tax, rounding: .halfUp)
                // The tax was rounded by half a cent at most, so the tax on the net that is left differs by one.
                #expect(abs(again.minorUnits - tax.minorUnits) <= 1)
            }
        }
    }
}
