import FiscalCore
import OFDKazProtocol
import Testing

/// Section 5.1 and 5.2: from ONLINE to OFFLINE and back.
@Suite("The queue of a register without a link")
struct OfflineQueueTests {
    @Test(
        "No answer within the budget: OFFLINE, and the message in flight is first in the queue",
        arguments: MessageKind.allCases)
    func inFlight(_ kind: MessageKind) throws {
        var story = try MachineStory.online()
        let issued = try story.issue(kind)
        #expect(!issued.isOffline)
        try story.send(kind).unanswered(by: &story)
        #expect(story.mode == .online)
        guard case .pending(let message) = try story.send(kind).unanswered(by: &story, budgetIsLeft: false) else {
            Issue.record("not pending")
            return
        }
        #expect(message.number == issued.number && message.isOffline && message.wentUnanswered)
        #expect(message.refusal == nil && !message.outcomeIsUnknown)
        #expect(story.mode == .offline(awaitingTransport: false))
        try story.issue(.ticket)
        #expect(story.machine.queue.map(\.number) == [issued.number, issued.number + 1])
    }

    @Test("Refused connections for the whole budget: OFFLINE as well, and the server cannot have it")
    func noConnection() throws {
        var story = try MachineStory.online()
        try story.issue(.ticket)
        try story.send(.ticket).notDelivered(by: &story)
        guard case .pending(let message) = try story.send(.ticket).notDelivered(by: &story, budgetIsLeft: false) else {
            Issue.record("not pending")
            return
        }
        #expect(message.isOffline && !message.wentUnanswered)
        #expect(message.pair != nil, "it keeps the pair of its first attempt")
    }

    @Test("254 twice, then 0: three attempts of one pair, and ONLINE all the time")
    func busyServer() throws {
        var story = try MachineStory.online()
        try story.issue(.ticket)
        let first = try story.send(.ticket)
        first.answered(.serviceTemporarilyUnavailable, by: &story)
        let second = try story.send(.ticket)
        second.answered(.unknownError, by: &story)
        let third = try story.send(.ticket)
        #expect(first.pair == second.pair && second.pair == third.pair)
        #expect(third.message?.kind == first.message?.kind, "and the same command")
        third.answered(.ok, by: &story)
        #expect(story.mode == .online)
    }

    @Test(
        "OFFLINE: every kind is queued at the tail as an offline message; sent strictly in order, then ONLINE and INFO")
    func order() throws {
        var story = try MachineStory.offline([.ticket, .moneyPlacement, .closeShift, .report, .ticket])
        #expect(story.kinds == [.ticket, .moneyPlacement, .closeShift, .report, .ticket])
        #expect(story.machine.queue.map(\.isOffline) == [true, true, true, true, true])
        story.wait(.seconds(60))
        for kind in [MessageKind.ticket, .moneyPlacement, .closeShift, .report, .ticket] {
            #expect(story.mode == .offline(awaitingTransport: false))
            try story.send(kind).answered(.ok, by: &story)
        }
        #expect(story.mode == .online)
        try story.send(.info).answered(.ok, by: &story)
        #expect(story.step() == .rest)
    }

    @Test("While one message waits, a new one is queued behind it even in the middle of a drain, and sent last")
    func midDrain() throws {
        var story = try MachineStory.offline([.ticket, .ticket])
        story.wait(.seconds(60))
        try story.send(.ticket).answered(.ok, by: &story)
        let last = try story.send(.ticket)
        // Issued while the last message of the queue is under way.
        let late = try story.issue(.moneyPlacement)
        #expect(late.isOffline)
        last.answered(.ok, by: &story)
        #expect(story.mode == .offline(awaitingTransport: false))
        #expect(try story.send(.moneyPlacement).message?.number == late.number)
    }

    @Test("Never two unanswered messages: the second is not tried before the first is answered with 0")
    func oneByOne() throws {
        var story = try MachineStory.offline([.ticket, .ticket])
        for _ in 0..<4 {
            story.wait(.seconds(60))
            try story.send(.ticket).unanswered(by: &story)
            #expect(story.machine.queue[1].pair == nil)
        }
    }

