import FiscalCore
import FiscalTestSupport
import Foundation
import OFDKazProtocol
import SwiftProtobuf
import Testing

@Suite("Random days at a register")
struct RandomDaysTests {
    private static let days = ProcessInfo.processInfo.environment["FISCAL_CAMPAIGN"] == "long" ? 5_000 : 300
    private static let eventsOfADay = 24

    @Test(
        "Every field of every X and Z report is what Python finds from the documents alone",
        .enabled(if: OutsideTool.exists("python3"), "python3 is absent"))
    func pythonAgrees() throws {
        var lines: [String] = []
        for seed in 1...Self.days { lines += try Self.log(of: UInt64(seed)) }
        let result = try OutsideTool.run(
            "python3", ["-c", CountersModel.script], input: Array(lines.joined(separator: "\n").utf8))
        #expect(result.status == 0, "\(result.errorText.suffix(4000))")
        #expect(result.text.hasPrefix("checked "), "\(result.text.prefix(4000))")
        // Enough of everything was there, or the comparison means little.
        let counts = result.text.split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }
        try #require(counts.count == 3)
        #expect(counts[0] > 3 * Self.days, "reports")
        #expect(counts[1] > 10 * Self.days, "documents")
        #expect(counts[2] > Self.days / 10, "refusals for want of cash")
    }

    /// What happened on one day, as lines of JSON.
    private static func log(of seed: UInt64) throws -> [String] {
        var day = RandomDay(seed: seed)
        var counters = RegisterCounters()
        var log = ["{\"day\":\(seed)}"]
        for _ in 0..<Self.eventsOfADay {
            let (event, isOffline, rule) = day.event()
            let common = "\"offline\":\(isOffline),\"guarded\":\(rule == .neverBelowZero)"
            switch event {
            case .ticket(let ticket):
                let counted = try Self.isCounted { try counters.add(ticket: ticket, isOffline: isOffline, cash: rule) }
                log.append("{\(common),\"counted\":\(counted),\"ticket\":\(try Self.json(ticket))}")
            case .placement(let placement):
                let counted = try Self.isCounted {
                    try counters.add(placement: placement, isOffline: isOffline, cash: rule)
                }
                log.append("{\(common),\"counted\":\(counted),\"placement\":\(try Self.json(placement))}")
            case .close(let withdrawsMoney):
                guard counters.isShiftOpen else { continue }
                let time = day.now()
                let z = try counters.closeShift(at: time, withdrawsMoney: withdrawsMoney, isOffline: isOffline)
                log.append(
                    "{\(common),\"withdraws\":\(withdrawsMoney),\"at\":\(try Self.json(PBDateTime(time))),"
                        + "\"z\":\(try Self.json(z.pb))}")
            }
            if day.chance(3) {
                let time = day.now()
                log.append(
                    "{\"at\":\(try Self.json(PBDateTime(time))),\"x\":\(try Self.json(counters.xReport(at: time).pb))}")
            }
        }
        return log
    }

    /// Whether a document was counted; the only reason for which a random one may not be is want of cash.
    private static func isCounted(_ add: () throws -> Void) throws -> Bool {
        do {
            try add()
            return true
        } catch let error as CounterError where error.code == .notEnoughCash {
            return false
        }
    }

    private static func json(_ message: some Message) throws -> String {
        var options = JSONEncodingOptions()
        options.preserveProtoFieldNames = true
        options.alwaysPrintEnumsAsInts = true
        return try message.jsonString(options: options)
    }

    @Test("After every event: running sums have not fallen, cash adds up, and the parts of the report agree")
    func invariants() throws {
        for seed in 1...UInt64(Self.days / 6) {
            var day = RandomDay(seed: 1_000_000 + seed)
            var counters = RegisterCounters()
            var cash: Int64 = 0
            var last = counters.xReport(at: .counted(hour: 0))
            for _ in 0..<Self.eventsOfADay {
                let (event, isOffline, rule) = day.event()
                var delta: Int64 = 0
                var counted = true
                switch event {
                case .ticket(let ticket):
                    let sum = ticket.payments.filter { $0.type == .paymentCash }.reduce(0) {
                        $0 + ($1.sum.money?.minorUnits ?? 0)
                    }
                    delta = [.operationSell, .operationBuyReturn].contains(ticket.operation) ? sum : -sum
                    counted = try Self.isCounted { try counters.add(ticket: ticket, isOffline: isOffline, cash: rule) }
                case .placement(let placement):
                    let sum = placement.sum.money?.minorUnits ?? 0
                    delta = placement.operation == .moneyPlacementDeposit ? sum : -sum
                    counted = try Self.isCounted {
                        try counters.add(placement: placement, isOffline: isOffline, cash: rule)
                    }
                case .close(let withdrawsMoney):
                    guard counters.isShiftOpen else { continue }
                    if withdrawsMoney { delta = -max(0, cash) }
                    _ = try counters.closeShift(at: day.now(), withdrawsMoney: withdrawsMoney, isOffline: isOffline)
                }
                if counted { cash += delta }
                let report = counters.xReport(at: .counted(hour: 0))
                #expect(report.cashSum == .tiyn(max(0, cash)))
                Self.expectNotFallen(last, report)
                Self.expectConsistent(report)
                last = report
            }
        }
    }

    private static func expectNotFallen(_ before: ZXReport, _ after: ZXReport) {
        for (old, new) in zip(before.nonNullableSums, after.nonNullableSums) {
            #expect((new.sum?.minorUnits ?? -1) >= (old.sum?.minorUnits ?? 0))
        }
        for (old, new) in zip(before.ticketOperations, after.ticketOperations) {
            #expect((new.ticketsTotalCount ?? 0) >= (old.ticketsTotalCount ?? 0))
        }
        for (old, new) in zip(before.moneyPlacements, after.moneyPlacements) {
            #expect((new.operationsTotalCount ?? 0) >= (old.operationsTotalCount ?? 0))
        }
    }

    private static func expectConsistent(_ report: ZXReport) {
        for entry in report.taxes.flatMap(\.operations) {
            #expect(
                entry.turnover?.minorUnits
                    == (entry.turnoverWithoutTax?.minorUnits ?? 0) + (entry.sum?.minorUnits ?? 0))
        }
        for (index, operation) in OperationType.allCases.enumerated() {
            let sections = report.sections.map { $0.operations[index] }
            #expect(report.operations[index].count == sections.reduce(0) { $0 + ($1.count ?? 0) })
            #expect(report.operations[index].sum?.minorUnits == sections.reduce(0) { $0 + ($1.sum?.minorUnits ?? 0) })
            let tickets = report.ticketOperations[index]
            #expect(tickets.ticketsSum == report.totalResult[index].sum)
            #expect(tickets.discountSum == report.discounts[index].sum)
            #expect(tickets.markupSum == report.markups[index].sum)
            let start = report.startShiftNonNullableSums[index].sum?.minorUnits ?? 0
            #expect(report.nonNullableSums[index].sum?.minorUnits == start + (tickets.ticketsSum?.minorUnits ?? 0))
            #expect(tickets.operation == operation)
        }
        let signs: [Int64] = [-1, 1, 1, -1]
        let revenue = zip(signs, report.totalResult).reduce(Int64(0)) { $0 + $1.0 * ($1.1.sum?.minorUnits ?? 0) }
        #expect(report.revenue == .tiyn(revenue))
    }

    @Test("Counters that take over their own report are the same counters, and count on alike")
    func adoptionIsExact() throws {
        for seed in 1...UInt64(Self.days / 6) {
            var day = RandomDay(seed: 2_000_000 + seed)
            var counters = RegisterCounters()
            var copy = RegisterCounters()
            for _ in 0..<Self.eventsOfADay {
                let (event, isOffline, _) = day.event()
                switch event {
                case .ticket(let ticket):
                    let counted = try Self.isCounted { try counters.add(ticket: ticket, isOffline: isOffline) }
                    #expect(try Self.isCounted { try copy.add(ticket: ticket, isOffline: isOffline) } == counted)
                case .placement(let placement):
                    let counted = try Self.isCounted { try counters.add(placement: placement, isOffline: isOffline) }
                    #expect(try Self.isCounted { try copy.add(placement: placement, isOffline: isOffline) } == counted)
                case .close(let withdrawsMoney):
                    guard counters.isShiftOpen else { continue }
                    let time = day.now()
                    let z = try counters.closeShift(at: time, withdrawsMoney: withdrawsMoney)
                    #expect(try copy.closeShift(at: time, withdrawsMoney: withdrawsMoney) == z)
                    // The next process knows nothing but the answer.
                    copy = RegisterCounters()
                    copy.adopt(ZXReport(z.pb), from: .noOpenShift, at: time)
                    #expect(counters.differences(from: z, .noOpenShift, lastZ: z, at: time).isEmpty)
                }
                let time = day.now()
                let x = counters.xReport(at: time)
                #expect(copy.xReport(at: time) == x)
                if counters.isShiftOpen {
                    #expect(copy.differences(from: x, .openShift, at: time).isEmpty)
                    copy = RegisterCounters()
                    copy.adopt(ZXReport(x.pb), from: .openShift, at: time)
                    #expect(copy.xReport(at: time) == x)
                }
            }
        }
    }
}
