import FiscalCore
import Testing

@testable import TSEOffline

/// When an outage begins, ends, and becomes another one.
@Suite("The watch over outages")
struct OutageWatchTests {
    private let serial = String(repeating: "7", count: 64)
    private func second(_ second: Int64) -> FiscalInstant { FiscalInstant(secondsSinceEpoch: second) }

    @Test("An outage begins with the first failed call and ends with the first answer")
    func silence() {
        var watch = OutageWatch()
        let begun = watch.failed(
            TSEFailure(.unreachable, "no way"), calledAt: second(10), now: second(12), tseSerial: self.serial)
        #expect(begun.map(\.sequence) == [1])
        #expect(begun.first?.begin == second(10))
        #expect(begun.first?.detail == "no way")
        #expect(watch.isSilent)
        let again = watch.failed(TSEFailure(.timedOut), calledAt: second(20), now: second(25), tseSerial: self.serial)
        #expect(again.map(\.failures) == [2])
        #expect(again.first?.reason == .unreachable)
        #expect(watch.answered(at: second(30)).map(\.end) == [second(30)])
        #expect(watch.current == nil)
        #expect(watch.answered(at: second(31)).isEmpty)
    }

    @Test("A refusal ends the silence and is an outage of its own, which only success ends")
    func refusal() {
        var watch = OutageWatch()
        _ = watch.failed(TSEFailure(.unreachable), calledAt: second(10), now: second(10), tseSerial: self.serial)
        let changed = watch.failed(
            TSEFailure(.memoryFull), calledAt: second(20), now: second(21), tseSerial: self.serial)
        #expect(changed.map(\.sequence) == [1, 2])
        #expect(changed.first?.end == second(21))
        // They do not overlap, though the call came earlier.
        #expect(changed.last?.begin == second(21))
        #expect(!watch.isSilent)
        #expect(watch.answered(at: second(30)).isEmpty)
        #expect(watch.succeeded(at: second(40)).map(\.end) == [second(40)])
    }

    @Test("The limit of open transactions is over when there is room again")
    func limit() {
        var watch = OutageWatch()
        _ = watch.failed(TSEFailure(.transactionLimit), calledAt: second(10), now: second(10), tseSerial: self.serial)
        var status = TSEStatus(
            serial: self.serial, publicKey: [], openTransactions: 3, maximumOpenTransactions: 3, signatures: 3)
        #expect(watch.answered(status, at: second(20)).isEmpty)
        status.openTransactions = 2
        #expect(watch.answered(status, at: second(30)).map(\.end) == [second(30)])
    }

    @Test("A clock that was set back ends no outage before it began")
    func clockSetBack() {
        var watch = OutageWatch()
        _ = watch.failed(TSEFailure(.unreachable), calledAt: second(100), now: second(100), tseSerial: self.serial)
        #expect(watch.answered(at: second(40)).first?.end == second(100))
        let next = watch.failed(TSEFailure(.unreachable), calledAt: second(50), now: second(50), tseSerial: self.serial)
        #expect(next.first?.begin == second(100))
    }

    @Test("Every kind of failure says whether the TSE may have carried the call out")
    func doubt() {
        let certain: [TSEFailure.Code] = [
            .unreachable, .otherTSE, .transactionLimit, .memoryFull, .certificateExpired, .clockNotSet, .unknownClient,
            .unknownTransaction, .unsuitableData, .refused,
        ]
        for code in certain { #expect(!TSEFailure(code).mayHaveHappened, "\(code.rawValue)") }
        for code in [TSEFailure.Code.timedOut, .answerLost, .badSignature, .init(rawValue: "driver's own")] {
            #expect(TSEFailure(code).mayHaveHappened, "\(code.rawValue)")
        }
    }
}
