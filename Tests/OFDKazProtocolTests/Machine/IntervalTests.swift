import FiscalCore
import OFDKazProtocol
import Testing

/// Decision K20: one budget while ONLINE, the interval in OFFLINE and SERVER-BLOCKED.
@Suite("When the register tries again")
struct IntervalTests {
    @Test("Below 5 s of transaction time, or 60 s between attempts, is refused")
    func floors() throws {
        let rules = try RegisterRules()
        #expect(rules.transactionTime == .seconds(5))
        #expect(rules.reconnectInterval == .seconds(60))
        #expect(rules.retryPause == .milliseconds(500))
        #expect(throws: InvalidField("transactionTime", .range, limit: "at least 5 s")) {
            try RegisterRules(transactionTime: .milliseconds(4999))
        }
        #expect(throws: InvalidField("reconnectInterval", .range, limit: "at least 60 s")) {
            try RegisterRules(reconnectInterval: .seconds(59))
        }
        #expect(try RegisterRules(transactionTime: .seconds(5), reconnectInterval: .seconds(60)) == rules)
    }

    @Test("Within the budget nothing waits: the next attempt of the same pair is due at once")
    func withinBudget() throws {
        var story = try MachineStory.online()
        try story.issue(.ticket)
        let first = try story.send(.ticket)
        #expect(first.notDelivered(by: &story) == .repeatAfterPause)
        let second = try story.send(.ticket)
        #expect(second.unanswered(by: &story) == .repeatAfterPause)
        let third = try story.send(.ticket)
        #expect(third.answered(.serviceTemporarilyUnavailable, by: &story) == .repeatAfterPause)
        let fourth = try story.send(.ticket)
        #expect(fourth.answered(.unknownError, by: &story) == .repeatAfterPause)
        let fifth = try story.send(.ticket)
        #expect(Set([first, second, third, fourth, fifth].map(\.pair)).count == 1)
        #expect(story.mode == .online)
    }

    @Test("OFFLINE: attempts are the interval apart, never closer, and the same message under the same pair")
    func offline() throws {
        var story = try MachineStory.offline([.ticket])
        let pair = story.machine.head?.pair
        for _ in 0..<5 {
            let next = story.now + .seconds(60)
            #expect(story.step() == .wait(until: next))
            story.now = next - .milliseconds(1)
            #expect(story.step() == .wait(until: next))
            story.now = next
            let attempt = try story.send(.ticket)
            #expect(attempt.pair == pair)
            #expect(attempt.unanswered(by: &story) == .waiting)
        }
    }

    @Test("OFFLINE: one attempt a message, then the interval; after an OK the next follows at once")
    func draining() throws {
        var story = try MachineStory.offline([.ticket, .moneyPlacement, .ticket])
        story.wait(.seconds(60))
        try story.send(.ticket).answered(.ok, by: &story)
        #expect(try story.send(.moneyPlacement).answered(.unknownError, by: &story) == .waiting)
        #expect(story.step() == .wait(until: story.now + .seconds(60)))
        story.wait(.seconds(60))
        try story.send(.moneyPlacement).answered(.ok, by: &story)
        try story.send(.ticket).answered(.ok, by: &story)
        #expect(story.mode == .online)
    }

    @Test("SERVER-BLOCKED: SYSTEM at the interval, the first one an interval after the block")
    func serverBlocked() throws {
        var story = try MachineStory.blocked(by: .blocked)
        var numbers: [UInt16] = []
        for _ in 0..<4 {
            let next = story.now + .seconds(60)
            #expect(story.step() == .wait(until: next))
            story.now = next
            let attempt = try story.send(.polling)
            numbers.append(attempt.pair.reqnum)
            if numbers.count.isMultiple(of: 2) {
                attempt.unanswered(by: &story)
            } else {
                attempt.answered(.blocked, by: &story)
            }
        }
        #expect(Set(numbers).count == 4, "each is a request of its own")
    }

    @Test("A clock that is set back by a day holds the register up for one interval, not for a day")
    func clockSetBack() throws {
        for var story in [
            try MachineStory.offline([.ticket]), try MachineStory.offlineWhileIdle(),
            try MachineStory.blocked(by: .blocked),
        ] {
            story.wait(.seconds(-86_400))
            let next = story.now + .seconds(60)
            #expect(story.step() == .wait(until: next))
            story.now = next - .milliseconds(1)
            #expect(story.step() == .wait(until: next))
            story.now = next
            _ = try story.send()
        }
    }

    @Test("An INFO that is refused for itself leaves the register at work, and is asked for again after the interval")
    func refusedInfo() throws {
        var story = try MachineStory()
        #expect(
            try story.send(.info).answered(.incorrectRequestData, by: &story)
                == .serviceAnswered(.info, .incorrectRequestData))
        #expect(story.mode == .online)
        let next = story.now + .seconds(60)
        #expect(story.step() == .wait(until: next))
        // Neither a document nor another request brings it forward.
        try story.issue(.ticket)
        try story.send(.ticket).answered(.ok, by: &story)
        #expect(story.step() == .wait(until: next))
        try story.request(.keepAlive)
        try story.send(.keepAlive).answered(.ok, by: &story)
        #expect(story.step() == .wait(until: next))
        story.now = next
        try story.send(.info).answered(.ok, by: &story)
        #expect(story.step() == .rest)
    }

    @Test("At a restart the INFO is asked for at once")
    func infoAtStart() throws {
        var story = try MachineStory()
        try story.send(.info).answered(.incorrectRequestData, by: &story)
        story.restart()
        try story.send(.info).answered(.ok, by: &story)
        story.restart()
        _ = try story.send(.info)
    }
}
