import FiscalCore
import OFDKazProtocol
import Testing

/// Section 5.4 and 5.4.1; decision K28.
@Suite("The server blocks the register")
struct ServerBlockTests {
    /// Stopped in a drain, with two documents waiting.
    static func draining() throws -> MachineStory {
        var story = try MachineStory.offline([.ticket, .moneyPlacement])
        story.wait(.seconds(60))
        try story.send(.ticket).answered(.blocked, by: &story)
        return story
    }

    @Test("No work: every kind and every service request is refused, nothing but SYSTEM leaves")
    func noWork() throws {
        for var story in [try MachineStory.blocked(by: .blocked), try Self.draining()] {
            let waiting = story.machine.queue
            for _ in 0..<3 {
                for kind in MessageKind.allCases { #expect(story.admit(kind) == .refused(.serverBlocked)) }
                for kind in [ServiceKind.info, .keepAlive, .nomenclature, .auth] { #expect(!story.grants(kind)) }
                story.wait(.seconds(60))
                try story.send(.polling).answered(.blocked, by: &story)
            }
            #expect(story.machine.queue == waiting)
        }
    }

    @Test("Neither a person nor a restart nor time ends it")
    func onlyTheServer() throws {
        for var story in [try MachineStory.blocked(by: .blocked), try Self.draining()] {
            for decision in [RegisterMachine.Decision.archive, .sendAgain] {
                #expect(story.unblock(decision, evenUnknown: true) == .refused(.serverBlocked))
            }
            story.restart()
            try story.machine.tokenEntered(77, at: story.now)
            story.wait(.seconds(1000 * 3600))
            #expect(story.mode == .serverBlocked(awaitingToken: false))
            _ = try story.send(.polling)
        }
    }

    @Test("OK to SYSTEM with nothing waiting: ONLINE, no count, and an INFO")
    func nothingWaiting() throws {
        var story = try MachineStory.blocked(by: .blocked)
        story.wait(.seconds(60))
        try story.send(.polling).answered(.ok, by: &story)
        #expect(story.mode == .online)
        try story.send(.info).answered(.ok, by: &story)
        try story.issue(.ticket)
    }

    @Test(
        "OK to SYSTEM with a queue: the count first, then the queue in order from the head that was stopped, then INFO")
    func queueWaiting() throws {
        var story = try Self.draining()
        let stopped = try #require(story.machine.head)
        #expect(stopped.refusal == .blocked)
        story.wait(.seconds(60))
        try story.send(.polling).answered(.ok, by: &story)
        #expect(story.machine.head?.refusal == nil)
        try story.send(.announcing(count: 2)).answered(.ok, by: &story)
        let first = try story.send(.ticket)
        #expect(first.pair == stopped.pair)
        first.answered(.ok, by: &story)
        try story.send(.moneyPlacement).answered(.ok, by: &story)
        #expect(story.mode == .online)
        _ = try story.send(.info)
    }

    @Test("After silence to the count it is told again, with what was issued meanwhile")
    func countAgain() throws {
        var story = try Self.draining()
        story.wait(.seconds(60))
        try story.send(.polling).answered(.ok, by: &story)
        try story.send(.announcing(count: 2)).unanswered(by: &story)
        try story.issue(.ticket)
        #expect(story.step() == .wait(until: story.now + .seconds(60)))
        story.restart()
        story.wait(.seconds(60))
        try story.send(.announcing(count: 3)).answered(.ok, by: &story)
        _ = try story.send(.ticket)
    }

    @Test("Blocked between acceptance and answer: the repeat finds the stored answer, or the block and then the answer")
    func acceptedBeforeTheBlock() throws {
        // Decision K7: the stored answer comes before the block.
        var story = try MachineStory.offline([.ticket, .ticket])
        story.wait(.seconds(60))
        try story.send(.ticket).answered(.ok, token: 5, by: &story)
        try story.send(.ticket).answered(.blocked, by: &story)
        #expect(story.mode == .serverBlocked(awaitingToken: false))

        // A server that looks at the block first: the token has moved on, SYSTEM draws 2 until a person types it.
        var other = try MachineStory.offline([.ticket])
        let pair = other.machine.head?.pair
        other.wait(.seconds(60))
        try other.send(.ticket).answered(.blocked, by: &other)
        other.wait(.seconds(60))
        try other.send(.polling).answered(.invalidToken, by: &other)
        #expect(other.mode == .serverBlocked(awaitingToken: true))
        other.wait(.seconds(24 * 3600))
        #expect(other.step() == .rest)
        try other.machine.tokenEntered(5, at: other.now)
        let polling = try other.send(.polling)
        #expect(polling.pair.token == 5)
        polling.answered(.ok, by: &other)
        try other.send(.announcing(count: 1)).answered(.ok, by: &other)
        let repeated = try other.send(.ticket)
        #expect(repeated.pair == pair)
        repeated.answered(.ok, token: 5, by: &other)
        #expect(other.mode == .online)
    }

    @Test("15 to the repeat of a message of unknown outcome: it stays at the head, and goes first when the block ends")
    func unknownOutcome() throws {
        var story = try MachineStory.online()
        try story.issue(.ticket)
        let first = try story.send(.ticket)
        first.unanswered(by: &story)
        guard case .unknown = try story.send(.ticket).answered(.blocked, by: &story) else {
            Issue.record("not unknown")
            return
        }
        story.wait(.seconds(60))
        try story.send(.polling).answered(.ok, by: &story)
        try story.send(.announcing(count: 1)).answered(.ok, by: &story)
        let repeated = try story.send(.ticket)
        #expect(repeated.pair == first.pair && repeated.message?.isOffline == false)
        repeated.answered(.ok, by: &story)
        #expect(story.mode == .online)
    }

    @Test("A token typed while a SYSTEM under the old one is under way is tried before another is wanted")
    func typedMeanwhile() throws {
        var story = try MachineStory.blocked(by: .blocked)
        story.wait(.seconds(60))
        let polling = try story.send(.polling)
        try story.machine.tokenEntered(5, at: story.now)
        polling.answered(.invalidToken, by: &story)
        #expect(story.mode == .serverBlocked(awaitingToken: false))
        story.wait(.seconds(60))
        let next = try story.send(.polling)
        #expect(next.pair.token == 5)
        next.answered(.invalidToken, by: &story)
        #expect(story.mode == .serverBlocked(awaitingToken: true))

        var online = try MachineStory.online()
        try online.request(.nomenclature)
        let asked = try online.send(.nomenclature)
        try online.machine.tokenEntered(5, at: online.now)
        asked.answered(.invalidToken, by: &online)
        #expect(online.mode == .online)
        try online.issue(.ticket)
        let ticket = try online.send(.ticket)
        try online.machine.tokenEntered(6, at: online.now)
        ticket.answered(.invalidToken, by: &online)
        #expect(online.mode == .online && online.machine.queue.isEmpty)
    }
}
