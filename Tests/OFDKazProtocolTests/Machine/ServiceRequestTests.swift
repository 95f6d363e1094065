import FiscalCore
import OFDKazProtocol
import Testing

/// Decisions K2, K3 and K29: SYSTEM, INFO, NOMENCLATURE and AUTH are never stored.
@Suite("Service requests of the register")
struct ServiceRequestTests {
    @Test("The pair is given when the first attempt starts, not when the host asks")
    func pairAtFirstAttempt() throws {
        var story = try MachineStory.online()
        let before = story.machine.state.reqnum
        try story.request(.keepAlive)
        #expect(story.machine.state.reqnum == before)
        #expect(try story.send(.keepAlive).pair.reqnum == before + 1)
    }

    @Test("A number is not skipped by a request that was asked for and never tried")
    func restartBeforeFirstAttempt() throws {
        var story = try MachineStory.online()
        let before = story.machine.state.reqnum
        try story.request(.keepAlive)
        story.restart()
        #expect(try story.send(.info).pair.reqnum == before + 1)
    }

    @Test("One request at a time: no document is begun while a service request is open")
    func oneAtATime() throws {
        var story = try MachineStory.online()
        try story.request(.keepAlive)
        #expect(story.admit(.ticket) == .refused(.unsettled))
        let attempt = try story.send(.keepAlive)
        #expect(story.admit(.ticket) == .refused(.unsettled))
        #expect(!story.grants(.nomenclature))
        #expect(attempt.unanswered(by: &story) == .repeatAfterPause)
        #expect(story.admit(.ticket) == .refused(.unsettled))
        try story.send(.keepAlive).answered(.ok, by: &story)
        try story.issue(.ticket)
        #expect(!story.grants(.keepAlive))
    }

    @Test("Within the transaction time the same pair is repeated, then the request is forgotten and the mode OFFLINE")
    func repeatsWithinBudget() throws {
        for kind in [ServiceKind.keepAlive, .info, .nomenclature, .auth, .reserved] {
            var story = try MachineStory.online()
            try story.request(kind)
            let first = try story.send(kind)
            #expect(first.unanswered(by: &story) == .repeatAfterPause)
            let second = try story.send(kind)
            #expect(second.pair == first.pair)
            #expect(
                second.answered(.serviceTemporarilyUnavailable, by: &story) == .repeatAfterPause)
            let third = try story.send(kind)
            #expect(third.pair == first.pair)
            #expect(third.unanswered(by: &story, budgetIsLeft: false) == .serviceUnanswered(kind))
            #expect(story.mode == .offline(awaitingTransport: false))
            #expect(story.machine.queue.isEmpty)
            story.wait(.seconds(60))
            #expect(try story.send(.restoring).pair != first.pair)
        }
    }

    @Test("Nothing that is not stored is taken on while offline or blocked")
    func unavailable() throws {
        let offline = try MachineStory.offline([.ticket])
        let idle = try MachineStory.offlineWhileIdle()
        let blocked = try MachineStory.blocked(by: .unknownID)
        let serverBlocked = try MachineStory.blocked(by: .blocked)
        for kind in [ServiceKind.keepAlive, .info, .nomenclature, .auth, .reserved] {
            #expect(!offline.grants(kind))
            #expect(!idle.grants(kind))
            #expect(!blocked.grants(kind))
            #expect(!serverBlocked.grants(kind))
        }
        #expect(offline.kinds == [.ticket])
    }

    @Test(
        "What only the machine may send, no host can ask for",
        arguments: [ServiceKind.restoring, .polling, .announcing(count: 1), .comparison])
    func machineOnly(_ kind: ServiceKind) throws {
        var story = try MachineStory.online()
        #expect(!story.grants(kind))
        #expect(story.step() == .rest)
    }
}
