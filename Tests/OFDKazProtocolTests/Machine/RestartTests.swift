import FiscalCore
import Foundation
import OFDKazProtocol
import Testing

/// The power goes at any moment; what was committed comes back.
@Suite("A register that is opened again")
struct RestartTests {
    @Test("Before the commit of a send: nothing has happened, no number is used")
    func beforeCommit() throws {
        var story = try MachineStory.online()
        try story.issue(.ticket)
        let committed = story
        let lost = try story.send(.ticket)
        story = committed
        story.restart()
        #expect(story.machine.head?.wentUnanswered == false)
        #expect(try story.send(.ticket).pair == lost.pair)
    }

    @Test("Between commit and answer: the server may have it, the same pair goes again, and a refusal settles nothing")
    func afterCommit() throws {
        var story = try MachineStory.online()
        try story.issue(.ticket)
        let attempt = try story.send(.ticket)
        story.restart()
        #expect(story.mode == .online)
        #expect(story.machine.head?.wentUnanswered == true)
        #expect(story.admit(.ticket) == .refused(.unsettled))
        let again = try story.send(.ticket)
        #expect(again.pair == attempt.pair)
        guard case .unknown = again.answered(.incorrectRequestData, by: &story) else {
            Issue.record("settled")
            return
        }
    }

    @Test("Between answer and commit: repeated, and the stored answer brings the token")
    func beforeCommitOfAnswer() throws {
        var story = try MachineStory.offline([.ticket, .ticket])
        story.wait(.seconds(60))
        let attempt = try story.send(.ticket)
        let committed = story
        attempt.answered(.ok, token: 5, by: &story)
        story = committed
        story.restart()
        let again = try story.send(.ticket)
        #expect(again.pair == attempt.pair)
        again.answered(.ok, token: 5, by: &story)
        #expect(try story.send(.ticket).pair.token == 5)
    }

    @Test("Between two attempts nothing is under way, and nothing becomes unknown that was not")
    func betweenAttempts() throws {
        var story = try MachineStory.online()
        try story.issue(.ticket)
        try story.send(.ticket).notDelivered(by: &story)
        story.restart()
        #expect(story.machine.head?.wentUnanswered == false)
        guard case .refused = try story.send(.ticket).answered(.incorrectRequestData, by: &story) else {
            Issue.record("not settled")
            return
        }
    }

    @Test("A service request under way is forgotten; its number is used up")
    func service() throws {
        var story = try MachineStory.online()
        try story.request(.nomenclature)
        let forgotten = try story.send(.nomenclature)
        story.restart()
        let info = try story.send(.info)
        #expect(info.pair.reqnum == forgotten.pair.reqnum + 1)
    }

    @Test("The mode, the queue, the interval and the greeting are kept; in ONLINE an INFO is due")
    func kept() throws {
        var serverBlocked = try ServerBlockTests.draining()
        serverBlocked.wait(.seconds(60))
        var announcing = serverBlocked
        try announcing.send(.polling).answered(.ok, by: &announcing)
        var comparing = try NewTokenTests.stopped(afterSilence: true)
        try comparing.machine.tokenEntered(5, at: comparing.now)
        try comparing.send(.ticket).answered(.invalidToken, by: &comparing)
        let stories: [MachineStory] = [
            try .offline([.ticket, .report]), try .offlineWhileIdle(), try .blocked(by: .unknownID),
            try .blocked(by: .invalidToken), try .blocked(by: .blocked), serverBlocked, announcing, comparing,
            try UnblockTests.stopped(by: .incorrectRequestData),
        ]
        for var story in stories {
            let before = story
            story.restart()
            #expect(story.mode == before.mode && story.machine.queue == before.machine.queue)
            var unbroken = before
            switch (story.step(), unbroken.step()) {
            case (.send(let after), .send(let before)): #expect(after == before)
            case (let after, let before): #expect(after == before)
            }
        }
        var online = try MachineStory.online()
        online.restart()
        _ = try online.send(.info)
    }

    @Test("State and queue are the same after a journey through JSON, in every mode")
    func stored() throws {
        let stories: [MachineStory] = [
            try MachineStory(), try .online(), try .offline([.ticket, .closeShift]), try .offlineWhileIdle(),
            try .blocked(by: .unknownID), try .blocked(by: .invalidToken), try .blocked(by: .blocked),
            try UnblockTests.stopped(by: .incorrectRequestData), try ServerBlockTests.draining(),
        ]
        for var story in stories {
            _ = story.step()
            let state = try JSONDecoder().decode(
                RegisterState.self, from: JSONEncoder().encode(story.machine.state))
            let queue = try JSONDecoder().decode(
                [QueuedMessage].self, from: JSONEncoder().encode(story.machine.queue))
            #expect(RegisterMachine(rules: story.machine.rules, state: state, queue: queue) == story.machine)
        }
    }
}