    @Test("Broken while idle: SYSTEM until the link is back, then the queue; with nothing in it at once ONLINE")
    func idle() throws {
        var story = try MachineStory.offlineWhileIdle()
        #expect(story.step() == .wait(until: story.now + .seconds(60)))
        story.wait(.seconds(60))
        try story.send(.restoring).unanswered(by: &story)
        var nothing = story
        nothing.wait(.seconds(60))
        try nothing.send(.restoring).answered(.ok, by: &nothing)
        #expect(nothing.mode == .online)
        _ = try nothing.send(.info)

        try story.issue(.ticket)
        story.wait(.seconds(60))
        try story.send(.restoring).answered(.ok, by: &story)
        try story.send(.ticket).answered(.ok, by: &story)
        #expect(story.mode == .online)
    }

    @Test("Broken by a message: that message restores the link, no SYSTEM goes before it")
    func messageFirst() throws {
        for delivered in [true, false] {
            var story = try MachineStory.online()
            try story.issue(.ticket)
            let attempt = try story.send(.ticket)
            if delivered {
                attempt.unanswered(by: &story, budgetIsLeft: false)
            } else {
                attempt.notDelivered(by: &story, budgetIsLeft: false)
            }
            story.wait(.seconds(60))
            _ = try story.send(.ticket)
        }
    }

    @Test("Between a lost answer and its repeat nothing else is sent, neither at a restart nor for a host (K3)")
    func nothingBetween() throws {
        var online = try MachineStory()
        // An INFO is owed, and waits behind the ticket.
        try online.issue(.ticket)
        let first = try online.send(.ticket)
        first.unanswered(by: &online)
        #expect(!online.grants(.keepAlive) && !online.grants(.auth))
        #expect(try online.send(.ticket).pair == first.pair)
        online.restart()
        #expect(!online.grants(.info))
        let again = try online.send(.ticket)
        #expect(again.pair == first.pair)
        again.answered(.ok, by: &online)
        _ = try online.send(.info)
    }

    @Test("7: queued, and nothing is tried until the transport setting has changed")
    func awaitingTransport() throws {
        var story = try MachineStory.online()
        try story.issue(.ticket)
        let attempt = try story.send(.ticket)
        attempt.answered(.sslIsNotAllowed, by: &story)
        #expect(story.step() == .rest)
        story.wait(.seconds(24 * 3600))
        #expect(story.step() == .rest)
        try story.issue(.moneyPlacement)
        story.restart()
        #expect(story.step() == .rest)
        story.machine.transportChanged(at: story.now)
        let again = try story.send(.ticket)
        #expect(again.pair == attempt.pair)
        again.answered(.ok, by: &story)
        _ = try story.send(.moneyPlacement)
    }

    @Test("7 to a service request: SYSTEM restores the link once the setting has changed")
    func awaitingTransportWhileIdle() throws {
        var story = try MachineStory.online()
        try story.request(.nomenclature)
        try story.send(.nomenclature).answered(.sslIsNotAllowed, by: &story)
        #expect(story.step() == .rest)
        story.machine.transportChanged(at: story.now)
        try story.send(.restoring).answered(.ok, by: &story)
        #expect(story.mode == .online)
    }

    @Test("A changed transport is no event anywhere else")
    func transportElsewhere() throws {
        for var story in [
            try MachineStory.online(), try .offline([.ticket]), try .blocked(by: .unknownID),
            try .blocked(by: .blocked),
        ] {
            let before = story.machine
            story.machine.transportChanged(at: story.now)
            #expect(story.machine == before)
        }
    }

    @Test("Numbers of messages ascend and are never used twice, whatever becomes of the messages")
    func numbers() throws {
        var story = try MachineStory.online()
        var numbers: [Int64] = []
        for code in [ResultCode.ok, .incorrectRequestData, .ok] {
            numbers.append(try story.issue(.ticket).number)
            try story.send(.ticket).answered(code, by: &story)
            story.restart()
            try story.send(.info).answered(.ok, by: &story)
        }
        numbers.append(try story.issue(.ticket).number)
        #expect(numbers == [1, 2, 3, 4])
    }
}
