import FiscalCore
import Testing

@Suite struct FiscalInstantTests {
    @Test("Adding stops at the ends instead of wrapping")
    func additionSaturates() {
        let last = FiscalInstant(millisecondsSinceEpoch: .max)
        let first = FiscalInstant(millisecondsSinceEpoch: .min)
        #expect(last + .milliseconds(1) == last)
        #expect(first + .milliseconds(-1) == first)
        #expect(first - .milliseconds(1) == first)
        #expect(last - .milliseconds(-1) == last)
        #expect(FiscalInstant(millisecondsSinceEpoch: 0) + .seconds(Int64.max) == last)
        #expect(FiscalInstant(millisecondsSinceEpoch: 0) + .seconds(Int64.min + 1) == first)
        #expect(last + .milliseconds(-1) < last)
    }

    @Test("Seconds that do not fit milliseconds stop at the ends")
    func secondsSaturate() {
        #expect(FiscalInstant(secondsSinceEpoch: .max).millisecondsSinceEpoch == .max)
        #expect(FiscalInstant(secondsSinceEpoch: .min).millisecondsSinceEpoch == .min)
        #expect(FiscalInstant(secondsSinceEpoch: -5).millisecondsSinceEpoch == -5000)
    }

    @Test(
        "Whole seconds are rounded towards the past, before 1970 too",
        arguments: [
            (0, 0), (999, 0), (1000, 1), (1999, 1), (-1, -1), (-999, -1), (-1000, -1), (-1001, -2), (-2000, -2),
            (.max, 9_223_372_036_854_775), (.min, -9_223_372_036_854_776),
        ] as [(Int64, Int64)])
    func wholeSeconds(milliseconds: Int64, seconds: Int64) {
        #expect(FiscalInstant(millisecondsSinceEpoch: milliseconds).secondsSinceEpoch == seconds)
    }

    @Test("The difference of two instants is the duration between them, and stops at the ends")
    func differences() {
        let start = FiscalInstant(millisecondsSinceEpoch: 1_000)
        #expect(start + .seconds(3600) - start == .seconds(3600))
        #expect(start - (start + .milliseconds(5)) == .milliseconds(-5))
        let first = FiscalInstant(millisecondsSinceEpoch: .min), last = FiscalInstant(millisecondsSinceEpoch: .max)
        #expect(last - first == .milliseconds(Int64.max))
        #expect(first - last == .milliseconds(Int64.min))
    }

    @Test("Parts of a millisecond do not count")
    func submilliseconds() {
        let start = FiscalInstant(millisecondsSinceEpoch: 7)
        #expect(start + .microseconds(999) == start)
        #expect(start + .microseconds(1999) == FiscalInstant(millisecondsSinceEpoch: 8))
    }

    @Test("CRK's DateTime always has three digits and Z")
    func utcMilliseconds() throws {
        let instant = try #require(FiscalInstant(utcMilliseconds: "2017-02-14T16:50:03.342Z"))
        #expect(instant.millisecondsSinceEpoch == 1_487_091_003_342)
        #expect(instant.utcMilliseconds == "2017-02-14T16:50:03.342Z")
        #expect(FiscalInstant(secondsSinceEpoch: 1_487_091_003).utcMilliseconds == "2017-02-14T16:50:03.000Z")
        #expect(FiscalInstant(millisecondsSinceEpoch: -1).description == "1969-12-31T23:59:59.999Z")
        #expect(FiscalInstant(millisecondsSinceEpoch: .max).utcMilliseconds == "9999-12-31T23:59:59.999Z")
        for wrong in [
            "2017-02-14T16:50:03Z", "2017-02-14T16:50:03.342", "2017-02-14T16:50:03.342+01:00",
            "2017-02-14T16:50:03.342+00:00", "2017-02-14T24:00:00.000Z", "2017-02-14T16:50:03.34Z",
            "2017-02-14T16:50:03.3420Z", "2017-02-29T16:50:03.342Z", "2017-02-14T16:50:03,342Z",
        ] {
            #expect(FiscalInstant(utcMilliseconds: wrong) == nil)
        }
        for mutation in oneCharacterMutations(of: "2017-02-14T16:50:03.342Z") {
            if let instant = FiscalInstant(utcMilliseconds: mutation) { #expect(instant.utcMilliseconds == mutation) }
        }
    }
}
