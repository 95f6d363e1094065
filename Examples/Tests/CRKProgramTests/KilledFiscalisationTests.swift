import CRKProtocol
import CRKRegisterFolder
import FiscalCore
import FiscalSimulators
import Foundation
import ProgramTestSupport
import Testing

/// A fiscalisation over real TLS that is killed at every commit, exchange and step of the device, and started again: the
/// register is fiscalised once, and nothing that is for ever happens twice.
@Suite struct KilledFiscalisationTests {
    private struct Story: Sendable {
        var name: String
        /// Kinds of request and what happens to the first of each.
        var faults: [(kind: String, fault: CRKFault)] = []
        var hub: [CRKFault] = []
        /// Whether nothing but a fiscalised register will do; else it may have been refused, or stopped for a person.
        var mustSucceed = true
    }

    private static let stories = [
        Story(name: "all well"),
        Story(name: "answer of MFP lost", faults: [("MFP", .lost(effect: true))]),
        Story(name: "MFP lost", faults: [("MFP", .lost(effect: false))]),
        Story(
            name: "every answer lost once",
            faults: ["KCS", "KFD", "FPD", "Command", "Confirmation", "EventHubSasToken"].map {
                ($0, .lost(effect: true))
            },
            hub: [.lost(effect: true)]),
        Story(
            name: "technical errors",
            faults: ["KCS", "KFD", "MFP", "FPD"].map { ($0, .error(code: "E03")) }, hub: [.status(500), .status(503)]),
        Story(name: "refused", faults: [("MFP", .error(code: "B03"))], mustSucceed: false),
    ]

    /// Every moment in a long campaign; each of these many in a normal run, from another first one in each lane.
    private static var step: Int { ProcessInfo.processInfo.environment["FISCAL_CAMPAIGN"] == "long" ? 1 : 7 }

    @Test("Killed at any moment and started again, the register is fiscalised once and no step for ever is repeated")
    func killedAnywhere() async throws {
        let lanes = 3
        let killed = try await withThrowingTaskGroup(of: Int.self) { group in
            for lane in 0..<lanes {
                group.addTask {
                    let crk = try await CRKOnSocket.start()
                    var killed = 0
                    for (place, story) in Self.stories.enumerated() where place % lanes == lane {
                        var moment = 1 + place % Self.step
                        while try await Self.tell(story, at: crk, killedAt: moment) {
                            killed += 1
                            moment += Self.step
                        }
                        // Each commit, exchange and device step has a moment before and one after.
                        #expect(moment > (story.mustSucceed ? 40 : 20), "\(story.name)")
                    }
                    await crk.stop()
                    return killed
                }
            }
            return try await group.reduce(0, +)
        }
        print("the fiscalisation was killed at \(killed) moments, each \(Self.step)th of all")
        #expect(killed > 30)
    }

    /// - Returns: whether the first process was killed, or came to its end before that moment.
    private static func tell(_ story: Story, at crk: CRKOnSocket, killedAt moment: Int) async throws -> Bool {
        crk.openBooks()
        crk.change { authority in
            for (kind, fault) in story.faults { authority.faults.add(fault, for: kind) }
            for fault in story.hub { authority.faults.eventHub.add(fault) }
        }
        let till = try KillableTill(crk)
        let wasKilled = try await till.run("fiscalise", dieAt: moment)
        if wasKilled {
            // Once more, somewhere else.
            if try await till.run("fiscalise", dieAt: moment * 5 % 23 + 1) {
                #expect(try await !till.run("fiscalise"))
            }
        }
        try Self.audit(till, story, "\(story.name), killed at \(moment)")
        return wasKilled
    }

    private static func audit(_ till: KillableTill, _ story: Story, _ name: String) throws {
        let (result, device, crk) = (try till.result, try till.device, till.crk)
        let record = try crk.record
        if let device { #expect(device.refused == 0, "\(name): nothing was tried twice") }
        guard result.outcome.hasPrefix("registered") else {
            #expect(!story.mustSucceed, "\(name): \(result.outcome)")
            #expect(result.outcome.hasPrefix("refused") || result.outcome.hasPrefix("unknown"), "\(name)")
            #expect(device == nil, "\(name): nothing that is for ever was done")
            return
        }
        #expect(record.status == .fiscalised, "\(name)")
        #expect(result.outcome == "registered \(record.registrationNumber ?? "")", "\(name)")
        let steps = device?.steps ?? [:]
        for step in [5, 6, 8] { #expect(steps[step] == 1, "\(name), step \(step): \(steps)") }
        for step in [7, 9, 10] { #expect((steps[step] ?? 0) >= 1, "\(name), step \(step)") }
        #expect(try till.documents.last() == 1, "\(name): one fiscal report")
        let continuity = crk.authority.continuity(of: try crk.unit)
        #expect(continuity.isComplete(through: 1), "\(name): \(continuity)")
        #expect(record.waitingOrders.isEmpty && record.orders.count == 1, "\(name)")
        // Whatever was repeated, it is the first number that was ever given.
        #expect(record.registrationNumber?.hasSuffix("/000000101") == true, "\(name): \(result.outcome)")
    }
}
