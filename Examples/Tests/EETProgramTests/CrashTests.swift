import EETProtocol
import FiscalCore
import FiscalSimulators
import Foundation
import ProgramTestSupport
import Testing

/// The file module is killed at every step of a run, and started again: no sale is lost, none is doubled.
@Suite struct CrashTests {
    /// What the first run meets.
    enum Case: String, CaseIterable {
        /// The office answers.
        case online
        /// The office records the sale and the answer is lost.
        case lostAnswer
        /// Nothing can be reached.
        case outage
    }

    @Test(
        "Killed at any step, once or twice, then run to its end: one sale, its code in a whole output, no marker",
        arguments: Edition.allCases)
    func killedAnywhere(edition: Edition) async throws {
        let office = try await OfficeOnSockets.start()
        for kind in Case.allCases {
            var moment = 0
            var wasKilled = true
            while wasKilled {
                moment += 1
                wasKilled = try await self.story(kind, killedAt: moment, office, edition)
            }
            // Marker, two commits, the exchange, three steps of the output, the marker again: before and after each.
            #expect(moment == 17, "\(kind) \(edition)")
        }
        await office.stop()
    }

    /// One receipt from the first start to the last.
    /// - Returns: whether the first run was killed, or came to its end before that moment.
    private func story(
        _ kind: Case, killedAt moment: Int, _ office: OfficeOnSockets, _ edition: Edition
    ) async throws -> Bool {
        let desk = try ProgramDesk(office, edition, number: "\(kind.rawValue)-\(moment)")
        let name = "\(edition) \(desk.number)"
        office.plan(kind == .lostAnswer ? [.lost(recorded: true)] : [], edition)
        // Nobody listens on port 9.
        let options = desk.options(address: kind == .outage ? "https://127.0.0.1:9/eet" : nil)
        let first = try await Program("eet-killable").run(["--die-at", "\(moment)"] + options)
        let early = desk.output
        if kind == .online, first.wasKilled {
            // Another crash at another step of the second start.
            let second = try await Program("eet-killable").run(
                ["--die-at", "\((moment * 5) % 16 + 1)"] + desk.options())
            #expect(second.wasKilled || second.status == 0, "\(name): \(second.errors)")
        }
        office.plan([], edition)
        let last = try await Program("eet").run(["run"] + desk.options())

        #expect(first.wasKilled ? first.status == SIGKILL : first.status == (kind == .online ? 0 : 3), "\(name)")
        #expect(last.status == 0, "\(name): \(last.errors)")
        #expect(!desk.folder.exists("pracuji.txt"), "\(name)")
        let output = try #require(desk.output, "\(name)")
        let sales = office.sales(desk.number, edition)
        #expect(sales.count == 1, "\(name)")
        let sale = try #require(sales.first)
        #expect(sale.conflicts.isEmpty, "\(name)")
        #expect(sale.confirmations.map(\.code).contains(output[3]), "\(name)")
        #expect(output[0] == desk.number && output[5] == "", "\(name)")
        #expect(sale.confirmations.map(\.uuid).contains(output[4]), "\(name)")
        #expect((output[1] == "") == (edition == .v4), "\(name)")
        // What an earlier run had told the caller stays true.
        if let early {
            #expect(Array(early[0...2]) == Array(output[0...2]), "\(name)")
            if early[3] != "" { #expect(early[3] == output[3], "\(name)") }
        }
        // A second message never says that it is the first.
        let firsts = office.messages(desk.number, edition).map(\.isFirst)
        #expect(firsts.dropFirst().allSatisfy { $0 == false }, "\(name)")
        return first.wasKilled
    }
}
