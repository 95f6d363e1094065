import FermaClient
import FiscalCore
import FiscalTestSupport
import Testing

@Suite("Requests of the shared samples")
struct FermaFixtureRequestTests {
    @Test(
        "Each has the issues and the total that stand beside it",
        .enabled(if: SharedFixtures.exist, "\(SharedFixtures.absenceText)"))
    func requests() throws {
        let cases = try #require(try JSON(parsing: SharedFixtures.bytes("ferma/requests.json"))["cases"]?.array)
        #expect(cases.count >= 12)
        for sample in cases {
            let request = try #require(sample["json"])
            let dialect: FermaDialect = sample["dialect"]?.string == "native" ? .nativeCheckOnline : .ferma
            let report = RequestReport(checking: request, dialect: dialect)
            let expected = try #require(sample["expect"]?["issues"]?.array).compactMap(\.string)
            #expect(Set(report.issues.map(\.rawValue)) == Set(expected), "\(sample["id"]?.string ?? "")")
            if let total = sample["expect"]?["totalKopecks"]?.integer { #expect(report.totalKopecks == total) }
        }
    }

    @Test("Lines cost what stands beside them", .enabled(if: SharedFixtures.exist, "\(SharedFixtures.absenceText)"))
    func lines() throws {
        let sample = try JSON(parsing: SharedFixtures.bytes("ferma/line-totals.json"))
        let exact = try #require(sample["exact"]?.array).map { $0.array?.compactMap(\.integer) ?? [] }
        for line in exact {
            try #require(line.count == 3)
            let price = Money(minorUnits: line[0], currency: .rub), quantity = Quantity(thousandths: line[1])
            #expect(try LineArithmetic.total(price: price, quantity: quantity).minorUnits == line[2])
            #expect(LineArithmetic.isExact(price: price, quantity: quantity))
        }
        for line in try #require(sample["inexact"]?.array) {
            let price = Money(minorUnits: try #require(line["price"]?.integer), currency: .rub)
            let quantity = Quantity(thousandths: try #require(line["qty"]?.integer))
            #expect(!LineArithmetic.isExact(price: price, quantity: quantity))
        }
    }

    @Test(
        "The rebuilt tables agree with the shared ones",
        .enabled(if: SharedFixtures.exist, "\(SharedFixtures.absenceText)"))
    func tables() throws {
        let tables = try JSON(parsing: SharedFixtures.bytes("ferma/tables.json"))
        func numbers(_ name: String) -> [Int64] {
            (tables[name]?.members ?? []).compactMap { Int64($0.name) }.sorted()
        }
        #expect(numbers("taxMode") == TaxMode.allCases.map(\.rawValue))
        #expect(numbers("payAttribute") == PayAttribute.allCases.map(\.rawValue))
        #expect(numbers("lineAttribute") == LineAttribute.allCases.map(\.rawValue))
        #expect(numbers("documentType") == DocumentType.all.map(\.rawValue))
        let wordings = try #require(tables["nonOperatingIncome"]?.members)
        #expect(wordings.count == 31)
        for row in wordings {
            let number = try #require(Int(row.name))
            #expect(NonOperatingIncome.standard.label(for: number) == row.value.string)
        }
        let names: [String: VAT] = [
            "none": .exempt, "0": .rate0, "5": .rate5, "7": .rate7, "10": .rate10, "20": .rate20,
            "5/105": .calculated5, "7/107": .calculated7, "10/110": .calculated10, "20/120": .calculated20,
        ]
        let numberings: [(String, (VATTable.Row) -> Int64)] = [
            ("ferma", { $0.fermaNumber }), ("nativeCheckOnline", { $0.nativeNumber }), ("ffd1199", { $0.tag1199 }),
        ]
        for (numbering, number) in numberings {
            for row in tables["taxId"]?[numbering]?.members ?? [] {
                guard let vat = names[row.value.string ?? ""] else { continue }
                let known = try #require(VATTable.standard[vat])
                #expect(number(known) == Int64(row.name), "\(numbering) \(row.name)")
            }
        }
    }
}
