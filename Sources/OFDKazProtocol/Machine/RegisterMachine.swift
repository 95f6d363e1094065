public import FiscalCore

/// The life of one register towards its server: modes, queue, TOKEN and REQNUM (chapter 5; decisions K1 to K9, K13,
/// K20 to K28).
///
/// Everything that affects a transition is in this file. The host asks ``nextStep(at:)``, commits the machine, carries
/// the step out and reports how it ended; every other event is a call as well. Nothing here waits, reads a clock or
/// knows a body.
///
/// A message that is sent at once passes through the queue too: it is appended, gets its pair when the first attempt
/// starts, and leaves by code 0 or by a refusal that settles it. So there is one rule for repeats, not two.
///
/// A dash keeps the mode. "Silence" is no answer, 254 or 255; a connection that never opened is silence that the server
/// cannot have heard. "Back" is OFFLINE while messages wait, else ONLINE with an INFO due.
///
/// | mode | event | next mode | action |
/// |---|---|---|---|
/// | ONLINE | `admit`, `request` | – | sent at once, one request at a time |
/// | | INFO due: at start, after the queue | – | INFO, behind a message that waits |
/// | | silence, budget left | – | the same pair after the pause |
/// | | silence to a message, budget spent | OFFLINE | `pending` |
/// | | silence to a service request; `linkLost` | OFFLINE | SYSTEM restores the link |
/// | | 0 | – | `registered` |
/// | | 1, 3, 4, 5, 8, 9 | BLOCKED, service | `refused` |
/// | | 2 | BLOCKED, token | `refused` |
/// | | 7 | OFFLINE, awaiting transport | `pending`, nothing is tried |
/// | | 11 | – | `refused`, the shift must be closed |
/// | | 15 | SERVER-BLOCKED | `refused` |
/// | | any other code | – | `refused` |
/// | | a refusal after silence: 2 | BLOCKED, token | `unknown`, pinned with its pair |
/// | | 15 | SERVER-BLOCKED | `unknown`, pinned with its pair |
/// | | any other, but for 7 | BLOCKED, message | `unknown`, pinned with its pair |
/// | OFFLINE | `admit` | – | `queued` at the tail |
/// | | interval over, broken while idle | – | SYSTEM, then the queue |
/// | | interval over, or an OK before | – | the head of the queue |
/// | | silence | – | `waiting` for the interval |
/// | | 0 | back | `registered`, the next one at once |
/// | | 2 | BLOCKED, token | `stopped` |
/// | | 2, and a token was typed since, never silence | – | `renumbered`, at once |
/// | | 2, and a token was typed since, after silence | BLOCKED, message | `stopped`, one INFO to compare |
/// | | 15 | SERVER-BLOCKED | `stopped` |
/// | | any other code to a message | BLOCKED, message | `stopped` |
/// | | any other code to SYSTEM | BLOCKED, service | – |
/// | OFFLINE, awaiting transport | `admit` | – | `queued` |
/// | | `transportChanged` | OFFLINE | tried at once |
/// | BLOCKED | `admit`, `request` | – | refused |
/// | BLOCKED, token | `tokenEntered` | back | the head first, under its old pair |
/// | BLOCKED, message | `unblock(.archive)` | back | `archived`, on with the next |
/// | | `unblock(.sendAgain)` | OFFLINE | the head again; after 2, 8, 9 under a new pair |
/// | BLOCKED, service | `unblock` | back | `lifted` |
/// | SERVER-BLOCKED | `admit`, `request`, `unblock` | – | refused |
/// | | interval over | – | SYSTEM |
/// | | 0 | back | SYSTEM with the count, if any wait |
/// | | 2 | SERVER-BLOCKED, awaiting token | nothing is tried |
/// | | silence, any other code | – | the interval |
/// | SERVER-BLOCKED, awaiting token | `tokenEntered` | SERVER-BLOCKED | SYSTEM at once |
/// | any | `restarted` | – | an open attempt counts as silence; INFO due |
public struct RegisterMachine: Sendable, Hashable {
    public let rules: RegisterRules
    public private(set) var state: RegisterState
    /// In the order of issue. While ONLINE there is one at the most: the message under way.
    public private(set) var queue: [QueuedMessage]

    /// Continues from what was stored; for a new register with an empty queue.
    public init(rules: RegisterRules, state: RegisterState, queue: [QueuedMessage] = []) {
        self.rules = rules
        self.state = state
        self.queue = queue
    }

