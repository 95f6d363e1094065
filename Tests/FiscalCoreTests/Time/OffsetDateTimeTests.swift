import FiscalCore
import Foundation
import Testing

@Suite struct OffsetDateTimeTests {
    @Test(
        "EET's spelling is read and written back letter for letter; the instants are GNU date's",
        arguments: [
            ("2016-08-05T00:30:12+02:00", 1_470_349_812), ("2016-11-09T04:25:28+01:00", 1_478_661_928),
            ("2019-08-11T15:36:14+02:00", 1_565_530_574), ("2021-09-07T05:07:09Z", 1_630_991_229),
            ("2021-09-07T05:07:09+00:00", 1_630_991_229), ("2021-09-07T05:07:09-00:00", 1_630_991_229),
            ("2000-02-29T23:59:59-14:00", 951_919_199), ("2000-02-29T23:59:59+14:00", 951_818_399),
            ("1969-12-31T23:59:59Z", -1), ("0001-01-01T00:00:00Z", -62_135_596_800),
            ("9999-12-31T23:59:59Z", 253_402_300_799), ("2024-01-01T00:00:00-05:30", 1_704_087_000),
        ] as [(String, Int64)])
    func seconds(text: String, epoch: Int64) throws {
        let time = try #require(OffsetDateTime(iso8601Seconds: text))
        #expect(time.iso8601Seconds == text)
        #expect(time.instant == FiscalInstant(secondsSinceEpoch: epoch))
    }

    @Test(
        "What is not exactly EET's spelling of a real time is refused",
        arguments: [
            "2016-11-09T04:2528+01:00",  // the slip in the module's documentation
            "2016-11-09T04:25:28", "2016-11-09T04:25:28.0+01:00", "2016-11-09T04:25:28.+01:00",
            "2016-11-09T04:25+01:00", "2016-11-09 04:25:28+01:00", "2016-11-09t04:25:28+01:00",
            "2016-11-09T04:25:28z", "2016-11-09T04:25:28+0100", "2016-11-09T04:25:28+01", "2016-11-09T04:25:28+1:00",
            "2016-11-09T04:25:28+01:60", "2016-11-09T04:25:28+14:01", "2016-11-09T04:25:28-14:01",
            "2016-11-09T04:25:28+15:00", "2016-11-09T24:00:00+01:00", "2016-11-09T04:25:60+01:00",
            "2016-11-09T04:60:28+01:00", "2015-02-29T04:25:28+01:00", "2016-11-31T04:25:28+01:00",
            "2016-13-09T04:25:28+01:00", "2016-00-09T04:25:28+01:00", "2016-11-00T04:25:28+01:00",
            "0000-11-09T04:25:28+01:00", "-2016-11-09T04:25:28+01:00", "12016-11-09T04:25:28+01:00",
            "216-11-09T04:25:28+01:00", "2016-11-09T04:25:28+01:00 ", " 2016-11-09T04:25:28+01:00",
            "2016-11-09T04:25:28Z+01:00", "2016-11-09T04:25:28\u{2212}01:00", "", "Z", "2016-11-09T04:25:2８+01:00",
        ])
    func refused(text: String) {
        #expect(OffsetDateTime(iso8601Seconds: text) == nil)
    }

    @Test(
        "One changed character gives another time that prints the same, or none",
        arguments: ["2024-02-29T23:59:59+14:00", "2016-08-05T00:30:12-00:00", "2021-09-07T05:07:09Z"])
    func mutations(text: String) {
        for mutation in oneCharacterMutations(of: text) {
            guard let time = OffsetDateTime(iso8601Seconds: mutation) else { continue }
            #expect(time.iso8601Seconds == mutation)
        }
    }

    @Test("Z, +00:00 and -00:00 mean one instant but stay what they were, because codes are signed over the text")
    func zeroOffsets() throws {
        let times = try ["Z", "+00:00", "-00:00"].map {
            try #require(OffsetDateTime(iso8601Seconds: "2021-09-07T05:07:09" + $0))
        }
        #expect(Set(times).count == 3)
        #expect(Set(times.map(\.instant)).count == 1)
        #expect(times[0].offset == .zulu)
        #expect(times[1].offset == .zero)
    }

