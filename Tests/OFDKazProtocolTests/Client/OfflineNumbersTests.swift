import FiscalCore
import Testing

@testable import OFDKazProtocol

@Suite("Numbers of offline tickets")
struct OfflineNumbersTests {
    private func at(_ seconds: Int64) -> FiscalInstant { FiscalInstant(secondsSinceEpoch: seconds) }

    @Test("A ticket at time T carries T; a second one in the same second another number")
    func unixtime() {
        var numbers = OfflineNumbers()
        #expect(numbers.next(at: at(1_770_000_000)) == 1_770_000_000)
        #expect(numbers.next(at: at(1_770_000_000)) == 1_770_000_001)
        #expect(numbers.next(at: at(1_770_000_010)) == 1_770_000_010)
    }

    @Test("Ten thousand tickets in one day, many in the same second, the clock set back at noon: all numbers differ")
    func unique() {
        var numbers = OfflineNumbers()
        var seen: Set<UInt32> = []
        for ticket in 0..<10_000 {
            let second = Int64(ticket / 7) - (ticket > 5000 ? 3600 : 0)
            seen.insert(numbers.next(at: at(1_770_000_000 + second)))
        }
        #expect(seen.count == 10_000)
    }

    @Test("Of a time with more than four bytes the low four are taken")
    func lowBytes() {
        var numbers = OfflineNumbers()
        #expect(numbers.next(at: at(4_294_967_296 + 5)) == 5)
    }

    @Test("2147483647 is the last; then on from 1, whatever the time")
    func wrap() {
        var numbers = OfflineNumbers()
        #expect(numbers.next(at: at(2_147_483_646)) == 2_147_483_646)
        #expect(numbers.next(at: at(2_147_483_646)) == 2_147_483_647)
        #expect(numbers.next(at: at(2_147_483_647)) == 1)
        #expect(numbers.next(at: at(2_147_483_647)) == 2)
        #expect(numbers.next(at: at(1_770_000_000)) == 3)
    }

    @Test("Times that no number can be are passed over, never used and never trapped on")
    func oddTimes() {
        var numbers = OfflineNumbers()
        for seconds in [Int64.min / 1000, -1, 0, 2_147_483_648, 4_294_967_295, Int64.max / 1000] {
            let number = numbers.next(at: at(seconds))
            #expect((1...2_147_483_647).contains(number))
        }
    }
}
