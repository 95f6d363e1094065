import FiscalCore
import Testing

@testable import OFDKazProtocol

@Suite("Civil times and instants")
struct CivilZoneInstantTests {
    @Test("What the clocks of Almaty show leads back to the instant, before and after they were set back in 2024")
    func almaty() {
        // 1709229600 is 2024-02-29T18:00:00Z, when Almaty went from +06:00 to +05:00.
        let change: Int64 = 1_709_229_600
        for seconds in [change - 7200, change - 3601, change + 3600, change + 7200, 1_770_000_000] {
            let instant = FiscalInstant(secondsSinceEpoch: seconds)
            let zone = NamedZone.almaty
            #expect(zone.instant(of: zone.seconds(at: instant)) == instant)
        }
        let almaty = NamedZone.almaty.seconds(at: FiscalInstant(secondsSinceEpoch: 1_770_000_000))
        // date -u -d @1770000000 says 2026-02-02 02:40:00.
        #expect(almaty.compactSeconds == "20260202T074000")
    }

    @Test("Parts of a second are left out")
    func wholeSeconds() {
        let time = FixedZone.utc.seconds(at: FiscalInstant(millisecondsSinceEpoch: 1_770_000_000_999))
        #expect(time.nanosecond == 0)
        #expect(time.second == 0)
    }
}
