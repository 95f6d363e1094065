import FiscalCore
import OFDKazProtocol
import Testing

@Suite("Amounts, times and codes between the wire and our values")
struct WireValuesTests {
    @Test(
        "10.05 tenge are 10 bills and 5 coins, and 0 is written as 0",
        arguments: [(1005, 10, 5), (0, 0, 0), (99, 0, 99), (100, 1, 0), (.max, 92_233_720_368_547_758, 7)]
            as [(Int64, UInt64, UInt32)])
    func amounts(tiyn: Int64, bills: UInt64, coins: UInt32) throws {
        let pb = try #require(PBMoney(Money(minorUnits: tiyn, currency: .kzt)))
        #expect(pb.hasBills && pb.hasCoins)
        #expect(pb.bills == bills)
        #expect(pb.coins == coins)
        #expect(pb.money == Money(minorUnits: tiyn, currency: .kzt))
    }

    @Test("An amount without a sign on the wire is never negative, and never of another currency")
    func unfitAmounts() {
        #expect(PBMoney(Money(minorUnits: -1, currency: .kzt)) == nil)
        #expect(PBMoney(Money(minorUnits: 1, currency: .czk)) == nil)
        #expect(throws: InvalidField("sum", .range, limit: "not negative")) {
            try PBMoney(Money(minorUnits: .min, currency: .kzt), field: "sum")
        }
        #expect(throws: InvalidField("sum", .oneOf, limit: "KZT")) {
            try PBMoney(Money(minorUnits: 1, currency: .eur), field: "sum")
        }
    }

    @Test("A peer's amount counts as it can be understood; one that does not fit is none")
    func peersAmounts() {
        var pb = PBMoney()
        #expect(pb.tiyn == 0)
        pb.coins = 250
        #expect(pb.tiyn == 250)
        // 2^64 tiyn are 184,467,440,737,095,516 tenge and 16 tiyn: one less fits the wire, but not `Money`.
        pb.bills = 184_467_440_737_095_516
        pb.coins = 15
        #expect(pb.tiyn == .max)
        #expect(pb.money == nil)
        pb.coins = 16
        #expect(pb.tiyn == nil)
        pb.bills = .max
        pb.coins = .max
        #expect(pb.tiyn == nil)
        #expect(pb.money == nil)
    }

    @Test("A time travels with its second, and without one when it is not known")
    func times() throws {
        let date = try #require(CivilDate(year: 2026, month: 1, day: 2))
        let whole = try #require(CivilDateTime(date: date, hour: 3, minute: 4, second: 0, nanosecond: 9))
        #expect(PBDateTime(whole).time.hasSecond)
        #expect(PBDateTime(whole).civil == CivilDateTime(date: date, hour: 3, minute: 4, second: 0))

        let short = try #require(DateTime(date: date, hour: 3, minute: 4))
        let pb = PBDateTime(short)
        #expect(!pb.time.hasSecond)
        #expect(pb.dateTime == short)
        #expect(pb.dateTime != PBDateTime(whole).dateTime)
        #expect(pb.civil == PBDateTime(whole).civil)
    }

    @Test(
        "A peer's time that is none is absent, whatever its numbers",
        arguments: [
            (2026, 2, 29, 0, 0, 0), (2026, 0, 1, 0, 0, 0), (0, 1, 1, 0, 0, 0), (2026, 1, 1, 24, 0, 0),
            (2026, 1, 1, 0, 60, 0), (2026, 1, 1, 0, 0, 60), (.max, .max, .max, .max, .max, .max),
        ] as [(UInt32, UInt32, UInt32, UInt32, UInt32, UInt32)])
    func impossibleTimes(parts: (UInt32, UInt32, UInt32, UInt32, UInt32, UInt32)) {
        var pb = PBDateTime()
        pb.date.year = parts.0
        pb.date.month = parts.1
        pb.date.day = parts.2
        pb.time.hour = parts.3
        pb.time.minute = parts.4
        pb.time.second = parts.5
        #expect(pb.dateTime == nil)
        #expect(pb.civil == nil)
    }

    @Test("A time without an hour or a minute is none")
    func missingParts() {
        var pb = PBDateTime()
        pb.date.year = 2026
        pb.date.month = 1
        pb.date.day = 1
        #expect(pb.dateTime == nil)
        pb.time.hour = 0
        #expect(pb.dateTime == nil)
        pb.time.minute = 0
        #expect(pb.dateTime != nil)
    }

    @Test(
        "A code that the table lacks keeps its number in both directions",
        arguments: [0, 3, 4, 127, 2_147_483_647, 2_147_483_648, .max] as [UInt32])
    func codes(number: UInt32) {
        #expect(OperationType(OperationType(rawValue: number).pb).rawValue == number)
        #expect(PaymentType(PaymentType(rawValue: number).pb).rawValue == number)
        #expect(CommandType(CommandType(rawValue: number).pb).rawValue == number)
        #expect(ItemType(ItemType(rawValue: number).pb).rawValue == number)
        #expect(TaxType(TaxType(rawValue: number).pb).rawValue == number)
    }

    @Test("The codes of the table are the cases of the schema")
    func namedCodes() {
        #expect(OperationType.allCases.map(\.pb) == PBOperationTypeEnum.allCases)
        #expect(PaymentType.allCases.map(\.pb) == PBPaymentTypeEnum.allCases)
        #expect(CommandType.allCases.map(\.pb) == PBCommandTypeEnum.allCases)
        #expect(DomainType.allCases.map(\.pb) == PBDomainTypeEnum.allCases)
        #expect(ReportType.allCases.map(\.pb) == PBReportTypeEnum.allCases)
        #expect(MoneyPlacementType.allCases.map(\.pb) == PBMoneyPlacementEnum.allCases)
        #expect(TicketAdType.allCases.map(\.pb) == PBTicketAdTypeEnum.allCases)
        // The document has no value 0 for these.
        #expect(ItemType.allCases.map(\.pb) == Array(PBTicketRequest.Item.ItemTypeEnum.allCases.dropFirst()))
        #expect(UserRole.allCases.map(\.pb) == Array(PBUserRoleEnum.allCases.dropFirst()))
        #expect(TaxType.allCases.map(\.pb) == Array(PBTaxTypeEnum.allCases.dropFirst()))
        #expect(TaxationType.allCases.map(\.pb) == Array(PBTaxationTypeEnum.allCases.dropFirst()))
    }
}
