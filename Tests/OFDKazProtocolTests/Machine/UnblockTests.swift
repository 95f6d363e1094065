import FiscalCore
import OFDKazProtocol
import Testing

/// Section 5.3; decision K27.
@Suite("A person ends a block")
struct UnblockTests {
    static let archive = RegisterMachine.Decision.archive
    static let sendAgain = RegisterMachine.Decision.sendAgain

    /// Offline with three messages; the first is accepted, the second one stopped by this code, never unanswered.
    static func stopped(by code: ResultCode) throws -> MachineStory {
        var story = try MachineStory.offline([.ticket, .moneyPlacement, .ticket])
        story.wait(.seconds(60))
        try story.send(.ticket).answered(.ok, by: &story)
        try story.send(.moneyPlacement).answered(code, by: &story)
        return story
    }

    @Test(
        "BLOCKED in a drain: no work, nothing is sent, and neither time nor a restart clears it",
        arguments: [3, 7, 9, 11, 13, 14, 200] as [UInt32])
    func blocked(_ number: UInt32) throws {
        let cause = BlockCause.message(ResultCode(rawValue: number))
        var story = try Self.stopped(by: ResultCode(rawValue: number))
        #expect(story.mode == .blocked(cause))
        for _ in 0..<3 {
            for kind in MessageKind.allCases { #expect(story.admit(kind) == .refused(.blocked(cause))) }
            for kind in [ServiceKind.info, .keepAlive, .nomenclature, .auth] { #expect(!story.grants(kind)) }
            #expect(story.step() == .rest)
            story.wait(.seconds(100 * 3600))
            story.restart()
            story.machine.linkLost(at: story.now)
            story.machine.transportChanged(at: story.now)
        }
        #expect(story.mode == .blocked(cause))
        #expect(story.kinds == [.moneyPlacement, .ticket])
        #expect(story.machine.head?.refusal == cause.code)
    }

    @Test("Archived: the refused head is handed over, the next one follows at once, and then INFO")
    func archived() throws {
        var story = try Self.stopped(by: .notEnoughCash)
        guard case .archived(let message) = story.unblock(Self.archive) else {
            Issue.record("not archived")
            return
        }
        #expect(message.kind == .moneyPlacement && message.refusal == .notEnoughCash)
        #expect(story.mode == .offline(awaitingTransport: false))
        try story.send(.ticket).answered(.ok, by: &story)
        #expect(story.mode == .online)
        _ = try story.send(.info)
    }

    @Test("Archived, and nothing else waits: ONLINE and INFO")
    func lastArchived() throws {
        var story = try MachineStory.offline([.ticket])
        story.wait(.seconds(60))
        try story.send(.ticket).answered(.incorrectRequestData, by: &story)
        #expect(story.unblock(Self.archive) == .refused(.outcomeUnknown), "its first attempt met silence")
        guard case .archived = story.unblock(Self.archive, evenUnknown: true) else {
            Issue.record("not archived")
            return
        }
        #expect(story.mode == .online)
        _ = try story.send(.info)
    }

    @Test(
        "Sent again: at once and under the same pair, unless the server refused the pair itself",
        arguments: CodeTableTests.codes)
    func sentAgain(_ code: ResultCode) throws {
        var story = try Self.stopped(by: code)
        guard case .blocked(.message) = story.mode, let old = story.machine.head else { return }
        guard case .sendingAgain(let message) = story.unblock(Self.sendAgain) else {
            Issue.record("not sent again")
            return
        }
        #expect(message.number == old.number && message.refusal == nil)
        let again = try story.send(.moneyPlacement)
        // 8 and 9 speak of TOKEN and REQNUM: the same pair would draw them for ever.
        #expect((again.pair == old.pair) == ![8, 9].contains(code.rawValue))
        again.answered(.ok, by: &story)
        #expect(story.kinds == [.ticket])
    }

    @Test("An unknown outcome must be named in either decision, and a refused decision changes nothing")
    func evenUnknown() throws {
        for code in [ResultCode.incorrectRequestData, .invalidRequestNumber, .unknownID] {
            var story = try MachineStory.offline([.ticket, .ticket])
            story.wait(.seconds(60))
            try story.send(.ticket).answered(code, by: &story)
            let before = story.machine
            #expect(story.unblock(Self.archive) == .refused(.outcomeUnknown))
            #expect(story.unblock(Self.sendAgain) == .refused(.outcomeUnknown))
            #expect(story.machine == before)
            var archived = story
            guard case .archived(let message) = archived.unblock(Self.archive, evenUnknown: true) else {
                Issue.record("not archived")
                return
            }
            #expect(message.outcomeIsUnknown && archived.kinds == [.ticket])
            guard case .sendingAgain(let again) = story.unblock(Self.sendAgain, evenUnknown: true) else {
                Issue.record("not sent again")
                return
            }
            #expect(again.wentUnanswered)
        }
    }

    @Test("Without a culprit only the block is lifted", arguments: [1, 3, 4, 5, 8, 9] as [UInt32])
    func noCulprit(_ number: UInt32) throws {
        let code = ResultCode(rawValue: number)
        for decision in [Self.archive, Self.sendAgain] {
            var online = try MachineStory.blocked(by: code)
            #expect(online.admit(.ticket) == .refused(.blocked(.service(code))))
            #expect(online.step() == .rest)
            online.restart()
            #expect(online.step() == .rest)
            #expect(online.unblock(decision) == .lifted)
            #expect(online.mode == .online)
            try online.send(.info).answered(.ok, by: &online)
            try online.issue(.ticket)

            var offline = try MachineStory.offlineWhileIdle()
            try offline.issue(.ticket)
            offline.wait(.seconds(60))
            try offline.send(.restoring).answered(code, by: &offline)
            #expect(offline.unblock(decision) == .lifted)
            #expect(offline.kinds == [.ticket])
            _ = try offline.send(.restoring)
        }
    }

    @Test("Nothing to end: a register that works, or that wants a token, or that the server blocks")
    func refused() throws {
        var online = try MachineStory.online()
        #expect(online.unblock(Self.archive, evenUnknown: true) == .refused(.notBlocked))
        var offline = try MachineStory.offline([.ticket])
        #expect(offline.unblock(Self.archive, evenUnknown: true) == .refused(.notBlocked))
        var token = try MachineStory.blocked(by: .invalidToken)
        #expect(token.unblock(Self.archive, evenUnknown: true) == .refused(.tokenWanted))
        var server = try MachineStory.blocked(by: .blocked)
        #expect(server.unblock(Self.archive, evenUnknown: true) == .refused(.serverBlocked))
    }

    @Test("A store that says BLOCKED by a message and has none is lifted, and nothing traps")
    func inconsistentStore() throws {
        var story = try Self.stopped(by: .incorrectRequestData)
        story.machine = RegisterMachine(rules: story.machine.rules, state: story.machine.state)
        #expect(story.unblock(Self.archive) == .lifted)
        #expect(story.mode == .online)
    }
}

extension BlockCause {
    var code: ResultCode? {
        switch self {
        case .token: .invalidToken
        case .message(let code), .service(let code): code
        }
    }
}
