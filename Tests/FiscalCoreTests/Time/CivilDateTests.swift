import FiscalCore
import Foundation
import Testing

@Suite struct CivilDateTests {
    @Test(
        "Only days of the calendar exist",
        arguments: [
            (2024, 2, 29, true), (2023, 2, 29, false), (2000, 2, 29, true), (1900, 2, 29, false), (2100, 2, 29, false),
            (2024, 2, 30, false), (2024, 4, 30, true), (2024, 4, 31, false), (2024, 6, 31, false), (2024, 9, 31, false),
            (2024, 11, 31, false), (2024, 12, 31, true), (2024, 1, 32, false), (2024, 1, 0, false), (2024, 0, 1, false),
            (2024, 13, 1, false), (0, 1, 1, false), (1, 1, 1, true), (9999, 12, 31, true), (10000, 1, 1, false),
            (-1, 1, 1, false), (2024, -1, 1, false), (2024, 1, -1, false), (.max, 1, 1, false), (2024, .max, 1, false),
        ])
    func calendar(year: Int, month: Int, day: Int, exists: Bool) {
        #expect((CivilDate(year: year, month: month, day: day) != nil) == exists)
    }

    @Test("Every day of 1970 to 2100 is the one that Foundation's calendar counts")
    func walkWithFoundation() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        for count in 0..<47_847 {  // to the end of 2100
            let oracle = calendar.dateComponents(
                [.year, .month, .day], from: Date(timeIntervalSince1970: TimeInterval(count) * 86_400))
            let date = try #require(CivilDate(daysSinceEpoch: count))
            guard date.year == oracle.year, date.month == oracle.month, date.day == oracle.day else {
                Issue.record("day \(count): \(date) is not \(oracle)")
                return
            }
            #expect(date.daysSinceEpoch == count)
        }
        #expect(CivilDate(daysSinceEpoch: 47_846) == CivilDate(year: 2100, month: 12, day: 31))
    }

    @Test("From 0001-01-01 to 9999-12-31 every day follows the one before, and nothing lies outside")
    func walkEverything() throws {
        // 3,652,059 days from 0001-01-01 to 9999-12-31, as Python's datetime.date.max.toordinal() says.
        let first = -719_162
        let last = first + 3_652_059 - 1
        var expected = (year: 1, month: 1, day: 1)
        for count in first...last {
            let date = try #require(CivilDate(daysSinceEpoch: count))
            guard (date.year, date.month, date.day) == expected, date.daysSinceEpoch == count else {
                Issue.record("day \(count): \(date), expected \(expected)")
                return
            }
            // The next day by the calendar's own rule: the day after exists, or the month after, or the year after.
            expected.day += 1
            if CivilDate(year: expected.year, month: expected.month, day: expected.day) == nil {
                expected = (expected.year, expected.month + 1, 1)
                if expected.month == 13 { expected = (expected.year + 1, 1, 1) }
            }
        }
        #expect(expected == (10_000, 1, 1))
        #expect(CivilDate(daysSinceEpoch: first - 1) == nil)
        #expect(CivilDate(daysSinceEpoch: last + 1) == nil)
        #expect(CivilDate(daysSinceEpoch: .min) == nil)
        #expect(CivilDate(daysSinceEpoch: .max) == nil)
    }

    @Test("Dates are ordered as the calendar orders them")
    func order() throws {
        let dates = [-800, -1, 0, 30, 31, 365, 366, 20_000].compactMap { CivilDate(daysSinceEpoch: $0) }
        #expect(dates.count == 8)
        #expect(dates.shuffled().sorted() == dates)
    }

    @Test("A register's two-digit year is one of the two thousands; zeros are no date")
    func twoDigitYear() {
        #expect(CivilDate(yearOf2000s: 20, month: 2, day: 27) == CivilDate(year: 2020, month: 2, day: 27))
        #expect(CivilDate(yearOf2000s: 0, month: 0, day: 0) == nil)
        #expect(CivilDate(yearOf2000s: 0, month: 2, day: 29) != nil)
        #expect(CivilDate(yearOf2000s: 100, month: 1, day: 1) == nil)
        #expect(CivilDate(yearOf2000s: -1, month: 1, day: 1) == nil)
        #expect(CivilDate(yearOf2000s: 20, month: 13, day: 1) == nil)
    }

    @Test("forDate of CRK is read as yyyyMMdd alone")
    func compact() {
        #expect(CivilDate(compact: "20200120") == CivilDate(year: 2020, month: 1, day: 20))
        #expect(CivilDate(compact: "20200120")?.compact == "20200120")
        #expect(CivilDate(compact: "00010101")?.compact == "00010101")
        for text in ["2020-01-20", "20201301", "20200132", "2020012", "202001200", "", " 0200120", "00000101"] {
            #expect(CivilDate(compact: text) == nil)
        }
    }

    @Test("A changed spelling is another date that prints the same, or none")
    func mutations() {
        for mutation in oneCharacterMutations(of: "20240229") {
            if let date = CivilDate(compact: mutation) { #expect(date.compact == mutation) }
        }
        for mutation in oneCharacterMutations(of: "2024-02-29") {
            if let date = CivilDate(iso8601: mutation) { #expect(date.iso8601 == mutation) }
        }
        #expect(CivilDate(iso8601: "2024-02-29")?.description == "2024-02-29")
    }
}
