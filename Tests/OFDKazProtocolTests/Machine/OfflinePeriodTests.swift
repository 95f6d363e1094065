import FiscalCore
import OFDKazProtocol
import Testing

/// Decision K24: what `service.offline_period` says in every request.
@Suite("The offline period of a request")
struct OfflinePeriodTests {
    @Test("Online: begin and end are the time of the request")
    func online() throws {
        var story = try MachineStory.online()
        story.wait(.seconds(10))
        try story.issue(.ticket)
        story.wait(.seconds(1))
        #expect(try story.send(.ticket).offlinePeriod == story.now...story.now)
    }

    @Test("From the start of the first failed attempt, not from the end of the budget; the end is refreshed each time")
    func begin() throws {
        var story = try MachineStory.online()
        try story.issue(.moneyPlacement)
        let begin = story.now
        let first = try story.send(.moneyPlacement)
        story.wait(.seconds(2))
        first.notDelivered(by: &story)
        story.wait(.milliseconds(500))
        let second = try story.send(.moneyPlacement)
        #expect(second.offlinePeriod == begin...story.now)
        story.wait(.seconds(2))
        second.unanswered(by: &story, budgetIsLeft: false)
        try story.issue(.ticket)
        story.wait(.seconds(60))
        let third = try story.send(.moneyPlacement)
        #expect(third.offlinePeriod == begin...story.now)
        third.unanswered(by: &story)
        story.wait(.seconds(60))
        let fourth = try story.send(.moneyPlacement)
        #expect(fourth.offlinePeriod == begin...story.now)
        fourth.answered(.ok, by: &story)
        story.wait(.seconds(1))
        let drained = try story.send(.ticket)
        #expect(drained.offlinePeriod == begin...story.now)
        drained.answered(.ok, by: &story)
        #expect(
            try story.send(.info).offlinePeriod == story.now...story.now, "the INFO after the drain is online again")
    }

    @Test("A break that ended within the budget leaves no trace", arguments: [ResultCode.ok, .incorrectRequestData])
    func withinBudget(_ code: ResultCode) throws {
        var story = try MachineStory.online()
        try story.issue(.ticket)
        try story.send(.ticket).notDelivered(by: &story)
        try story.send(.ticket).answered(code, by: &story)
        story.wait(.seconds(1))
        try story.issue(.ticket)
        #expect(try story.send(.ticket).offlinePeriod == story.now...story.now)
    }

    @Test(
        "A service request that was repeated and then refused leaves no break behind",
        arguments: [ResultCode.blocked, .invalidToken, .unknownID, .incorrectRequestData])
    func refusedService(_ code: ResultCode) throws {
        var story = try MachineStory.online()
        try story.request(.nomenclature)
        try story.send(.nomenclature).unanswered(by: &story)
        try story.send(.nomenclature).answered(code, by: &story)
        #expect(story.machine.state.offlineSince == nil)
    }

    @Test("An idle break: the SYSTEM that restores the link carries the period, and so does what follows")
    func idle() throws {
        var story = try MachineStory.online()
        try story.request(.keepAlive)
        let begin = story.now
        let attempt = try story.send(.keepAlive)
        story.wait(.seconds(5))
        attempt.unanswered(by: &story, budgetIsLeft: false)
        try story.issue(.ticket)
        story.wait(.seconds(60))
        let restoring = try story.send(.restoring)
        #expect(restoring.offlinePeriod == begin...story.now)
        restoring.unanswered(by: &story)
        story.wait(.seconds(60))
        let again = try story.send(.restoring)
        #expect(again.offlinePeriod == begin...story.now)
        again.answered(.ok, by: &story)
        #expect(try story.send(.ticket).offlinePeriod == begin...story.now)
    }

    @Test("A kept connection that breaks while idle: SYSTEM at once, with the period from the detection on")
    func keptConnection() throws {
        var story = try MachineStory.online()
        let begin = story.now
        story.machine.linkLost(at: begin)
        #expect(story.mode == .offline(awaitingTransport: false))
        #expect(story.admit(.ticket) == .queued(try #require(story.machine.queue.last)))
        let restoring = try story.send(.restoring)
        #expect(restoring.offlinePeriod == begin...begin)
        restoring.unanswered(by: &story)
        #expect(story.step() == .wait(until: begin + .seconds(60)))
    }

    @Test("A broken connection is no event while a request is open, nor outside ONLINE")
    func linkLostElsewhere() throws {
        var busy = try MachineStory.online()
        try busy.issue(.ticket)
        var asking = try MachineStory.online()
        try asking.request(.keepAlive)
        for var story in [
            busy, asking, try .offline([.ticket]), try .blocked(by: .unknownID), try .blocked(by: .blocked),
        ] {
            let before = story.machine
            story.machine.linkLost(at: story.now)
            #expect(story.machine == before)
        }
    }

    @Test("A clock that is set back never ends the period before it began")
    func clockSetBack() throws {
        var story = try MachineStory.offline([.ticket])
        let begin = MachineStory.start
        story.wait(.seconds(-3600))
        _ = story.step()
        story.wait(.seconds(60))
        #expect(try story.send(.ticket).offlinePeriod == begin...begin)
    }

    @Test("Killed in the first attempt: the break began with it")
    func restart() throws {
        var story = try MachineStory.online()
        try story.issue(.ticket)
        let begin = story.now
        _ = try story.send(.ticket)
        story.wait(.seconds(300))
        story.restart()
        #expect(try story.send(.ticket).offlinePeriod == begin...story.now)
    }

    @Test("Server-blocked with nothing to send: no break")
    func serverBlocked() throws {
        var story = try MachineStory.blocked(by: .blocked)
        story.wait(.seconds(60))
        #expect(try story.send(.polling).offlinePeriod == story.now...story.now)
    }
}
