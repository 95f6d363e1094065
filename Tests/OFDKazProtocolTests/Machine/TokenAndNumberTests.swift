import FiscalCore
import OFDKazProtocol
import Testing

/// Decisions K1, K2, K8 and K9; section 2.2.
@Suite("TOKEN and REQNUM of the register")
struct TokenAndNumberTests {
    static let next: UInt32 = 4_000_000_000

    @Test("An accepted document brings the token of the next request", arguments: MessageKind.allCases)
    func documents(_ kind: MessageKind) throws {
        for isOffline in [false, true] {
            var story = try isOffline ? MachineStory.offline([kind]) : MachineStory.online()
            if isOffline { story.wait(.seconds(60)) } else { try story.issue(kind) }
            try story.send(kind).answered(.ok, token: Self.next, by: &story)
            let expected = kind == .report ? MachineStory.token : Self.next
            #expect(story.machine.state.token == expected)
            // It is stored: a register that is opened again uses it.
            story.restart()
            #expect(try story.send(.info).pair.token == expected)
        }
    }

    @Test(
        "Of the service requests INFO, NOMENCLATURE and RESERVED bring one; SYSTEM and AUTH never do",
        arguments: [
            (.info, true), (.nomenclature, true), (.reserved, true), (.keepAlive, false), (.auth, false),
        ] as [(ServiceKind, Bool)])
    func services(_ kind: ServiceKind, moves: Bool) throws {
        var story = try MachineStory.online()
        try story.request(kind)
        try story.send(kind).answered(.ok, token: Self.next, by: &story)
        #expect(story.machine.state.token == (moves ? Self.next : MachineStory.token))
    }

    @Test("The other SYSTEM requests bring no token either")
    func systems() throws {
        var idle = try MachineStory.offlineWhileIdle()
        idle.wait(.seconds(60))
        try idle.send(.restoring).answered(.ok, token: Self.next, by: &idle)
        #expect(idle.machine.state.token == MachineStory.token)

        var blocked = try MachineStory.offline([.ticket])
        blocked.wait(.seconds(60))
        try blocked.send(.ticket).answered(.blocked, token: Self.next, by: &blocked)
        blocked.wait(.seconds(60))
        try blocked.send(.polling).answered(.ok, token: Self.next, by: &blocked)
        try blocked.send(.announcing(count: 1)).answered(.ok, token: Self.next, by: &blocked)
        #expect(blocked.machine.state.token == MachineStory.token)
    }

    @Test("The INFO for comparison is an INFO: a token that changed there is the token")
    func comparison() throws {
        var story = try NewTokenTests.stopped(afterSilence: true)
        try story.machine.tokenEntered(NewTokenTests.typed, at: story.now)
        try story.send(.ticket).answered(.invalidToken, by: &story)
        try story.send(.comparison).answered(.ok, token: Self.next, by: &story)
        #expect(story.mode == .blocked(.message(.invalidToken)))
        _ = story.unblock(.sendAgain, evenUnknown: true)
        #expect(try story.send(.ticket).pair.token == Self.next)
    }

    @Test("No refusal and no 254 or 255 brings a token, for a message or a service request")
    func refusals() throws {
        for code in (1...19).map({ ResultCode(rawValue: $0) }) + [.serviceTemporarilyUnavailable, .unknownError] {
            var story = try MachineStory.online()
            try story.issue(.ticket)
            try story.send(.ticket).answered(code, token: Self.next, by: &story)
            #expect(story.machine.state.token == MachineStory.token, "\(code)")

            var service = try MachineStory.online()
            try service.request(.nomenclature)
            try service.send(.nomenclature).answered(code, token: Self.next, by: &service)
            #expect(service.machine.state.token == MachineStory.token, "\(code)")

            var draining = try MachineStory.offline([.ticket])
            draining.wait(.seconds(60))
            try draining.send(.ticket).answered(code, token: Self.next, by: &draining)
            #expect(draining.machine.state.token == MachineStory.token, "\(code)")
        }
    }

    @Test("0 in an answer is no token")
    func zero() throws {
        var story = try MachineStory.online()
        try story.issue(.ticket)
        try story.send(.ticket).answered(.ok, token: 0, by: &story)
        #expect(story.machine.state.token == MachineStory.token)
        #expect(story.machine.queue.isEmpty)
    }

