import FiscalCore
import OFDKazProtocol
import Testing

/// Decision K5: what follows when code 2 was answered and a person types in a token.
@Suite("A new token is typed in")
struct NewTokenTests {
    static let typed: UInt32 = 4_000_000_001

    /// Offline, with two tickets; the first one's first attempt was answered with 2, or met silence before.
    static func stopped(afterSilence: Bool) throws -> MachineStory {
        var story = try MachineStory.online()
        try story.issue(.ticket)
        try story.send(.ticket).notDelivered(by: &story)
        if afterSilence { try story.send(.ticket).unanswered(by: &story) }
        try story.send(.ticket).notDelivered(by: &story, budgetIsLeft: false)
        try story.issue(.ticket)
        story.wait(.seconds(60))
        try story.send(.ticket).answered(.invalidToken, by: &story)
        #expect(story.mode == .blocked(.token))
        #expect(story.step() == .rest)
        return story
    }

    @Test("Online: the refused ticket is settled, nothing works, and after the token an INFO and the next ticket do")
    func online() throws {
        var story = try MachineStory.online()
        try story.issue(.ticket)
        let attempt = try story.send(.ticket)
        guard case .refused(_, .invalidToken) = attempt.answered(.invalidToken, by: &story) else {
            Issue.record("not refused")
            return
        }
        #expect(story.mode == .blocked(.token))
        #expect(story.machine.queue.isEmpty)
        #expect(story.admit(.ticket) == .refused(.blocked(.token)))
        #expect(story.unblock(.archive) == .refused(.tokenWanted))
        try story.machine.tokenEntered(Self.typed, at: story.now)
        #expect(story.mode == .online)
        let info = try story.send(.info)
        #expect(info.pair.token == Self.typed)
        info.answered(.ok, by: &story)
        try story.issue(.ticket)
        guard case .registered = try story.send(.ticket).answered(.ok, by: &story) else {
            Issue.record("not registered")
            return
        }
    }

    @Test("A pinned message goes first under its old pair; answered 0 it is done")
    func oldPairIsKnown() throws {
        var story = try Self.stopped(afterSilence: true)
        let old = story.machine.head?.pair
        try story.machine.tokenEntered(Self.typed, at: story.now)
        let attempt = try story.send(.ticket)
        #expect(attempt.pair == old)
        // The stored answer comes under the token that is issued now, whatever the person typed.
        attempt.answered(.ok, token: 5, by: &story)
        #expect(story.kinds == [.ticket])
        #expect(try story.send(.ticket).pair.token == 5)
    }

    @Test("Answered 2 again, and never unanswered: it takes a new pair by itself")
    func renumbered() throws {
        var story = try Self.stopped(afterSilence: false)
        try story.machine.tokenEntered(Self.typed, at: story.now)
        let old = try story.send(.ticket)
        guard case .renumbered = old.answered(.invalidToken, by: &story) else {
            Issue.record("not renumbered")
            return
        }
        let new = try story.send(.ticket)
        #expect(new.message?.number == old.message?.number)
        #expect(new.pair.token == Self.typed)
        #expect(new.pair.reqnum == old.pair.reqnum + 1)
        guard case .registered = new.answered(.ok, token: 5, by: &story) else {
            Issue.record("not registered")
            return
        }
    }

    @Test("Renumbered, and the typed token was wrong as well: blocked for a token, not asked a third time")
    func typedTokenIsWrong() throws {
        var story = try Self.stopped(afterSilence: false)
        try story.machine.tokenEntered(Self.typed, at: story.now)
        try story.send(.ticket).answered(.invalidToken, by: &story)
        try story.send(.ticket).answered(.invalidToken, by: &story)
        #expect(story.mode == .blocked(.token))
        #expect(story.step() == .rest)
    }

    @Test("Answered 2 again after silence: a person chooses, with an INFO beside that changes nothing but the token")
    func person() throws {
        var story = try Self.stopped(afterSilence: true)
        try story.machine.tokenEntered(Self.typed, at: story.now)
        try story.send(.ticket).answered(.invalidToken, by: &story)
        #expect(story.mode == .blocked(.message(.invalidToken)))
        #expect(story.machine.head?.outcomeIsUnknown == true)
        #expect(story.admit(.ticket) == .refused(.blocked(.message(.invalidToken))))
        try story.send(.comparison).answered(.ok, by: &story)
        #expect(story.mode == .blocked(.message(.invalidToken)))
        #expect(story.step() == .rest)
        #expect(story.unblock(.archive) == .refused(.outcomeUnknown))
        #expect(story.unblock(.sendAgain) == .refused(.outcomeUnknown))

        var archiving = story
        guard case .archived(let message) = archiving.unblock(.archive, evenUnknown: true) else {
            Issue.record("not archived")
            return
        }
        #expect(message.outcomeIsUnknown)
        #expect(try archiving.send(.ticket).pair.token == Self.typed)

        let old = story.machine.head
        guard case .sendingAgain = story.unblock(.sendAgain, evenUnknown: true) else {
            Issue.record("not sent again")
            return
        }
        let again = try story.send(.ticket)
        #expect(again.message?.number == old?.number)
        #expect(again.pair.token == Self.typed)
        #expect(again.pair != old?.pair)
    }

