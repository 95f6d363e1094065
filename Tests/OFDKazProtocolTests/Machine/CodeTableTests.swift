import FiscalCore
import OFDKazProtocol
import Testing

/// The one table of decision K13, code by code, in every situation in which an answer can come.
@Suite("What each result code does to the register")
struct CodeTableTests {
    /// Every number of section 2.4, the gaps, and some from nowhere.
    static let codes: [ResultCode] =
        (Array(0...20) + [100, 200, 253, 254, 255, 256, UInt32.max]).map { ResultCode(rawValue: $0) }
    static let asSilence: [UInt32] = [254, 255]

    /// Which of the four modes, and why.
    enum Mode: Equatable {
        case online, offline, awaitingTransport, blockedForToken, blockedByMessage, blockedForService, serverBlocked
        case serverBlockedForToken

        init(_ mode: RegisterMode) {
            self =
                switch mode {
                case .online: .online
                case .offline(awaitingTransport: false): .offline
                case .offline(awaitingTransport: true): .awaitingTransport
                case .blocked(.token): .blockedForToken
                case .blocked(.message): .blockedByMessage
                case .blocked(.service): .blockedForService
                case .serverBlocked(awaitingToken: false): .serverBlocked
                case .serverBlocked(awaitingToken: true): .serverBlockedForToken
                }
        }
    }

    @Test("Every code has its class, and the classes are eight", arguments: Edition.sendable)
    func classes(_ edition: Edition) {
        var met: Set<ResultClass> = []
        for code in Self.codes {
            let expected: ResultClass =
                switch code.rawValue {
                case 0: .accepted
                case 254, 255: .unanswered
                case 15: .serverBlock
                case 18, 19: edition == .v204 ? .serverBlock : .operationRefused
                case 2: .tokenWanted
                case 1, 3, 4, 5, 8, 9: .serviceWanted
                case 7: .transportWanted
                case 11: .shiftCloseWanted
                default: .operationRefused
                }
            #expect(code.classified(at: edition) == expected, "\(code)")
            met.insert(expected)
        }
        #expect(met == Set(ResultClass.allCases))
    }

    @Test("ONLINE, to the first attempt of a message", arguments: codes, MessageKind.allCases)
    func online(_ code: ResultCode, _ kind: MessageKind) throws {
        var story = try MachineStory.online()
        let issued = try story.issue(kind)
        let resolution = try story.send(kind).answered(code, by: &story)
        let mode = Mode(story.mode)
        switch code.rawValue {
        case 0:
            guard case .registered(let message) = resolution else { return Self.unexpected(resolution) }
            #expect(message.number == issued.number)
            #expect(mode == .online && story.machine.queue.isEmpty)
        case 254, 255:
            #expect(resolution == .repeatAfterPause)
            #expect(mode == .online && story.kinds == [kind])
        case 7:
            guard case .pending(let message) = resolution else { return Self.unexpected(resolution) }
            #expect(message.isOffline && mode == .awaitingTransport && story.kinds == [kind])
        default:
            guard case .refused(let message, code) = resolution else { return Self.unexpected(resolution) }
            #expect(message.number == issued.number && story.machine.queue.isEmpty, "nothing is left")
            switch code.rawValue {
            case 1, 3, 4, 5, 8, 9: #expect(story.mode == .blocked(.service(code)))
            case 2: #expect(mode == .blockedForToken)
            case 15: #expect(mode == .serverBlocked)
            default: #expect(mode == .online)
            }
        }
        #expect(story.machine.state.shiftMustClose == (code == .openShiftTimeoutExpired))
    }

