import FiscalCore
import OFDKazProtocol
import Testing

/// Decisions K21, K22 and K23: limits refuse new documents, stop no drain, and end by themselves.
@Suite("How long a shift and a break may last")
struct IssueLimitTests {
    static let documents: [MessageKind] = [.ticket, .moneyPlacement]
    static let day = Duration.seconds(24 * 3600)

    @Test(
        "A shift of 24 h refuses tickets and money at the limit, not before; close and report go on",
        arguments: documents)
    func shift(_ kind: MessageKind) throws {
        for reached in [try MachineStory.online(), try MachineStory.offlineWhileIdle()] {
            var story = reached
            story.shiftOpenedAt = MachineStory.start
            story.now = MachineStory.start + Self.day - .milliseconds(1)
            var before = story
            try before.issue(kind)
            story.wait(.milliseconds(1))
            #expect(story.admit(kind) == .refused(.shiftMustBeClosed))
            var reporting = story
            try reporting.issue(.report)
            try story.issue(.closeShift)
        }
    }

    @Test("A new shift counts from its own first document, and without one there is no limit")
    func nextShift() throws {
        var story = try MachineStory.online()
        story.wait(.seconds(100 * 3600))
        story.shiftOpenedAt = nil
        try story.issue(.ticket)
        try story.send(.ticket).answered(.ok, by: &story)
        story.shiftOpenedAt = story.now
        try story.issue(.ticket)
    }

    @Test("The limit of the shift can be switched off, and so can the limit of the break")
    func switchedOff() throws {
        let rules = try RegisterRules(shiftLimit: nil, offlineLimit: nil)
        var story = try MachineStory.offline([.ticket])
        story.machine = RegisterMachine(rules: rules, state: story.machine.state, queue: story.machine.queue)
        story.shiftOpenedAt = MachineStory.start
        story.wait(.seconds(1000 * 3600))
        for kind in MessageKind.allCases { try story.issue(kind) }
    }