    public var mode: RegisterMode { self.state.mode }
    public var head: QueuedMessage? { self.queue.first }

    // MARK: Issuing

    public enum Admission: Sendable, Hashable {
        /// Kept; ``nextStep(at:)`` sends it now.
        case sendNow(QueuedMessage)
        /// Kept at the tail of the queue as an offline document.
        case queued(QueuedMessage)
        case refused(AdmissionRefusal)
    }

    public enum AdmissionRefusal: Sendable, Hashable {
        /// Nothing is issued, nor queued, while BLOCKED (5.3).
        case blocked(BlockCause)
        /// Nothing is issued, nor queued, while SERVER-BLOCKED (5.4).
        case serverBlocked
        /// The shift has lasted too long, or the server answered 11.
        case shiftMustBeClosed
        /// The oldest unsent document is too old.
        case offlineTooLong
        case queueFull
        /// A message is under way and not settled; drive ``nextStep(at:)`` first.
        case unsettled
    }

    /// The host wants to issue a document.
    /// - Parameter shiftOpenedAt: when the running shift got its first document, nil when none is open.
    public mutating func admit(
        _ kind: MessageKind, shiftOpenedAt: FiscalInstant?, at now: FiscalInstant
    ) -> Admission {
        if let refusal = self.admissionRefusal(kind, shiftOpenedAt: shiftOpenedAt, at: now) { return .refused(refusal) }
        let isOffline = self.mode != .online
        self.state.lastNumber &+= 1
        let message = QueuedMessage(
            number: self.state.lastNumber, kind: kind, issuedAt: now, isOffline: isOffline)
        self.queue.append(message)
        if isOffline && kind == .closeShift { self.state.shiftMustClose = false }
        return isOffline ? .queued(message) : .sendNow(message)
    }

    private func admissionRefusal(
        _ kind: MessageKind, shiftOpenedAt: FiscalInstant?, at now: FiscalInstant
    ) -> AdmissionRefusal? {
        switch self.mode {
        case .online: if !self.queue.isEmpty || self.state.openService != nil { return .unsettled }
        case .offline: break
        case .blocked(let cause): return .blocked(cause)
        case .serverBlocked: return .serverBlocked
        }
        switch kind {
        case .ticket, .moneyPlacement:
            if self.state.shiftMustClose { return .shiftMustBeClosed }
            if let limit = self.rules.shiftLimit, let opened = shiftOpenedAt, now >= opened + limit {
                return .shiftMustBeClosed
            }
            // A report is no document (decision K6): an old one holds nothing up.
            if let limit = self.rules.offlineLimit,
                let oldest = self.queue.first(where: { $0.kind.isDocument })?.issuedAt, now >= oldest + limit
            {
                return .offlineTooLong
            }
        case .closeShift, .report: break
        }
        return self.queue.count >= self.rules.queueLimit ? .queueFull : nil
    }

    /// The host wants a service request answered: keep-alive, INFO, nomenclature, sign-in.
    /// - Returns: false when none may be sent: offline, blocked, or while another request is unsettled (decision K3);
    ///   and for the requests that only the machine makes.
    public mutating func request(_ kind: ServiceKind) -> Bool {
        guard self.mode == .online, self.queue.isEmpty, self.state.openService == nil, kind.mayBeRequested else {
            return false
        }
        self.state.openService = .init(kind: kind)
        return true
    }

    // MARK: Sending

    /// What is to be done now. A `.send` has given the request its pair: commit the machine before the first byte.
    public mutating func nextStep(at now: FiscalInstant) -> Step {
        switch self.mode {
        case .online:
            if self.head != nil { return self.sendHead(at: now) }
            if let service = self.state.openService { return self.send(service.kind, at: now) }
            guard self.state.infoIsDue else { return .rest }
            return self.waiting(at: now) ?? self.send(.info, at: now)
        case .offline(awaitingTransport: true):
            return .rest
        case .offline(awaitingTransport: false):
            if let wait = self.waiting(at: now) { return wait }
            switch self.state.greeting {
            case .announcing: return self.send(.announcing(count: self.queue.count), at: now)
            case nil where self.head != nil: return self.sendHead(at: now)
            case .restoring, nil: return self.send(.restoring, at: now)
            }
        case .blocked:
            return self.state.comparisonIsDue ? self.send(.comparison, at: now) : .rest
        case .serverBlocked(awaitingToken: true):
            return .rest
        case .serverBlocked(awaitingToken: false):
            return self.waiting(at: now) ?? self.send(.polling, at: now)
        }
    }

