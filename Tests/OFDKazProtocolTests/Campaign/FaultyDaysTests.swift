import FiscalSimulators
import FiscalTestSupport
import Foundation
import OFDKazProtocol
import Testing

@Suite("Random days, on a link and with a server that fail at random")
struct FaultyDaysTests {
    /// Seeds and documents of a day: a few in a normal run, the whole campaign when asked for.
    private static var size: (seeds: ClosedRange<UInt64>, documents: Int) {
        ProcessInfo.processInfo.environment["FISCAL_CAMPAIGN"] == "long" ? (1...200, 1_000) : (1...20, 150)
    }

    @Test("Both sides end with the same documents in the same order, and with the same counters")
    func days() async throws {
        let size = Self.size
        var handedOut = 0
        for seed in size.seeds {
            var day = try await FaultyDay(seed: seed)
            let ending = try await day.run(documents: size.documents)
            handedOut += ending.issued.count
            #expect(ending.status.mode == .online && ending.status.queueLength == 0, "seed \(seed)")
            #expect(
                ending.accepted.map { $0.printedDocumentNumber.map(Int64.init) } == ending.issued.map { Optional($0) },
                "seed \(seed)")
            // A difference of offline counts alone is no incident (decision K26); any other would be one.
            let differing = ending.incidents.filter { [.countersDiffer, .sumFell, .countersFailed].contains($0.kind) }
            // What was taken out of the queue leaves our counters by the next INFO, as an incident (decision K27).
            #expect(differing.isEmpty || !ending.archived.isEmpty, "seed \(seed): \(differing.map(\.detail))")
            let own = try #require(ending.own, "seed \(seed)")
            let server = try #require(ending.server, "seed \(seed)")
            #expect(Self.figures(own) == Self.figures(server), "seed \(seed)")
            // Something was counted at all.
            #expect(ending.accepted.count > 50, "seed \(seed)")
        }
        print("random days: \(size.seeds.count) seeds, \(size.documents) documents each, \(handedOut) handed out")
    }

    /// The report without what no server counts: the checksum that we made up.
    private static func figures(_ report: ZXReport) -> ZXReport {
        var report = report
        report.checksum = nil
        return report
    }
}
