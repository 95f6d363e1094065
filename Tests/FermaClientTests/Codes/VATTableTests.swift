import FermaClient
import FiscalCore
import Testing

@Suite("The rates of VAT and their three numberings")
struct VATTableTests {
    /// Rate, number in the source document, number of CheckOnline, tag 1199, and the sum of which 10.00 or 5.00 or 7.00
    /// or 20.00 is VAT.
    private static let rows: [(VAT, Int64, Int64, Int64, sum: Int64, tax: Int64)] = [
        (.exempt, 1, 4, 6, 12345, 0), (.rate10, 2, 2, 2, 11000, 1000), (.rate20, 3, 1, 1, 12000, 2000),
        (.rate0, 4, 3, 5, 12345, 0), (.calculated10, 5, 6, 4, 11000, 1000), (.calculated20, 6, 5, 3, 12000, 2000),
        (.rate5, 7, 7, 7, 10500, 500), (.rate7, 8, 8, 8, 10700, 700), (.calculated5, 9, 9, 9, 10500, 500),
        (.calculated7, 10, 10, 10, 10700, 700),
    ]

    @Test("Ten rates, numbered as in table 1, in the CheckOnline protocol and in the fiscal document")
    func numbers() throws {
        #expect(VATTable.standard.rows.count == 10)
        for (vat, ferma, native, tag, _, _) in Self.rows {
            #expect(vat.number(.ferma) == ferma)
            #expect(vat.number(.nativeCheckOnline) == native)
            #expect(VATTable.standard[vat]?.tag1199 == tag)
            #expect(VATTable.standard.vat(number: ferma, .ferma) == vat)
            #expect(VATTable.standard.vat(number: native, .nativeCheckOnline) == vat)
        }
        for number in [-1, 0, 11, 12, Int64.max] {
            #expect(VATTable.standard.vat(number: number, .ferma) == nil)
            #expect(VATTable.standard.vat(number: number, .nativeCheckOnline) == nil)
        }
    }

    @Test("Each rate takes its part out of a sum; exempt and 0 % are two rates without tax")
    func tax() throws {
        for (vat, _, _, _, sum, tax) in Self.rows {
            let row = try #require(VATTable.standard[vat])
            let inside = try row.tax(insideSum: Money(minorUnits: sum, currency: .rub))
            #expect(inside == Money(minorUnits: tax, currency: .rub), "\(vat)")
        }
        #expect(VATTable.standard[.exempt]?.rate == nil)
        #expect(VATTable.standard[.rate0]?.rate == Rate(thousandthsOfPercent: 0))
        let calculated = VATTable.standard.rows.filter(\.isCalculated).map(\.vat)
        #expect(calculated == [.calculated10, .calculated20, .calculated5, .calculated7])
    }

    @Test("The four rates of edition 1.7 hold since 2025")
    func validity() throws {
        let before = try #require(CivilDate(year: 2024, month: 12, day: 31))
        let since = try #require(CivilDate(year: 2025, month: 1, day: 1))
        let new = VATTable.standard.rows.filter { !$0.isValid(on: before) }.map(\.fermaNumber)
        #expect(new == [7, 8, 9, 10])
        #expect(VATTable.standard.rows.allSatisfy { $0.isValid(on: since) })
        var ended = VATTable.standard.rows[2]
        ended.validThrough = before
        #expect(ended.isValid(on: before) && !ended.isValid(on: since))
    }

    @Test("A rate of tomorrow is a row, not a change of code")
    func oneMoreRow() throws {
        let table = VATTable.standard.adding(
            VATTable.Row(
                vat: .raw(11), fermaNumber: 11, nativeNumber: 11, tag1199: 11,
                rate: Rate(thousandthsOfPercent: 22_000), isCalculated: false, words: "НДС 22%"))
        #expect(table.rows.count == 11)
        #expect(table.vat(number: 11, .ferma) == .raw(11))
        #expect(VAT.raw(11).number(.ferma) == 11)
        let row = try #require(table[.raw(11)])
        #expect(try row.tax(insideSum: Money(minorUnits: 12200, currency: .rub)).minorUnits == 2200)
        #expect(VATTable.standard[.raw(11)] == nil)
    }
}
