import FiscalCore
import OFDKazProtocol
import Testing

/// The driver reports how each attempt ended; a mistake of its own must cost no document.
@Suite("An attempt is reported once")
struct ReportOfAttemptTests {
    @Test("An acceptance that is reported twice takes no second message out of the queue")
    func acceptedTwice() throws {
        var story = try MachineStory.offline([.ticket, .ticket])
        story.wait(.seconds(60))
        let attempt = try story.send(.ticket)
        let first = story.machine.queue[0].number
        guard case .registered(let message) = attempt.answered(.ok, token: 8, by: &story) else {
            Issue.record("not registered")
            return
        }
        #expect(message.number == first)
        #expect(attempt.answered(.ok, token: 8, by: &story) == .stale)
        #expect(story.kinds == [.ticket])
    }

    @Test("A refusal that is reported twice blocks nothing else")
    func refusedTwice() throws {
        var story = try MachineStory.online()
        try story.issue(.ticket)
        let attempt = try story.send(.ticket)
        attempt.answered(.incorrectRequestData, by: &story)
        #expect(attempt.answered(.unknownID, by: &story) == .stale)
        #expect(story.mode == .online)
        #expect(attempt.unanswered(by: &story, budgetIsLeft: false) == .stale)
        #expect(story.mode == .online)
    }

    @Test("What a message was is told as it stands in the queue, not as it was when the attempt began")
    func freshCopy() throws {
        var story = try MachineStory.online()
        try story.issue(.ticket)
        try story.send(.ticket).unanswered(by: &story)
        guard case .registered(let message) = try story.send(.ticket).answered(.ok, token: 8, by: &story) else {
            Issue.record("not registered")
            return
        }
        #expect(message.wentUnanswered)
        #expect(!message.attemptIsOpen)
    }

    @Test("An INFO for comparison that ends after the person has decided changes nothing")
    func lateComparison() throws {
        for result in [ExchangeResult.unanswered, .answered(.invalidToken, token: 9), .answered(.ok, token: 9)] {
            var story = try MachineStory.offline([.ticket, .ticket])
            story.wait(.seconds(60))
            try story.send(.ticket).answered(.invalidToken, by: &story)
            try story.machine.tokenEntered(77, at: story.now)
            try story.send(.ticket).answered(.invalidToken, by: &story)
            let comparison = try story.send(.comparison)
            guard case .sendingAgain = story.unblock(.sendAgain, evenUnknown: true) else {
                Issue.record("not sent again")
                return
            }
            let before = story.machine
            #expect(
                story.machine.exchangeEnded(comparison, with: result, budgetIsLeft: false, at: story.now) == .stale)
            #expect(story.machine == before)
        }
    }

    @Test("An attempt that was never reported counts as unanswered when the next one starts")
    func neverReported() throws {
        var story = try MachineStory.online()
        try story.issue(.ticket)
        let forgotten = try story.send(.ticket)
        let again = try story.send(.ticket)
        #expect(forgotten.pair == again.pair)
        guard case .unknown = again.answered(.incorrectRequestData, by: &story) else {
            Issue.record("the refusal settled a message that the server may have")
            return
        }
    }
}
