import FiscalSimulators
import Foundation
import ProgramTestSupport
import Testing

/// A scripted morning of a fiscal service in a process that is killed, while its TSE goes away and comes back.
@Suite("A fiscal service that is killed", .serialized)
struct KilledServiceTests {
    /// Everything in a long campaign; each of so many in a normal run.
    private static var isLong: Bool { ProcessInfo.processInfo.environment["FISCAL_CAMPAIGN"] == "long" }

    @Test("A morning without an outage: four signed documents, nothing in the log, nothing left open")
    func undisturbed() async throws {
        let morning = try await Morning.run(named: "undisturbed")
        try morning.check("undisturbed")
        #expect(!morning.wasKilled)
        #expect(morning.log.outages.isEmpty)
        #expect(morning.log.orphanTransactions.isEmpty)
        #expect(
            morning.lines.map(\.kind) == [
                "started", "signed", "started", "started", "signed", "signed", "started", "signed",
            ])
        #expect(morning.device.finished.count == 4)
    }

    @Test("Killed at any commit, call of the TSE and receipt: one signature each, whatever was under way")
    func killedAnywhere() async throws {
        let step = Self.isLong ? 1 : 7
        var (moment, killed) = (1, 0)
        while true {
            let morning = try await Morning.run(killedAt: moment, named: "killed at \(moment)")
            try morning.check("killed at \(moment)")
            guard morning.wasKilled else { break }
            killed += 1
            moment += step
        }
        print("the morning was killed at \(killed) moments, up to the \(moment - step)th")
        #expect(killed > 5)
    }

    @Test("An outage that begins at any call of the TSE, in either way, and ends some calls later")
    func outages() async throws {
        let whole = try await Morning.run(named: "whole").calls
        let step = Self.isLong ? 1 : 3
        var kinds: Set<String> = []
        for beginning in InterruptedTSE.Beginning.allCases {
            for length in Self.isLong ? [1, 2, 3, 5, 9, 14] : [1, 6] {
                for first in stride(from: 1, through: whole, by: step) {
                    let name = "\(beginning) from \(first), \(length) calls"
                    let morning = try await Morning.run(beginning, first: first, length: length, named: name)
                    try morning.check(name)
                    #expect(!morning.log.outages.isEmpty, "\(name)")
                    kinds.formUnion(morning.lines.map { "\($0.step) \($0.kind)" })
                }
            }
        }
        // The campaign met every case: create and finish failing each alone and together, store and cancel.
        let cases = [
            "create createFailed", "create started", "store storeFailed", "store bothFailed", "store signed",
            "cancel signed",
        ]
        #expect(
            kinds.isSuperset(of: cases + (Self.isLong ? ["cancel storeFailed", "cancel bothFailed"] : [])), "\(kinds)")
    }

    @Test("Killed at any moment of an outage, and started again within it or after it")
    func killedInOutages() async throws {
        let whole = try await Morning.run(named: "whole").calls
        var killed = 0
        for beginning in InterruptedTSE.Beginning.allCases {
            for (index, first) in stride(from: 2, through: whole, by: Self.isLong ? 1 : 3).enumerated() {
                for length in Self.isLong ? [1, 3, 8] : [1 + index % 2 * 6] {
                    var moment = Self.isLong ? 1 : 3 + first * 2
                    while true {
                        let name = "\(beginning) from \(first), \(length) calls, killed at \(moment)"
                        let morning = try await Morning.run(
                            killedAt: moment, beginning, first: first, length: length, named: name)
                        try morning.check(name)
                        guard morning.wasKilled else { break }
                        killed += 1
                        moment += Self.isLong ? 1 : 19
                    }
                }
            }
        }
        print("killed \(killed) times in outages")
        #expect(killed > 10)
    }
}
