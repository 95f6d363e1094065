import FiscalCore
import Testing

@Suite struct NamedZoneTests {
    /// Summer time in the European Union begins and ends at 01:00 UTC on the last Sundays of March and October
    /// (directive 2000/84/EC).
    static let changes = [
        (2016, "2016-03-27", "2016-10-30"), (2019, "2019-03-31", "2019-10-27"), (2024, "2024-03-31", "2024-10-27"),
        (2026, "2026-03-29", "2026-10-25"), (2027, "2027-03-28", "2027-10-31"),
    ]

    @Test("Prague, Warsaw and Berlin change their clocks at 01:00 UTC", arguments: NamedZoneTests.changes)
    func summerTime(year: Int, begin: String, end: String) throws {
        let begins = try #require(OffsetDateTime(iso8601Seconds: begin + "T01:00:00Z")).instant
        let ends = try #require(OffsetDateTime(iso8601Seconds: end + "T01:00:00Z")).instant
        for zone in [NamedZone.prague, .warsaw, .berlin] {
            #expect(zone.offset(at: begins - .milliseconds(1)).text == "+01:00")
            #expect(zone.offset(at: begins).text == "+02:00")
            #expect(zone.offset(at: ends - .milliseconds(1)).text == "+02:00")
            #expect(zone.offset(at: ends).text == "+01:00")
        }
        #expect(OffsetDateTime(begins, zone: NamedZone.prague).iso8601Seconds == begin + "T03:00:00+02:00")
        #expect(OffsetDateTime(ends, zone: NamedZone.prague).iso8601Seconds == end + "T02:00:00+01:00")
    }

    @Test("Moscow and Kazakhstan keep one offset all year; Kazakhstan's moved on 1 March 2024")
    func withoutSummerTime() throws {
        for month in ["01", "07"] {
            let instant = try #require(OffsetDateTime(iso8601Seconds: "2026-\(month)-15T12:00:00Z")).instant
            #expect(NamedZone.moscow.offset(at: instant).text == "+03:00")
            #expect(NamedZone.almaty.offset(at: instant).text == "+05:00")
        }
        let before = try #require(OffsetDateTime(iso8601Seconds: "2024-02-01T00:00:00Z")).instant
        #expect(NamedZone.almaty.offset(at: before).text == "+06:00")
    }

    @Test(
        "Names that the time zone database does not have are refused",
        arguments: ["", "Prague", "CET", "GMT+1", "Europe/Praha", "europe/prague", "Europe/Prague "])
    func unknown(identifier: String) {
        #expect(NamedZone(identifier: identifier) == nil)
    }

    @Test("A zone is known by its name, and extreme instants have an offset too")
    func extremes() throws {
        let zone = try #require(NamedZone(identifier: "Europe/Prague"))
        #expect(zone == .prague)
        #expect(zone.identifier == "Europe/Prague")
        #expect(zone.offset(at: FiscalInstant(millisecondsSinceEpoch: .min)).minutes == 57)
        #expect((60...120).contains(zone.offset(at: FiscalInstant(millisecondsSinceEpoch: .max)).minutes))
        #expect(FixedZone.utc.offset(at: FiscalInstant(millisecondsSinceEpoch: 0)) == .zulu)
    }
}