    private mutating func waiting(at now: FiscalInstant) -> Step? {
        guard let next = self.state.nextAttempt, now < next else { return nil }
        // A clock that was set back must not hold the register up for longer than the interval.
        let earlier = min(next, now + self.rules.reconnectInterval)
        self.state.nextAttempt = earlier
        return .wait(until: earlier)
    }

    private mutating func sendHead(at now: FiscalInstant) -> Step {
        let pair = self.queue[0].pair ?? self.takePair()
        self.queue[0].pair = pair
        // An attempt whose end was never reported may have arrived.
        if self.queue[0].attemptIsOpen { self.queue[0].wentUnanswered = true }
        self.queue[0].attemptIsOpen = true
        self.state.attemptStarted = now
        return self.transmission(of: .message(self.queue[0]), under: pair, at: now)
    }

    private mutating func send(_ kind: ServiceKind, at now: FiscalInstant) -> Step {
        let open = self.state.openService
        let pair = (open?.kind == kind ? open?.pair : nil) ?? self.takePair()
        self.state.openService = .init(kind: kind, pair: pair)
        self.state.attemptStarted = now
        return self.transmission(of: .service(kind), under: pair, at: now)
    }

    /// The offline period is the machine's to fill (decision K24): it ends now, and never before it began, even if the
    /// clock was set back.
    private func transmission(
        of content: Transmission.Content, under pair: RequestPair, at now: FiscalInstant
    ) -> Step {
        let begin = self.state.offlineSince ?? now
        return .send(
            Transmission(
                content: content, pair: pair, offlineSince: self.state.offlineSince,
                offlinePeriod: begin...max(begin, now)))
    }

    /// The next number: one on, and zero after the largest (section 2.2).
    ///
    /// The number of the last accepted document is passed over when the numbers have gone round: under an unchanged
    /// token the server would take the new request for a repeat of that document, and answer for it without keeping it.
    private mutating func takePair() -> RequestPair {
        repeat { self.state.reqnum &+= 1 } while self.state.reqnum == self.state.lastAccepted
        return RequestPair(token: self.state.token, reqnum: self.state.reqnum)
    }

    // MARK: Answers

    /// An attempt is over.
    /// - Parameter budgetIsLeft: whether the transaction time allows another attempt; only ONLINE and the
    ///   INFO for comparison ask for it.
    public mutating func exchangeEnded(
        _ transmission: Transmission, with result: ExchangeResult, budgetIsLeft: Bool, at now: FiscalInstant
    ) -> Resolution {
        let answer: (code: ResultCode, meaning: ResultClass, token: UInt32)? =
            switch result {
            case .notDelivered, .unanswered: nil
            case .answered(let code, let token): (code, code.classified(at: self.rules.edition), token)
            }
        guard self.isUnderWay(transmission) else { return .stale }
        let started = self.state.attemptStarted ?? now
        self.state.attemptStarted = nil
        guard let answer, answer.meaning != .unanswered else {
            let mayHaveArrived = result != .notDelivered
            return self.noAnswer(
                to: transmission.content, mayHaveArrived: mayHaveArrived, started: started, budgetIsLeft: budgetIsLeft,
                at: now)
        }
        switch transmission.content {
        case .message:
            self.queue[0].attemptIsOpen = false
            if answer.meaning == .accepted { return self.accepted(token: answer.token) }
            return self.mode == .online
                ? self.refusedOnline(answer.code, answer.meaning, at: now)
                : self.refusedDraining(answer.code, answer.meaning, at: now)
        case .service(let kind):
            self.state.openService = nil
            if answer.meaning == .accepted {
                if kind.movesToken { self.adopt(answer.token) }
                self.serviceAccepted(kind)
            } else {
                self.serviceRefused(kind, under: transmission.pair, answer.code, answer.meaning, at: now)
            }
            return .serviceAnswered(kind, answer.code)
        }
    }

    /// An attempt that was reported before, or that a person's decision has overtaken, must not touch what came after.
    private func isUnderWay(_ transmission: Transmission) -> Bool {
        switch transmission.content {
        case .message(let message):
            guard let head = self.head else { return false }
            return head.attemptIsOpen && head.number == message.number && head.pair == transmission.pair
        case .service(let kind):
            return self.state.attemptStarted != nil
                && self.state.openService == .init(kind: kind, pair: transmission.pair)
        }
    }