    @Test("The TSE service's seven digits survive, with the offset and the instant to the millisecond")
    func ticks() throws {
        let text = "2021-09-07T07:07:09.5139728+02:00"
        let time = try #require(OffsetDateTime(iso8601Ticks: text))
        #expect(time.civil.nanosecond == 513_972_800)
        #expect(time.offset.minutes == 120)
        #expect(time.instant.millisecondsSinceEpoch == 1_630_991_229_513)
        #expect(time.iso8601Ticks == text)
        #expect(OffsetDateTime(iso8601Ticks: "2023-05-04T15:41:54.0639654+02:00")?.civil.nanosecond == 63_965_400)
        for mutation in oneCharacterMutations(of: text) {
            if let time = OffsetDateTime(iso8601Ticks: mutation) { #expect(time.iso8601Ticks == mutation) }
        }
        for wrong in [
            "2021-09-07T07:07:09.513972+02:00", "2021-09-07T07:07:09.51397280+02:00", "2021-09-07T07:07:09+02:00",
        ] {
            #expect(OffsetDateTime(iso8601Ticks: wrong) == nil)
        }
    }

    @Test("A lenient reader takes as many digits as it is told to, up to nine")
    func fractionDigits() {
        func nanosecond(_ fraction: String, _ range: ClosedRange<Int>) -> Int? {
            OffsetDateTime(iso8601: "2020-01-01T00:00:00\(fraction)Z", fractionDigits: range)?.civil.nanosecond
        }
        #expect(nanosecond("", 0...9) == 0)
        #expect(nanosecond(".5", 0...9) == 500_000_000)
        #expect(nanosecond(".000000001", 0...9) == 1)
        #expect(nanosecond(".0000000001", 0...9) == nil)
        #expect(nanosecond(".0000000001", 0...99) == nil)
        #expect(nanosecond(".", 0...9) == nil)
        #expect(nanosecond("", 1...9) == nil)
        #expect(nanosecond(".12", 3...9) == nil)
    }

    @Test("Digits that do not fit a spelling are cut off, never rounded into the next second")
    func cutting() throws {
        let time = try #require(OffsetDateTime(iso8601: "2020-12-31T23:59:59.999999999Z", fractionDigits: 9...9))
        #expect(time.iso8601Seconds == "2020-12-31T23:59:59Z")
        #expect(time.iso8601(fractionDigits: 3) == "2020-12-31T23:59:59.999Z")
        #expect(time.iso8601(fractionDigits: 99) == "2020-12-31T23:59:59.999999999Z")
        #expect(time.iso8601(fractionDigits: -1) == "2020-12-31T23:59:59Z")
        #expect(time.instant.millisecondsSinceEpoch == 1_609_459_199_999)
    }

    @Test("An instant, a zone's clock and back: the same instant, in any year, on any clock")
    func roundTrip() throws {
        let zones = try [-840, -330, -1, 0, 1, 60, 120, 345, 840].map {
            FixedZone(try #require(UTCOffset(minutes: $0)))
        }
        // Steps that meet all hours, month ends and centuries: some 13 days and odd milliseconds apart.
        for milliseconds in stride(from: Int64(-62_130_000_000_000), to: 253_402_000_000_000, by: 1_123_456_789_123) {
            let instant = FiscalInstant(millisecondsSinceEpoch: milliseconds)
            for zone in zones {
                let time = OffsetDateTime(instant, zone: zone)
                #expect(time.instant == instant)
                #expect(OffsetDateTime(iso8601: time.iso8601(fractionDigits: 3), fractionDigits: 3...3) == time)
            }
        }
    }

    @Test("Random times of 1900 to 2100 are the ones Foundation prints")
    func foundationPrints() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let seconds = Int64.random(in: -2_208_988_800...4_102_444_799, using: &random)
            let oracle = Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601)
            let ours = OffsetDateTime(FiscalInstant(secondsSinceEpoch: seconds), zone: FixedZone.utc).iso8601Seconds
            #expect(ours == oracle)
        }
    }

    @Test("Instants beyond the calendar stop at its ends instead of trapping")
    func saturation() throws {
        for zone in [
            FixedZone(try #require(UTCOffset(minutes: 840))), FixedZone(try #require(UTCOffset(minutes: -840))),
        ] {
            let last = OffsetDateTime(FiscalInstant(millisecondsSinceEpoch: .max), zone: zone)
            #expect(last.iso8601(fractionDigits: 3).hasPrefix("9999-12-31T23:59:59.999"))
            let first = OffsetDateTime(FiscalInstant(millisecondsSinceEpoch: .min), zone: zone)
            #expect(first.iso8601(fractionDigits: 3).hasPrefix("0001-01-01T00:00:00.000"))
        }
    }

    @Test("The description is the shortest spelling that loses nothing")
    func description() throws {
        for text in [
            "2020-01-01T00:00:00Z", "2020-01-01T00:00:00.100Z", "2020-01-01T00:00:00.000001Z",
            "2020-01-01T00:00:00.123456700+01:00",
        ] {
            #expect(try #require(OffsetDateTime(iso8601: text, fractionDigits: 0...9)).description == text)
        }
    }
}

@Suite struct UTCOffsetTests {
    @Test("All offsets of whole minutes within 14 hours are written with sign and two digits each, and read back")
    func everyMinute() throws {
        for minutes in -840...840 {
            let offset = try #require(UTCOffset(minutes: minutes))
            #expect(UTCOffset(offset.text) == offset)
            #expect(offset.text.utf8.count == 6)
            #expect(offset.description == offset.text)
        }
        #expect(UTCOffset(minutes: 841) == nil)
        #expect(UTCOffset(minutes: -841) == nil)
        #expect(UTCOffset(minutes: .min) == nil)
        #expect(UTCOffset(minutes: 90)?.text == "+01:30")
        #expect(UTCOffset(minutes: -570)?.text == "-09:30")
    }
}
