import FiscalCore
import TSEOffline
import Testing

@Suite("Times of the fiscal service") struct ServiceTimeTests {
    @Test("seven digits and the offset are kept")
    func sample() throws {
        let time = try #require(ServiceTime("2021-09-07T07:07:09.5139728+02:00"))
        #expect(time.isExact)
        #expect(time.text == "2021-09-07T07:07:09.5139728+02:00")
        #expect(time.time.civil.nanosecond == 513_972_800)
        #expect(time.time.offset.minutes == 120)
        // 2021-09-07T05:07:09Z by `date -d … +%s`.
        #expect(time.secondsSinceEpoch == 1_630_991_229)
        #expect(ServiceTime(time.time) == time)
    }

    @Test("the difference is exact, whatever the offsets")
    func difference() throws {
        let start = try #require(ServiceTime("2021-09-07T07:07:09.5139728+02:00"))
        let end = try #require(ServiceTime("2021-09-07T05:07:09.7981746Z"))
        #expect(end - start == .nanoseconds(284_201_800))
        #expect(start - end == .nanoseconds(-284_201_800))
        let before = try #require(ServiceTime("1969-12-31T23:59:59.9999999Z"))
        let after = try #require(ServiceTime("1970-01-01T00:00:00.0000001Z"))
        #expect(after - before == .nanoseconds(200))
        #expect(before.secondsSinceEpoch == -1)
    }

    @Test("an instant of the host has four zeros at the end")
    func fromInstant() throws {
        let instant = FiscalInstant(millisecondsSinceEpoch: 1_630_991_229_513)
        #expect(ServiceTime(instant, zone: FixedZone.utc).text == "2021-09-07T05:07:09.5130000Z")
        let zone = FixedZone(try #require(UTCOffset(minutes: 120)))
        #expect(ServiceTime(instant, zone: zone).text == "2021-09-07T07:07:09.5130000+02:00")
    }

    @Test("fewer and more digits are read and told apart; other texts are not read")
    func otherForms() {
        for text in ["2021-09-07T07:07:09+02:00", "2021-09-07T07:07:09.5Z", "2021-09-07T07:07:09.123456789Z"] {
            #expect(ServiceTime(text)?.isExact == false)
            #expect(ServiceTime(text)?.text == text)
        }
        let others = [
            "", "2021-09-07", "2021-09-07 07:07:09.5139728+02:00", "2021-09-07T07:07:09.5139728",
            "2021-09-31T07:07:09.5139728Z", "2021-09-07T07:07:09.1234567890Z", "2021-09-07T07:07:09.5139728+02:00 ",
        ]
        for text in others { #expect(ServiceTime(text) == nil, "\(text)") }
    }
}