    /// Only an answer with code 0 moves the token (decision K1); 0 is no token.
    private mutating func adopt(_ token: UInt32) {
        if token != 0 { self.state.token = token }
    }

    private mutating func noAnswer(
        to content: Transmission.Content, mayHaveArrived: Bool, started: FiscalInstant, budgetIsLeft: Bool,
        at now: FiscalInstant
    ) -> Resolution {
        if case .message = content {
            self.queue[0].attemptIsOpen = false
            if mayHaveArrived { self.queue[0].wentUnanswered = true }
        }
        switch (self.mode, content) {
        case (.online, _) where budgetIsLeft:
            self.state.offlineSince = self.state.offlineSince ?? started
            return .repeatAfterPause
        case (.online, let content):
            self.state.offlineSince = self.state.offlineSince ?? started
            self.state.mode = .offline(awaitingTransport: false)
            self.state.nextAttempt = now + self.rules.reconnectInterval
            switch content {
            case .message:
                return self.headBecomesOffline()
            case .service(let kind):
                self.state.openService = nil
                self.state.greeting = .restoring
                return .serviceUnanswered(kind)
            }
        case (.blocked, .service(let kind)) where budgetIsLeft && kind == .comparison:
            return .repeatAfterPause
        case (.blocked, .service(let kind)):
            self.state.openService = nil
            self.state.comparisonIsDue = false
            return .serviceUnanswered(kind)
        case (.offline, .service(let kind)), (.serverBlocked, .service(let kind)):
            // Each attempt after an interval is a request of its own (decision K3).
            self.state.openService = nil
            self.state.nextAttempt = now + self.rules.reconnectInterval
            return .serviceUnanswered(kind)
        case (.offline, .message), (.blocked, .message), (.serverBlocked, .message):
            self.state.nextAttempt = now + self.rules.reconnectInterval
            return .waiting
        }
    }

    /// The message under way becomes an offline document.
    private mutating func headBecomesOffline() -> Resolution {
        self.queue[0].isOffline = true
        if self.queue[0].kind == .closeShift { self.state.shiftMustClose = false }
        return .pending(self.queue[0])
    }

    private mutating func accepted(token: UInt32) -> Resolution {
        let message = self.queue.removeFirst()
        if message.kind.isDocument {
            self.adopt(token)
            self.state.lastAccepted = message.pair?.reqnum
        }
        if message.kind == .closeShift { self.state.shiftMustClose = false }
        if self.mode == .online {
            self.state.offlineSince = nil
        } else {
            self.state.nextAttempt = nil
            if self.queue.isEmpty { self.goOnline() }
        }
        return .registered(message)
    }

    /// Nothing waits any more: online again, and an INFO compares the counters of both sides.
    private mutating func goOnline() {
        self.state.mode = .online
        self.state.offlineSince = nil
        self.state.nextAttempt = nil
        self.state.greeting = nil
        self.state.infoIsDue = true
    }

    private mutating func refusedOnline(
        _ code: ResultCode, _ meaning: ResultClass, at now: FiscalInstant
    ) -> Resolution {
        if meaning == .transportWanted {
            self.state.offlineSince = self.state.offlineSince ?? now
            self.state.mode = .offline(awaitingTransport: true)
            return self.headBecomesOffline()
        }
        // A refusal settles a message only if no earlier attempt went unanswered (decision K4).
        guard !self.queue[0].wentUnanswered else {
            self.stop(code, meaning, at: now)
            return .unknown(self.queue[0], code)
        }
        let message = self.queue.removeFirst()
        self.state.offlineSince = nil
        switch meaning {
        case .tokenWanted: if self.tokenIsWanted(meaning, message.pair) { self.state.mode = .blocked(.token) }
        case .serviceWanted: self.state.mode = .blocked(.service(code))
        case .serverBlock: self.enterServerBlock(at: now)
        case .shiftCloseWanted: self.shiftIsTooLong()
        case .operationRefused, .accepted, .unanswered, .transportWanted: break
        }
        return .refused(message, code)
    }

    /// The head of the queue cannot go on by itself.
    private mutating func stop(_ code: ResultCode, _ meaning: ResultClass, at now: FiscalInstant) {
        self.queue[0].refusal = code
        if meaning == .shiftCloseWanted { self.shiftIsTooLong() }
        switch meaning {
        case .serverBlock: self.enterServerBlock(at: now)
        case .tokenWanted where !self.headHasAnOlderToken: self.state.mode = .blocked(.token)
        case .tokenWanted:
            // The token was renewed and the old pair is not known: a person decides, with figures to compare.
            self.state.comparisonIsDue = true
            self.state.mode = .blocked(.message(code))
        case .serviceWanted, .shiftCloseWanted, .operationRefused, .transportWanted, .accepted, .unanswered:
            self.state.mode = .blocked(.message(code))
        }
    }