    @Test(
        "ONLINE, after an attempt that was not answered: a refusal settles nothing (K4)", arguments: codes,
        MessageKind.allCases)
    func onlineAfterSilence(_ code: ResultCode, _ kind: MessageKind) throws {
        let silences: [@Sendable (Transmission, inout MachineStory) -> Void] = [
            { $0.unanswered(by: &$1) },
            { $0.answered(.serviceTemporarilyUnavailable, by: &$1) },
            { $0.answered(.unknownError, by: &$1) },
        ]
        for silence in silences {
            var story = try MachineStory.online()
            try story.issue(kind)
            let first = try story.send(kind)
            silence(first, &story)
            let resolution = try story.send(kind).answered(code, by: &story)
            let mode = Mode(story.mode)
            switch code.rawValue {
            case 0:
                guard case .registered = resolution else { return Self.unexpected(resolution) }
                #expect(mode == .online && story.machine.queue.isEmpty)
            case 254, 255:
                #expect(resolution == .repeatAfterPause)
            case 7:
                // No refusal of the message: it is queued, and goes again when the setting has changed.
                guard case .pending = resolution else { return Self.unexpected(resolution) }
                #expect(mode == .awaitingTransport && story.kinds == [kind])
            default:
                guard case .unknown(let message, code) = resolution else { return Self.unexpected(resolution) }
                #expect(message.outcomeIsUnknown && !message.isOffline, "no receipt is handed out")
                #expect(story.kinds == [kind] && story.machine.head?.pair == first.pair, "pinned with its pair")
                switch code.rawValue {
                case 2: #expect(mode == .blockedForToken)
                case 15: #expect(mode == .serverBlocked)
                default: #expect(story.mode == .blocked(.message(code)))
                }
            }
        }
    }

