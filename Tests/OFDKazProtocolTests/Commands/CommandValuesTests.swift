import FiscalCore
import OFDKazProtocol
import Testing

@Suite("The values of the other commands")
struct CommandValuesTests {
    private let cashier = Operator(code: 1, name: "Кассир")
    private let sum = Money(minorUnits: 100_05, currency: .kzt)

    @Test("Cash goes in or out, and nowhere else")
    func placements() throws {
        for operation in MoneyPlacementType.allCases {
            #expect(try MoneyPlacement(operation: operation, sum: self.sum, operator: self.cashier).sum == self.sum)
        }
        #expect(throws: InvalidField("money_placement.operation", .oneOf, limit: "0, 1")) {
            try MoneyPlacement(operation: .init(rawValue: 2), sum: self.sum, operator: self.cashier)
        }
        #expect(throws: InvalidField("money_placement.sum", .range, limit: "not negative")) {
            try MoneyPlacement(
                operation: .deposit, sum: Money(minorUnits: -1, currency: .kzt), operator: self.cashier)
        }
        #expect(throws: InvalidField("money_placement.sum", .oneOf, limit: "KZT")) {
            try MoneyPlacement(operation: .deposit, sum: .zero(.eur), operator: self.cashier)
        }
    }

    @Test("An operator's code has 31 bits")
    func operators() throws {
        let far = Operator(code: 2_147_483_648)
        #expect(throws: InvalidField("money_placement.operator.code", .range, limit: "0...2147483647")) {
            try MoneyPlacement(operation: .deposit, sum: self.sum, operator: far)
        }
        #expect(throws: InvalidField("close_shift.operator.code", .range, limit: "0...2147483647")) {
            try CloseShift(operator: far)
        }
        #expect(try CloseShift(operator: Operator(code: 2_147_483_647)).withdrawsMoney == false)
    }

    @Test("Only X and Z are reports")
    func reports() throws {
        #expect(try ReportRequest(.x) == .x)
        #expect(try ReportRequest(.z) == .z)
        #expect(throws: InvalidField("report.report", .oneOf, limit: "0, 1")) {
            try ReportRequest(ReportType(rawValue: 2))
        }
    }

    @Test("A version of the list of goods has 31 bits, and 0 stands for none")
    func nomenclature() throws {
        #expect(try NomenclatureLoad().currentVersion == 0)
        #expect(throws: InvalidField("nomenclature.current_version", .range, limit: "0...2147483647")) {
            try NomenclatureLoad(currentVersion: 2_147_483_648)
        }
    }

    @Test("No text of a sign-in shows the login or the password")
    func credentials() throws {
        let credentials = try Credentials(login: "kassa-login", password: "secret-word")
        var dumped = ""
        dump(credentials, to: &dumped)
        dump(["credentials": credentials], to: &dumped)
        for text in ["\(credentials)", String(reflecting: credentials), dumped, "\([credentials])"] {
            #expect(!text.contains("kassa-login"))
            #expect(!text.contains("secret-word"))
        }
        #expect("\(credentials)" == "Credentials(redacted)")
    }

    @Test("A sign-in has both parts, and the error tells neither")
    func emptyCredentials() {
        #expect(throws: InvalidField("auth.login", .length, limit: "not empty")) {
            try Credentials(login: "", password: "secret-word")
        }
        #expect(throws: InvalidField("auth.password", .length, limit: "not empty")) {
            try Credentials(login: "kassa-login", password: "")
        }
    }

    @Test("An offline period never ends before it begins")
    func offlinePeriod() throws {
        let day = try #require(CivilDate(year: 2026, month: 1, day: 2))
        let early = try #require(CivilDateTime(date: day, hour: 3, minute: 4, second: 5))
        let late = try #require(CivilDateTime(date: day, hour: 3, minute: 4, second: 6))
        #expect(OfflinePeriod(beginTime: early, endTime: late).endTime == late)
        #expect(OfflinePeriod(beginTime: late, endTime: early).endTime == late)
    }
}