    @Test("Code 11 to a ticket: refused, and nothing but close and report until the close is accepted")
    func eleven() throws {
        var story = try MachineStory.online()
        try story.issue(.ticket)
        guard
            case .refused(_, .openShiftTimeoutExpired) = try story.send(.ticket).answered(
                .openShiftTimeoutExpired, by: &story)
        else {
            Issue.record("not refused")
            return
        }
        #expect(story.mode == .online)
        for kind in Self.documents { #expect(story.admit(kind) == .refused(.shiftMustBeClosed)) }
        story.restart()
        try story.send(.info).answered(.ok, by: &story)
        #expect(story.admit(.ticket) == .refused(.shiftMustBeClosed))
        try story.issue(.report)
        try story.send(.report).answered(.ok, by: &story)
        try story.issue(.closeShift)
        #expect(story.admit(.ticket) == .refused(.unsettled))
        try story.send(.closeShift).answered(.incorrectRequestData, by: &story)
        #expect(story.admit(.ticket) == .refused(.shiftMustBeClosed), "the close was refused")
        try story.issue(.closeShift)
        try story.send(.closeShift).answered(.ok, by: &story)
        try story.issue(.ticket)
    }

    @Test("A close that is kept for later ends the shift as well", arguments: [true, false])
    func closeOffline(_ isAlreadyOffline: Bool) throws {
        var story = try MachineStory.online()
        try story.issue(.ticket)
        try story.send(.ticket).answered(.openShiftTimeoutExpired, by: &story)
        if isAlreadyOffline {
            try story.request(.keepAlive)
            try story.send(.keepAlive).unanswered(by: &story, budgetIsLeft: false)
            #expect(story.admit(.ticket) == .refused(.shiftMustBeClosed))
            #expect(try story.issue(.closeShift).isOffline)
        } else {
            try story.issue(.closeShift)
            guard case .pending = try story.send(.closeShift).unanswered(by: &story, budgetIsLeft: false) else {
                Issue.record("not pending")
                return
            }
        }
        try story.issue(.ticket)
        #expect(story.kinds == [.closeShift, .ticket])
    }

    @Test("Code 11 counts as well when the ticket's outcome is unknown, in a drain, and in answer to a service request")
    func elevenAnyTime() throws {
        var unknown = try MachineStory.online()
        try unknown.issue(.ticket)
        try unknown.send(.ticket).unanswered(by: &unknown)
        try unknown.send(.ticket).answered(.openShiftTimeoutExpired, by: &unknown)
        #expect(unknown.mode == .blocked(.message(.openShiftTimeoutExpired)))
        _ = unknown.unblock(.archive, evenUnknown: true)
        #expect(unknown.admit(.ticket) == .refused(.shiftMustBeClosed))

        var draining = try MachineStory.offline([.ticket, .report])
        draining.wait(.seconds(60))
        try draining.send(.ticket).answered(.openShiftTimeoutExpired, by: &draining)
        #expect(draining.mode == .blocked(.message(.openShiftTimeoutExpired)))
        _ = draining.unblock(.archive, evenUnknown: true)
        #expect(draining.admit(.ticket) == .refused(.shiftMustBeClosed))
        try draining.issue(.closeShift)
        try draining.issue(.ticket)

        var service = try MachineStory.online()
        try service.request(.nomenclature)
        try service.send(.nomenclature).answered(.openShiftTimeoutExpired, by: &service)
        #expect(service.admit(.ticket) == .refused(.shiftMustBeClosed))
    }

    @Test("Code 11 in a drain does not close the next shift when the close of the old one is queued already")
    func elevenBeforeQueuedClose() throws {
        var story = try MachineStory.offline([.ticket, .closeShift, .ticket])
        story.wait(.seconds(60))
        try story.send(.ticket).answered(.openShiftTimeoutExpired, by: &story)
        _ = story.unblock(.archive, evenUnknown: true)
        try story.issue(.ticket)
    }

    @Test("72 h after the oldest unsent document tickets and money are refused; the close is not", arguments: documents)
    func breakOf72Hours(_ kind: MessageKind) throws {
        var story = try MachineStory.offline([.ticket])
        let limit = MachineStory.start + .seconds(72 * 3600)
        story.now = limit - .milliseconds(1)
        try story.issue(kind)
        story.now = limit
        #expect(story.admit(kind) == .refused(.offlineTooLong))
        try story.issue(.report)
        try story.issue(.closeShift)
        #expect(story.mode == .offline(awaitingTransport: false), "the drain goes on")
    }

    @Test("The limit ends by itself with the oldest document's delivery")
    func breakEnds() throws {
        var story = try MachineStory.offline([.ticket])
        story.wait(.seconds(3600))
        try story.issue(.ticket)
        story.now = MachineStory.start + .seconds(72 * 3600)
        #expect(story.admit(.ticket) == .refused(.offlineTooLong))
        try story.send(.ticket).answered(.ok, by: &story)
        try story.issue(.ticket)
        story.wait(.seconds(3600))
        #expect(story.admit(.ticket) == .refused(.offlineTooLong))
        try story.send(.ticket).answered(.ok, by: &story)
        try story.send(.ticket).answered(.ok, by: &story)
        #expect(story.mode == .online)
        try story.issue(.ticket)
    }

    @Test("A report that waits is no document and starts no limit")
    func oldReport() throws {
        var story = try MachineStory.offline([.report])
        story.wait(.seconds(1000 * 3600))
        try story.issue(.ticket)
        story.wait(.seconds(71 * 3600))
        try story.issue(.ticket)
        story.wait(.seconds(3600))
        #expect(story.admit(.ticket) == .refused(.offlineTooLong))
    }

    @Test("A clock that is set back starts no limit early")
    func clockSetBack() throws {
        var story = try MachineStory.offline([.ticket])
        story.shiftOpenedAt = MachineStory.start
        story.wait(.seconds(-1000 * 3600))
        for kind in MessageKind.allCases { try story.issue(kind) }
    }

    @Test("A full queue refuses every kind and drops nothing")
    func fullQueue() throws {
        var story = try MachineStory(queueLimit: 2)
        try story.send(.info).answered(.ok, by: &story)
        try story.goOffline([.ticket, .ticket])
        for kind in MessageKind.allCases { #expect(story.admit(kind) == .refused(.queueFull)) }
        #expect(story.kinds == [.ticket, .ticket])
        story.wait(.seconds(60))
        try story.send(.ticket).answered(.ok, by: &story)
        try story.issue(.closeShift)
    }
}