    /// Code 2 was about the token that is still in use; one that was typed in meanwhile has not been tried yet.
    private func tokenIsWanted(_ meaning: ResultClass, _ pair: RequestPair?) -> Bool {
        meaning == .tokenWanted && pair?.token == self.state.token
    }

    /// A token was typed in since the head got its pair; nothing else moves the token meanwhile (decision K5).
    private var headHasAnOlderToken: Bool { self.head?.pair.map { $0.token != self.state.token } ?? false }

    /// The server's 11 has the same effect at any time (decision K22), unless the close is on its way already.
    private mutating func shiftIsTooLong() {
        if !self.queue.contains(where: { $0.kind == .closeShift }) { self.state.shiftMustClose = true }
    }

    private mutating func enterServerBlock(at now: FiscalInstant) {
        self.state.mode = .serverBlocked(awaitingToken: false)
        self.state.nextAttempt = now + self.rules.reconnectInterval
    }

    private mutating func refusedDraining(
        _ code: ResultCode, _ meaning: ResultClass, at now: FiscalInstant
    ) -> Resolution {
        if meaning == .tokenWanted, self.headHasAnOlderToken, !self.queue[0].wentUnanswered {
            // The server cannot have it, and a new token is there: a new pair doubles nothing (decision K5).
            self.queue[0].pair = nil
            return .renumbered(self.queue[0])
        }
        self.stop(code, meaning, at: now)
        return .stopped(self.queue[0], code)
    }

    private mutating func serviceAccepted(_ kind: ServiceKind) {
        if self.mode != .online { self.state.nextAttempt = nil }
        switch kind {
        case .info:
            self.state.infoIsDue = false
            self.state.nextAttempt = nil
        case .comparison: self.state.comparisonIsDue = false
        case .restoring:
            self.state.greeting = nil
            if self.queue.isEmpty { self.goOnline() }
        case .announcing:
            self.state.greeting = nil
        case .polling:
            // The only way out of the server block (decision K28).
            if self.queue.isEmpty {
                self.goOnline()
            } else {
                self.queue[0].refusal = nil
                self.state.mode = .offline(awaitingTransport: false)
                self.state.greeting = .announcing
            }
        case .keepAlive, .nomenclature, .auth, .reserved: break
        }
        if self.mode == .online { self.state.offlineSince = nil }
    }

    private mutating func serviceRefused(
        _ kind: ServiceKind, under pair: RequestPair, _ code: ResultCode, _ meaning: ResultClass, at now: FiscalInstant
    ) {
        switch self.mode {
        case .blocked:
            self.state.comparisonIsDue = false
        case .serverBlocked:
            self.state.nextAttempt = now + self.rules.reconnectInterval
            if self.tokenIsWanted(meaning, pair) { self.state.mode = .serverBlocked(awaitingToken: true) }
        case .online, .offline:
            let isDraining = self.mode != .online
            // There was an answer: a break that began within this request's time is over.
            if !isDraining { self.state.offlineSince = nil }
            if meaning == .shiftCloseWanted { self.shiftIsTooLong() }
            switch meaning {
            case .serverBlock: self.enterServerBlock(at: now)
            case .tokenWanted: if self.tokenIsWanted(meaning, pair) { self.state.mode = .blocked(.token) }
            case .serviceWanted: self.state.mode = .blocked(.service(code))
            case .transportWanted, .shiftCloseWanted, .operationRefused, .accepted, .unanswered:
                if isDraining {
                    self.state.mode = .blocked(.service(code))
                } else if meaning == .transportWanted {
                    self.state.offlineSince = now
                    self.state.mode = .offline(awaitingTransport: true)
                    self.state.greeting = .restoring
                } else {
                    // An INFO that is refused for itself is not asked for again at once.
                    if kind == .info { self.state.nextAttempt = now + self.rules.reconnectInterval }
                }
            }
        }
    }

    // MARK: Time, restart and people

