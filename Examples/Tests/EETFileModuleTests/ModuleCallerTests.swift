import EETFileModule
import EETProtocol
import FiscalCore
import FiscalSimulators
import Foundation
import Synchronization
import Testing

/// The software that submits receipts, looking only at the folder.
@Suite struct ModuleCallerTests {
    /// Moves on when somebody sleeps, and lets something happen at that time.
    private final class StoryClock: FiscalClock {
        private let instant = Mutex(TestOffice.start)
        private let event: @Sendable (Duration) async -> Void

        init(_ event: @escaping @Sendable (Duration) async -> Void = { _ in }) { self.event = event }

        func now() -> FiscalInstant { self.instant.withLock { $0 } }

        func sleep(until instant: FiscalInstant) async throws {
            self.instant.withLock { $0 = instant }
            await self.event(instant - TestOffice.start)
        }

        func elapsed() -> Duration { self.now() - TestOffice.start }

        func sleep(for duration: Duration) async throws { try await self.sleep(until: self.now() + duration) }
    }

    private static func input(_ desk: Desk) throws -> EETInFile {
        try EETInFile(bytes: Array((desk.rows().joined(separator: "\r\n") + "\r\n").utf8))
    }

    @Test("A module that starts late, and an output of another receipt from before: the new result, never the old one")
    func lateStart() async throws {
        let desk = try Desk()
        try desk.writeReceipt("OLD")
        await desk.run()
        #expect(desk.output[0] == "OLD")
        let clock = StoryClock { [desk] elapsed in
            if elapsed == .milliseconds(500) { await desk.run() }
        }
        let caller = ModuleCaller(folder: desk.folder, rule: PollingRule(timeout: .seconds(2)), clock: clock)
        let verdict = try await caller.submit(Self.input(desk), edition: .v3, isTest: true) {}
        guard case .finished(let result) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(result.confirmationCode == desk.sales.last?.first.code)
        #expect(result.confirmationCode == desk.output[3])
        #expect(result.isTest && !result.isOfficiallyRecorded)
        #expect(result.paper.code("FIK") == desk.output[3])
        #expect(clock.now() - TestOffice.start == .milliseconds(500))
    }

    @Test("A marker that a crash left, and nobody at work: unknown after timeout and margin, never a success")
    func staleMarker() async throws {
        let desk = try Desk()
        try desk.write("pracuji.txt", "")
        let clock = StoryClock()
        let caller = ModuleCaller(
            folder: desk.folder, rule: PollingRule(timeout: .seconds(2), margin: .seconds(3)), clock: clock)
        let verdict = try await caller.submit(Self.input(desk), edition: .v3, isTest: true) {}
        #expect(verdict == .outcomeUnknown(.markerStays))
        #expect(clock.now() - TestOffice.start == .seconds(5))
    }

    @Test("What the caller writes is what the module reads; row 1 of the next file follows from how this one ended")
    func nextAttempt() async throws {
        let desk = try Desk()
        let caller = ModuleCaller(folder: desk.folder, rule: PollingRule(timeout: .seconds(2)), clock: StoryClock())
        var input = try Self.input(desk)
        desk.fault(.lost(recorded: true))
        guard
            case .finished(let first) = try await caller.submit(
                input, edition: .v3, isTest: true, start: { await desk.run() })
        else {
            Issue.record("not finished")
            return
        }
        #expect(first.ending.kind == .outcomeUnknown && first.ending.isStillFirstAttempt == false)
        #expect(first.paper.code("PKP") == desk.output[1] && first.paper.code("BKP") == desk.output[2])
        input = try EETInFile(
            input.sale, isFirstAttempt: input.isFirstAttempt && first.ending.isStillFirstAttempt == true)
        let second = try await caller.submit(input, edition: .v3, isTest: true, start: { await desk.run() })
        guard case .finished(let result) = second else {
            Issue.record("\(second)")
            return
        }
        #expect(result.ending.isRegistered)
        #expect(result.codes == first.codes)
        #expect(desk.header("prvni_zaslani") == ["true", "false"])
        #expect(desk.sales.count == 1)
    }
}
