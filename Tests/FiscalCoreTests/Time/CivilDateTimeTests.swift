import FiscalCore
import Testing

@Suite struct CivilDateTimeTests {
    let day = CivilDate(year: 2026, month: 11, day: 20)

    @Test(
        "A time of day has hours to 23, minutes and seconds to 59",
        arguments: [
            (0, 0, 0, 0, true), (23, 59, 59, 999_999_999, true), (24, 0, 0, 0, false), (-1, 0, 0, 0, false),
            (12, 60, 0, 0, false), (12, -1, 0, 0, false), (12, 0, 60, 0, false), (12, 0, -1, 0, false),
            (12, 0, 0, 1_000_000_000, false), (12, 0, 0, -1, false),
        ])
    func ranges(hour: Int, minute: Int, second: Int, nanosecond: Int, exists: Bool) throws {
        let time = CivilDateTime(
            date: try #require(self.day), hour: hour, minute: minute, second: second, nanosecond: nanosecond)
        #expect((time != nil) == exists)
    }

    @Test("The time in a receipt's QR is read to the minute or to the second, as its spelling says")
    func receiptQR() throws {
        let minutes = try #require(CivilDateTime(compactMinutes: "20200227T1243"))
        #expect(minutes.date == CivilDate(year: 2020, month: 2, day: 27))
        #expect((minutes.hour, minutes.minute, minutes.second) == (12, 43, 0))
        #expect(minutes.compactMinutes == "20200227T1243")
        let seconds = try #require(CivilDateTime(compactSeconds: "20200227T124357"))
        #expect(seconds.second == 57)
        #expect(seconds.compactSeconds == "20200227T124357")
        #expect(CivilDateTime(compactMinutes: "20200227T124357") == nil)
        #expect(CivilDateTime(compactSeconds: "20200227T1243") == nil)
        #expect(CivilDateTime(compactMinutes: "20200227T3333") == nil)
        #expect(CivilDateTime(compactMinutes: "20200227Т1243") == nil, "a Cyrillic T")
    }

    @Test("A changed spelling is another time that prints the same, or none")
    func mutations() {
        for mutation in oneCharacterMutations(of: "20240229T235959") {
            if let time = CivilDateTime(compactSeconds: mutation) { #expect(time.compactSeconds == mutation) }
            if let time = CivilDateTime(compactMinutes: mutation) { #expect(time.compactMinutes == mutation) }
        }
    }

    @Test("Times are ordered down to the nanosecond")
    func order() throws {
        let day = try #require(self.day)
        let times = [
            CivilDateTime(date: day, hour: 0, minute: 59, second: 59, nanosecond: 5),
            CivilDateTime(date: day, hour: 1, minute: 0),
            CivilDateTime(date: day, hour: 1, minute: 0, second: 0, nanosecond: 1),
            CivilDateTime(date: day, hour: 1, minute: 0, second: 1),
            CivilDateTime(date: day, hour: 1, minute: 1),
        ].compactMap { $0 }
        #expect(times.count == 5)
        #expect(times.reversed().sorted() == times)
    }
}