    @Test("Ten fresh requests of any command carry ten consecutive numbers; the first one is 1")
    func consecutive() throws {
        var story = try MachineStory()
        var numbers: [UInt16] = []
        let info = try story.send(.info)
        numbers.append(info.pair.reqnum)
        info.answered(.ok, by: &story)
        for kind in MessageKind.allCases + [.ticket] {
            try story.issue(kind)
            let attempt = try story.send(kind)
            numbers.append(attempt.pair.reqnum)
            // A refusal has used up its number as well.
            attempt.answered(kind == .report ? .incorrectRequestData : .ok, by: &story)
        }
        for kind in [ServiceKind.keepAlive, .nomenclature, .auth, .reserved] {
            try story.request(kind)
            let attempt = try story.send(kind)
            numbers.append(attempt.pair.reqnum)
            attempt.answered(.ok, by: &story)
        }
        #expect(numbers == Array(1...10))
    }

    @Test("After 65535 comes 0; a restart neither repeats nor skips a number")
    func wrap() throws {
        var story = try MachineStory.online(afterRequests: 65534)
        #expect(story.machine.state.reqnum == 65534)
        var numbers: [UInt16] = []
        for _ in 0..<3 {
            try story.issue(.ticket)
            let attempt = try story.send(.ticket)
            numbers.append(attempt.pair.reqnum)
            attempt.answered(.ok, by: &story)
            story.restart()
            let info = try story.send(.info)
            numbers.append(info.pair.reqnum)
            info.answered(.ok, by: &story)
        }
        #expect(numbers == [65535, 0, 1, 2, 3, 4])
    }

    @Test("Once round: the number of the last accepted document is passed over, a report's is not")
    func onceRound() throws {
        var story = try MachineStory.online(afterRequests: 9)
        try story.issue(.ticket)
        try story.send(.ticket).answered(.ok, by: &story)
        try story.issue(.report)
        try story.send(.report).answered(.ok, by: &story)
        #expect(story.machine.state.reqnum == 11)
        try story.keepAlive(times: 65534)
        #expect(story.machine.state.reqnum == 9)
        try story.issue(.ticket)
        // Under the same token, 10 would be a repeat of the first ticket.
        #expect(try story.send(.ticket).pair.reqnum == 11)
    }

    @Test("A message that was never tried has no pair; one that was keeps it for days, restarts and modes")
    func pairIsKept() throws {
        var story = try MachineStory.offline([.ticket, .ticket])
        let pair = try #require(story.machine.head?.pair)
        #expect(story.machine.queue[1].pair == nil)
        for _ in 0..<20 {
            story.wait(.seconds(12 * 3600))
            #expect(try story.send(.ticket).pair == pair)
            story.restart()
            #expect(try story.send(.ticket).unanswered(by: &story) == .waiting)
        }
        story.wait(.seconds(60))
        try story.send(.ticket).answered(.blocked, by: &story)
        story.wait(.seconds(60))
        try story.send(.polling).answered(.ok, by: &story)
        try story.send(.announcing(count: 2)).answered(.ok, by: &story)
        #expect(try story.send(.ticket).pair == pair)
        #expect(story.machine.queue[1].pair == nil)
    }

    @Test("A lost report is repeated under its own pair like a document")
    func report() throws {
        var story = try MachineStory.offline([.report, .ticket])
        let pair = story.machine.head?.pair
        story.wait(.seconds(60))
        let attempt = try story.send(.report)
        #expect(attempt.pair == pair)
        attempt.answered(.ok, token: Self.next, by: &story)
        #expect(try story.send(.ticket).pair.token == MachineStory.token)
    }

    @Test("The token shows in no description")
    func redacted() throws {
        var story = try MachineStory.online()
        try story.issue(.ticket)
        let attempt = try story.send(.ticket)
        #expect(!"\(attempt)".contains("\(MachineStory.token)"))
        #expect(!"\(attempt.pair)".contains("\(MachineStory.token)"))
        #expect(!"\(story.machine)".contains("\(MachineStory.token)"))
        #expect(!String(reflecting: story.machine).contains("\(MachineStory.token)"))
        var dumped = ""
        dump(story.machine, to: &dumped)
        #expect(!dumped.contains("\(MachineStory.token)"))
        #expect(!"\(ExchangeResult.answered(.ok, token: MachineStory.token))".contains("\(MachineStory.token)"))
    }
}