    /// The process starts again: what was under way may have arrived.
    public mutating func restarted(at now: FiscalInstant) {
        if !self.queue.isEmpty, self.queue[0].attemptIsOpen {
            self.queue[0].attemptIsOpen = false
            self.queue[0].wentUnanswered = true
            self.state.offlineSince = self.state.offlineSince ?? self.state.attemptStarted ?? now
        }
        self.state.attemptStarted = nil
        self.state.openService = nil
        self.state.infoIsDue = true
        if self.mode == .online { self.state.nextAttempt = nil }
    }

    /// A connection that is kept open was found broken while nothing was under way (5.2): SYSTEM restores the link, at
    /// once and then at the interval. In every other mode, and while a request is open, its own end tells it.
    public mutating func linkLost(at now: FiscalInstant) {
        guard self.mode == .online, self.queue.isEmpty, self.state.openService == nil else { return }
        self.state.mode = .offline(awaitingTransport: false)
        self.state.offlineSince = now
        self.state.nextAttempt = now
        self.state.greeting = .restoring
    }

    /// The host has changed the transport setting that code 7 asked for.
    public mutating func transportChanged(at now: FiscalInstant) {
        guard case .offline(awaitingTransport: true) = self.mode else { return }
        self.state.mode = .offline(awaitingTransport: false)
        self.state.nextAttempt = now
    }

    /// A person has typed in a token (decision K5). A pinned message still goes first under its old pair.
    /// - Throws: `InvalidField` for 0, which is no token.
    public mutating func tokenEntered(_ token: UInt32, at now: FiscalInstant) throws(InvalidField) {
        guard token != 0 else { throw InvalidField("token", .range, limit: "1...4294967295") }
        self.state.token = token
        switch self.mode {
        case .blocked(.token): self.resume(at: now)
        case .blocked(.message(.invalidToken)):
            // The first one may have been wrong, and then the person got no figures.
            self.state.comparisonIsDue = true
        case .serverBlocked(awaitingToken: true):
            self.state.mode = .serverBlocked(awaitingToken: false)
            self.state.nextAttempt = now
        case .online, .offline, .blocked(.message), .blocked(.service), .serverBlocked(awaitingToken: false): break
        }
    }

    /// Out of BLOCKED: on with the queue, or online when nothing waits.
    private mutating func resume(at now: FiscalInstant) {
        self.state.comparisonIsDue = false
        self.state.openService = nil
        guard !self.queue.isEmpty else { return self.goOnline() }
        self.queue[0].refusal = nil
        self.state.mode = .offline(awaitingTransport: false)
        self.state.offlineSince = self.state.offlineSince ?? now
        self.state.nextAttempt = now
    }

    /// What a person decides about the message that blocks the register.
    public enum Decision: String, Sendable, Hashable, Codable {
        /// It is taken out of the queue and kept apart.
        case archive
        /// It is sent again: under its pair, or under a new one where the server refused the pair itself.
        case sendAgain
    }

    public enum Unblocking: Sendable, Hashable {
        case archived(QueuedMessage)
        case sendingAgain(QueuedMessage)
        /// No message was to blame; only the block is lifted.
        case lifted
        case refused(UnblockRefusal)
    }

    public enum UnblockRefusal: Sendable, Hashable {
        case notBlocked
        /// Only the server ends its block (5.4).
        case serverBlocked
        /// A token must be typed in.
        case tokenWanted
        /// The server may have the message, so the decision must say that it covers this case.
        case outcomeUnknown
    }

    /// A person ends BLOCKED (decision K27).
    public mutating func unblock(_ decision: Decision, evenUnknown: Bool, at now: FiscalInstant) -> Unblocking {
        switch self.mode {
        case .online, .offline: return .refused(.notBlocked)
        case .serverBlocked: return .refused(.serverBlocked)
        case .blocked(.token): return .refused(.tokenWanted)
        case .blocked(.service):
            self.resume(at: now)
            return .lifted
        case .blocked(.message(let code)):
            guard let head = self.head else {
                self.resume(at: now)
                return .lifted
            }
            guard evenUnknown || !head.wentUnanswered else { return .refused(.outcomeUnknown) }
            switch decision {
            case .archive:
                let message = self.queue.removeFirst()
                self.resume(at: now)
                return .archived(message)
            case .sendAgain:
                // These three codes refuse the pair, not the message: under the same pair they would come for ever.
                let pairIsRefused = [.invalidToken, .invalidRequestNumber, .invalidRetryRequest].contains(code)
                if pairIsRefused { self.queue[0].pair = nil }
                self.resume(at: now)
                return .sendingAgain(self.queue[0])
            }
        }
    }
}
