import FiscalCore
import FiscalSimulators
import FiscalTestSupport
import Foundation
import TSEOffline
import Testing

/// Random days of two tills: everything fails now and then, everything is restarted now and then. In the evening every
/// document has exactly one signature. `FISCAL_CAMPAIGN=long` makes many more of them.
@Suite("Random days of tills, service and TSE")
struct TillRandomDaysTests {
    private static let days: Range<UInt64> =
        0..<(ProcessInfo.processInfo.environment["FISCAL_CAMPAIGN"] == "long" ? 2000 : 12)

    /// One day with its own dice.
    private final class Day {
        let shop: TillAndService
        var dice: SeededGenerator
        private var tills: [FiscalServiceClient] = []
        private var open: [[String]] = [[], []]
        private var lastNumber = 0
        /// What was sold, by document.
        var sold: [String: String] = [:]

        init(_ seed: UInt64) async throws {
            self.shop = try await TillAndService()
            self.dice = SeededGenerator(seed: seed)
            for register in ["3656-1", "3656-2"] { self.tills.append(try await self.shop.till(register)) }
        }

        private static let tseFaults: [TSEFault] = [
            .unreachable, .requestLost, .answerLost, .carriedOutLater(calls: 1), .carriedOutLater(calls: 3), .otherTSE,
            .refused(.memoryFull), .counterJump(by: 7),
        ]
        private static let officeFaults: [TSEOfficeFault] = [
            .lost(carriedOut: true), .lost(carriedOut: false), .truncated, .status(500, carriedOut: true),
            .status(503, carriedOut: false), .proxyPage, .emptyBody, .smallLetters, .numbersAsTexts, .otherError,
            .delay(milliseconds: 60_000),
        ]

        func step() async throws {
            let place = self.dice.chance(50) ? 0 : 1
            switch Int.random(in: 0..<100, using: &self.dice) {
            case 0..<30: await self.create(place)
            case 30..<60: await self.finish(place)
            case 60..<66: _ = try await self.tills[place].sync()
            case 66..<72: try await self.shop.recover()
            case 72..<75: try await self.restartTill(place)
            case 75..<78: try await self.restartService()
            case 78..<86:
                await self.shop.tseFault(self.dice.pick(Self.tseFaults), self.dice.pick(TSECall.allCases))
            case 86..<93:
                await self.shop.fault(self.dice.pick(Self.officeFaults), self.dice.pick(TSEOfficeCall.allCases))
            case 93..<95: self.shop.transport.failNext(self.dice.pick(LinkFault.allCases))
            case 95..<97: await self.shop.tse.pullOut()
            default: await self.shop.tse.putBack()
            }
            self.shop.clock.advance(by: .seconds(Int64.random(in: 0...90, using: &self.dice)))
        }

        private func create(_ place: Int) async {
            self.lastNumber += 1
            let id = "sale-\(self.lastNumber)"
            self.open[place].append(id)
            // A service that is not reached leaves the document for later.
            _ = try? await self.tills[place].create(id)
        }

        private func finish(_ place: Int) async {
            guard !self.open[place].isEmpty else { return }
            let id = self.dice.pick(self.open[place])
            let cents = id.dropFirst("sale-".count)
            let data = "Beleg^\(cents).00_0.00_0.00_0.00_0.00^\(cents).00:Bar"
            let outcome: FiscalServiceOutcome
            do {
                if self.sold[id] == nil, self.dice.chance(20) {
                    outcome = try await self.tills[place].cancel(id)
                } else {
                    outcome = try await self.tills[place].store(id, processData: data)
                    self.sold[id] = data
                }
            } catch { return }
            if outcome.word == "registered" || outcome.word == "pending" && outcome.fault == nil {
                self.open[place].removeAll { $0 == id }
            }
        }

        private func restartTill(_ place: Int) async throws {
            self.tills[place] = try await self.shop.till(place == 0 ? "3656-1" : "3656-2")
        }

        private func restartService() async throws {
            await self.shop.office.replaceService(
                try await TillAndService.service(self.shop.tse, self.shop.serviceStore, self.shop.clock))
        }

        /// Everything works again, and everybody starts anew and tidies up.
        func evening() async throws {
            await self.shop.tse.putBack()
            await self.shop.tse.planFaults { $0.clear() }
            for call in TSEOfficeCall.allCases { await self.shop.office.planFaults(at: call) { $0.clear() } }
            while true {
                do {
                    _ = try await self.tills[0].state(of: "none")
                    break
                } catch { continue }
            }
            for place in 0...1 {
                try await self.restartTill(place)
                for document in try await self.tills[place].unfinishedDocuments() {
                    if case .finishing = document.machine.state { continue }
                    _ = try await self.tills[place].cancel(document.id)
                }
                _ = try await self.tills[place].sync()
            }
            // Calls that come late may still open a transaction after the first look.
            for _ in 0..<3 {
                try await self.restartService()
                try await self.shop.recover()
            }
        }

        func check() async throws {
            let aborted = "AVBelegabbruch^0.00_0.00_0.00_0.00_0.00^"
            let signed = await self.shop.signed().map(\.processData)
            var stored: [String] = []
            var cancelled = 0
            for till in self.tills {
                #expect(try await till.unfinishedDocuments().isEmpty)
            }
            for number in 1...max(1, self.lastNumber) {
                for till in self.tills {
                    guard let kept = try await till.document("sale-\(number)") else { continue }
                    guard case .finished(let step) = kept.machine.state else {
                        Issue.record("sale-\(number) is \(kept.machine.state)")
                        continue
                    }
                    let report = try await till.state(of: kept.id)
                    #expect([.regular, .reSigned].contains(report.state), "\(kept.id): \(report.state)")
                    if step == .store { stored.append(self.sold[kept.id] ?? "unsold") } else { cancelled += 1 }
                }
            }
            #expect(signed.filter { $0 != aborted }.sorted() == stored.sorted())
            let orphans = try await self.shop.office.service.outages().orphans.count
            #expect(signed.count { $0 == aborted } == cancelled + orphans)
            #expect(await self.shop.tse.device.openTransactions().isEmpty)
        }
    }

    @Test("In the evening every document has exactly one signature", arguments: days)
    func day(_ seed: UInt64) async throws {
        let day = try await Day(seed)
        for _ in 0..<120 { try await day.step() }
        try await day.evening()
        try await day.check()
    }
}