    @Test("No answer to the INFO beside: the figures are missing, until another token is typed")
    func noFigures() throws {
        var story = try Self.stopped(afterSilence: true)
        try story.machine.tokenEntered(Self.typed, at: story.now)
        try story.send(.ticket).answered(.invalidToken, by: &story)
        let first = try story.send(.comparison)
        #expect(first.unanswered(by: &story) == .repeatAfterPause)
        let second = try story.send(.comparison)
        #expect(second.pair == first.pair)
        #expect(second.unanswered(by: &story, budgetIsLeft: false) == .serviceUnanswered(.comparison))
        #expect(story.step() == .rest)
        #expect(story.mode == .blocked(.message(.invalidToken)))
        try story.machine.tokenEntered(Self.typed + 1, at: story.now)
        #expect(story.mode == .blocked(.message(.invalidToken)))
        let third = try story.send(.comparison)
        #expect(third.pair.token == Self.typed + 1)
        third.answered(.ok, by: &story)
        #expect(story.step() == .rest)
    }

    @Test("Sent again under a new pair it stays a message that the server may have")
    func staysUnknown() throws {
        var story = try Self.stopped(afterSilence: true)
        try story.machine.tokenEntered(Self.typed, at: story.now)
        try story.send(.ticket).answered(.invalidToken, by: &story)
        _ = story.unblock(.sendAgain, evenUnknown: true)
        try story.send(.ticket).answered(.incorrectRequestData, by: &story)
        #expect(story.machine.head?.outcomeIsUnknown == true)
        #expect(story.unblock(.archive) == .refused(.outcomeUnknown))
    }

    @Test("A token typed for one message does not count for a later one")
    func tokenOfAnEarlierMessage() throws {
        var story = try MachineStory.online()
        try story.issue(.ticket)
        let attempt = try story.send(.ticket)
        try story.machine.tokenEntered(Self.typed, at: story.now)
        attempt.answered(.incorrectRequestData, by: &story)
        #expect(story.mode == .online)
        try story.goOffline([.ticket])
        story.wait(.seconds(60))
        try story.send(.ticket).answered(.invalidToken, by: &story)
        #expect(story.mode == .blocked(.token))
    }

    @Test("A message that was never tried takes the typed token; if that is wrong, a token is wanted again")
    func neverTried() throws {
        var story = try MachineStory.offlineWhileIdle()
        try story.issue(.ticket)
        story.wait(.seconds(60))
        try story.send(.restoring).answered(.invalidToken, by: &story)
        #expect(story.mode == .blocked(.token))
        try story.machine.tokenEntered(Self.typed, at: story.now)
        try story.send(.restoring).answered(.ok, by: &story)
        let before = story.machine.state.reqnum
        try story.send(.ticket).answered(.invalidToken, by: &story)
        #expect(story.mode == .blocked(.token))
        #expect(story.machine.state.reqnum == before + 1)
    }

    @Test("Typed while online or offline it is used from the next new request on")
    func typedAnyTime() throws {
        var online = try MachineStory.online()
        try online.machine.tokenEntered(Self.typed, at: online.now)
        #expect(online.mode == .online)
        try online.issue(.ticket)
        #expect(try online.send(.ticket).pair.token == Self.typed)

        var offline = try MachineStory.offline([.ticket, .ticket])
        try offline.machine.tokenEntered(Self.typed, at: offline.now)
        #expect(offline.mode == .offline(awaitingTransport: false))
        offline.wait(.seconds(60))
        let first = try offline.send(.ticket)
        #expect(first.pair.token == MachineStory.token)
        first.answered(.ok, token: 5, by: &offline)
        #expect(try offline.send(.ticket).pair.token == 5)
    }

    @Test("Typed while a message, or a service code, blocks: kept for later, and the block stays")
    func typedWhileBlocked() throws {
        var message = try MachineStory.offline([.ticket, .ticket])
        message.wait(.seconds(60))
        try message.send(.ticket).answered(.incorrectRequestData, by: &message)
        try message.machine.tokenEntered(Self.typed, at: message.now)
        #expect(message.mode == .blocked(.message(.incorrectRequestData)))
        #expect(message.step() == .rest)
        _ = message.unblock(.archive, evenUnknown: true)
        #expect(try message.send(.ticket).pair.token == Self.typed)

        var service = try MachineStory.blocked(by: .unknownID)
        try service.machine.tokenEntered(Self.typed, at: service.now)
        #expect(service.mode == .blocked(.service(.unknownID)))
        #expect(service.step() == .rest)
        #expect(service.unblock(.archive) == .lifted)
        #expect(try service.send(.info).pair.token == Self.typed)
    }

    @Test("0 is no token")
    func zero() throws {
        var story = try MachineStory.blocked(by: .invalidToken)
        let before = story.machine
        #expect(throws: InvalidField("token", .range, limit: "1...4294967295")) {
            try story.machine.tokenEntered(0, at: story.now)
        }
        #expect(story.machine == before)
    }
}
