import FiscalCore

@testable import FermaClient

/// What service and device know of one request identifier: a model of its own, which shares nothing with the client.
struct ModelledDevice: Hashable {
    /// How many fiscal documents were made under the identifier.
    var documents = 0
    /// The refusal that the device keeps as its answer.
    var isRefused = false

    /// The request arrives, and the device does its work.
    mutating func makesDocument() {
        if self.documents == 0, !self.isRefused { self.documents = 1 }
    }
}

/// What happens to a request that was handed to the network.
enum Happening: Hashable {
    case notDelivered
    /// Lost on the way there, or on the way back.
    case lost(made: Bool)
    case fiscalised
    /// An answer with a code: its class, `Fatal`, and whether the document was made nevertheless.
    case code(RetryWord, fatal: Bool?, cacheFailed: Bool, made: Bool)
    /// The process dies while it waits.
    case crash(made: Bool)

    static let all: [Self] = {
        var all: [Self] = [.notDelivered, .fiscalised]
        for made in [false, true] {
            all += [.lost(made: made), .crash(made: made)]
            for fatal in [true, false, nil] as [Bool?] {
                // "In progress" and "state unknown" are said of documents that are made as well as of others.
                all.append(.code(.waitSameId, fatal: fatal, cacheFailed: false, made: made))
                all.append(.code(.unknownStateSameIdOnly, fatal: fatal, cacheFailed: false, made: made))
                all.append(.code(.unknownStateSameIdOnly, fatal: fatal, cacheFailed: true, made: made))
            }
        }
        for fatal in [true, false, nil] as [Bool?] {
            for word in [RetryWord.laterSameId, .sameId, .fixThenNewId, .never] {
                all.append(.code(word, fatal: fatal, cacheFailed: false, made: false))
            }
        }
        return all
    }()

    /// Whether a device in this state can answer so.
    func isPossible(_ device: ModelledDevice) -> Bool {
        switch self {
        case .fiscalised, .lost(made: true), .crash(made: true): !device.isRefused
        case .code(_, _, _, let made) where made: !device.isRefused
        // The refusal of the data is said of no request whose document exists.
        case .code(.fixThenNewId, _, _, _): device.documents == 0
        case .notDelivered, .lost, .crash, .code: true
        }
    }

    func work(on device: inout ModelledDevice) {
        switch self {
        case .fiscalised, .lost(made: true), .crash(made: true): device.makesDocument()
        case .code(.fixThenNewId, _, _, _): device.isRefused = true
        case .code(_, _, _, let made) where made: device.makesDocument()
        case .notDelivered, .lost, .crash, .code: break
        }
    }

    /// Decision F4, written down once more: nil when the process is gone.
    var ending: AttemptEnding? {
        switch self {
        case .notDelivered: .notDelivered
        case .lost: .unreadable
        case .fiscalised: .fiscalised
        case .crash: nil
        case .code(let word, let fatal, let cacheFailed, _):
            .answered(word, repeatsByItself: Self.repeats(word, fatal, cacheFailed), isFatal: fatal == true)
        }
    }

    static func repeats(_ word: RetryWord, _ fatal: Bool?, _ cacheFailed: Bool) -> Bool {
        switch word {
        case .waitSameId, .laterSameId: fatal != true
        case .sameId: fatal == false
        case .unknownStateSameIdOnly: fatal == false && !cacheFailed
        case .fixThenNewId, .never, .none: false
        }
    }
}

/// One request identifier, seen from both sides.
struct ModelledSale {
    static let policy = RepeatPolicy(firstPause: .seconds(1), longestPause: .seconds(1))

    var machine = SubmissionMachine()
    var device = ModelledDevice()
    /// What the rules say about repeating without a person, followed along by the model.
    var mayRepeat = true
    /// The number of an attempt whose process died, and whose answer another process may still get.
    var orphan: Int?

    var isSending: Bool {
        if case .sending = self.machine.state { return true }
        return false
    }

    func isOld(at now: FiscalInstant) -> Bool {
        self.machine.firstSentAt.map { now - $0 >= .seconds(30 * 86_400) } ?? false
    }

    /// An attempt that is under way ends so.
    mutating func happens(_ happening: Happening, byPerson: Bool, now: FiscalInstant) -> SubmissionMachine.EndingAction
    {
        guard case .sending(let attempt, _) = self.machine.state else { return .none }
        happening.work(on: &self.device)
        guard let ending = happening.ending else {
            self.orphan = attempt
            self.machine.restarted(now: now, policy: Self.policy)
            if byPerson { self.mayRepeat = false }
            return .none
        }
        self.mayRepeat =
            switch ending {
            case .fiscalised: false
            case .unreadable, .notDelivered: !byPerson
            case .answered(_, let repeats, _): repeats
            }
        return self.machine.attemptEnded(attempt, ending, now: now, policy: Self.policy)
    }

    var isRegistered: Bool { self.machine.state == .registered }

    /// Everything that the future depends on.
    func key(at now: FiscalInstant) -> [AnyHashable] {
        let state: AnyHashable =
            switch self.machine.state {
            case .waiting(let due): due <= now ? "due" : "waits"
            case .sending(_, let wasHeld): ["sending", wasHeld?.rawValue]
            case .corrected: "corrected"
            case .closed: "closed"
            case .kept, .held, .refused, .registered: self.machine.state
            }
        return [
            state, self.machine.document, self.machine.firstSentAt == nil, self.isOld(at: now), self.device,
            self.mayRepeat, self.orphan == nil,
        ]
    }
}