    @Test("A connection that never opened is no unanswered attempt", arguments: codes)
    func notDelivered(_ code: ResultCode) throws {
        var story = try MachineStory.online()
        try story.issue(.ticket)
        for _ in 0..<3 { try story.send(.ticket).notDelivered(by: &story) }
        let resolution = try story.send(.ticket).answered(code, by: &story)
        if case .unknown = resolution { Self.unexpected(resolution) }
        if case .refused = resolution { #expect(story.machine.queue.isEmpty) }
    }

    @Test("Draining, whether the message met silence before or not", arguments: codes, [true, false])
    func draining(_ code: ResultCode, afterSilence: Bool) throws {
        for kind in MessageKind.allCases {
            var story = try MachineStory.offline(afterSilence ? [kind, .ticket] : [.ticket, kind, .ticket])
            story.wait(.seconds(60))
            if !afterSilence { try story.send(.ticket).answered(.ok, by: &story) }
            let attempt = try story.send(kind)
            let resolution = attempt.answered(code, by: &story)
            let mode = Mode(story.mode)
            switch code.rawValue {
            case 0:
                guard case .registered = resolution else { return Self.unexpected(resolution) }
                #expect(mode == .offline && story.kinds == [.ticket])
                _ = try story.send(.ticket)
                continue
            case 254, 255:
                #expect(resolution == .waiting && mode == .offline)
                #expect(story.step() == .wait(until: story.now + .seconds(60)))
            default:
                guard case .stopped(let message, code) = resolution else { return Self.unexpected(resolution) }
                #expect(message.outcomeIsUnknown == afterSilence)
                switch code.rawValue {
                case 2: #expect(mode == .blockedForToken)
                case 15: #expect(mode == .serverBlocked)
                default:
                    #expect(story.mode == .blocked(.message(code)))
                    #expect(story.step() == .rest)
                }
            }
            #expect(story.kinds == [kind, .ticket] && story.machine.head?.pair == attempt.pair, "it stays at the head")
        }
    }

    @Test(
        "ONLINE, to a service request", arguments: codes,
        [ServiceKind.keepAlive, .info, .nomenclature, .auth, .reserved])
    func service(_ code: ResultCode, _ kind: ServiceKind) throws {
        var story = try MachineStory.online()
        try story.request(kind)
        let resolution = try story.send(kind).answered(code, by: &story)
        if Self.asSilence.contains(code.rawValue) {
            #expect(resolution == .repeatAfterPause && story.mode == .online)
            return
        }
        #expect(resolution == .serviceAnswered(kind, code))
        #expect(story.machine.queue.isEmpty && story.machine.state.openService == nil)
        switch code.rawValue {
        case 1, 3, 4, 5, 8, 9: #expect(story.mode == .blocked(.service(code)))
        case 2: #expect(Mode(story.mode) == .blockedForToken)
        case 7: #expect(Mode(story.mode) == .awaitingTransport)
        case 15: #expect(Mode(story.mode) == .serverBlocked)
        default: #expect(Mode(story.mode) == .online)
        }
    }

    @Test("OFFLINE, to the SYSTEM that restores the link", arguments: codes, [0, 2])
    func restoring(_ code: ResultCode, waiting: Int) throws {
        var story = try MachineStory.offlineWhileIdle()
        for _ in 0..<waiting { try story.issue(.ticket) }
        story.wait(.seconds(60))
        let resolution = try story.send(.restoring).answered(code, by: &story)
        #expect(story.machine.queue.count == waiting)
        switch code.rawValue {
        case 0: #expect(Mode(story.mode) == (waiting == 0 ? .online : .offline))
        case 254, 255:
            #expect(resolution == .serviceUnanswered(.restoring))
            #expect(Mode(story.mode) == .offline)
            #expect(story.step() == .wait(until: story.now + .seconds(60)))
        case 2: #expect(Mode(story.mode) == .blockedForToken)
        case 15: #expect(Mode(story.mode) == .serverBlocked)
        default: #expect(story.mode == .blocked(.service(code)))
        }
    }

    @Test("SERVER-BLOCKED, to SYSTEM: nothing but 0 ends it, 2 stops the asking", arguments: codes, [0, 2])
    func polling(_ code: ResultCode, waiting: Int) throws {
        var story =
            try waiting == 0
            ? MachineStory.blocked(by: .blocked)
            : MachineStory.offline(Array(repeating: MessageKind.ticket, count: waiting))
        story.wait(.seconds(60))
        if waiting > 0 {
            try story.send(.ticket).answered(.blocked, by: &story)
            story.wait(.seconds(60))
        }
        try story.send(.polling).answered(code, by: &story)
        switch code.rawValue {
        case 0: #expect(Mode(story.mode) == (waiting == 0 ? .online : .offline))
        case 2:
            #expect(Mode(story.mode) == .serverBlockedForToken)
            #expect(story.step() == .rest)
        default:
            #expect(Mode(story.mode) == .serverBlocked)
            #expect(story.step() == .wait(until: story.now + .seconds(60)))
        }
    }

    @Test("OFFLINE, to the SYSTEM that announces the count after a server block", arguments: codes)
    func announcing(_ code: ResultCode) throws {
        var story = try MachineStory.offline([.ticket, .report])
        story.wait(.seconds(60))
        try story.send(.ticket).answered(.blocked, by: &story)
        story.wait(.seconds(60))
        try story.send(.polling).answered(.ok, by: &story)
        try story.send(.announcing(count: 2)).answered(code, by: &story)
        #expect(story.kinds == [.ticket, .report])
        switch code.rawValue {
        case 0: _ = try story.send(.ticket)
        case 254, 255:
            #expect(story.step() == .wait(until: story.now + .seconds(60)))
            story.wait(.seconds(60))
            _ = try story.send(.announcing(count: 2))
        case 2: #expect(Mode(story.mode) == .blockedForToken)
        case 15: #expect(Mode(story.mode) == .serverBlocked)
        default: #expect(story.mode == .blocked(.service(code)))
        }
    }

    @Test("BLOCKED, to the INFO for comparison: whatever it is, a person is wanted as before", arguments: codes)
    func comparison(_ code: ResultCode) throws {
        var story = try NewTokenTests.stopped(afterSilence: true)
        try story.machine.tokenEntered(NewTokenTests.typed, at: story.now)
        try story.send(.ticket).answered(.invalidToken, by: &story)
        try story.send(.comparison).answered(code, by: &story)
        #expect(story.mode == .blocked(.message(.invalidToken)))
        if Self.asSilence.contains(code.rawValue) {
            _ = try story.send(.comparison)
        } else {
            #expect(story.step() == .rest)
        }
    }

    @Test(
        "18 and 19 are the server's block since 2.0.4, and unlisted before", arguments: Edition.sendable,
        [18, 19] as [UInt32])
    func deregistered(_ edition: Edition, _ number: UInt32) throws {
        let code = ResultCode(rawValue: number)
        let online = try MachineStory.blocked(by: code, edition: edition)
        #expect(Mode(online.mode) == (edition == .v204 ? .serverBlocked : .online))
        var draining = try MachineStory.offline([.ticket], edition: edition)
        draining.wait(.seconds(60))
        try draining.send(.ticket).answered(code, by: &draining)
        #expect(Mode(draining.mode) == (edition == .v204 ? .serverBlocked : .blockedByMessage))
    }

    private static func unexpected(_ resolution: Resolution, sourceLocation: SourceLocation = #_sourceLocation) {
        Issue.record("\(resolution)", sourceLocation: sourceLocation)
    }
}
