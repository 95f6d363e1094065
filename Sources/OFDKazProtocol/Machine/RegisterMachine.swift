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
        self.state.lastNumber += 1
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
        case .online: if !self.queue.isEmpty { return .unsettled }
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
            if let limit = self.rules.offlineLimit, let oldest = self.head?.issuedAt, now >= oldest + limit {
                return .offlineTooLong
            }
        case .closeShift, .report: break
        }
        return self.queue.count >= self.rules.queueLimit ? .queueFull : nil
    }

    /// The host wants a service request answered: keep-alive, nomenclature, sign-in.
    /// - Returns: false when none may be sent: offline, blocked, or while a message is unsettled (decision K3).
    public mutating func request(_ kind: ServiceKind) -> Bool {
        guard self.mode == .online, self.queue.isEmpty, self.state.openService == nil else { return false }
        self.state.openService = .init(kind: kind, pair: self.takePair())
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
            // A message that went unanswered goes before any greeting (decision K3).
            case .restoring where self.head?.pair == nil: return self.send(.restoring, at: now)
            case .restoring, nil: return self.head == nil ? self.send(.restoring, at: now) : self.sendHead(at: now)
            }
        case .blocked:
            return self.state.comparisonIsDue ? self.send(.comparison, at: now) : .rest
        case .serverBlocked(awaitingToken: true):
            return .rest
        case .serverBlocked(awaitingToken: false):
            return self.waiting(at: now) ?? self.send(.polling, at: now)
        }
    }

    private func waiting(at now: FiscalInstant) -> Step? {
        guard let next = self.state.nextAttempt, now < next else { return nil }
        // A clock that was set back must not hold the register up for longer than the interval.
        return .wait(until: min(next, now + self.rules.reconnectInterval))
    }

    private mutating func sendHead(at now: FiscalInstant) -> Step {
        let pair = self.queue[0].pair ?? self.takePair()
        self.queue[0].pair = pair
        self.queue[0].attemptIsOpen = true
        self.state.attemptStarted = now
        return .send(
            Transmission(content: .message(self.queue[0]), pair: pair, offlineSince: self.state.offlineSince))
    }

    private mutating func send(_ kind: ServiceKind, at now: FiscalInstant) -> Step {
        let open = self.state.openService
        let pair = open?.kind == kind ? open?.pair ?? self.takePair() : self.takePair()
        self.state.openService = .init(kind: kind, pair: pair)
        self.state.attemptStarted = now
        return .send(Transmission(content: .service(kind), pair: pair, offlineSince: self.state.offlineSince))
    }

    /// The next number: one on, and zero after the largest (section 2.2).
    private mutating func takePair() -> RequestPair {
        self.state.reqnum &+= 1
        return RequestPair(token: self.state.token, reqnum: self.state.reqnum)
    }

    // MARK: Answers

    /// An attempt is over.
    /// - Parameter budgetIsLeft: whether the transaction time allows another attempt; only ONLINE asks for it.
    public mutating func exchangeEnded(
        _ transmission: Transmission, with result: ExchangeResult, budgetIsLeft: Bool, at now: FiscalInstant
    ) -> Resolution {
        let answer: (code: ResultCode, meaning: ResultClass, token: UInt32)? =
            switch result {
            case .notDelivered, .unanswered: nil
            case .answered(let code, let token): (code, code.classified(at: self.rules.edition), token)
            }
        let started = self.state.attemptStarted ?? now
        self.state.attemptStarted = nil
        guard let answer, answer.meaning != .unanswered else {
            let mayHaveArrived = result != .notDelivered
            return self.noAnswer(
                to: transmission.content, mayHaveArrived: mayHaveArrived, started: started, budgetIsLeft: budgetIsLeft,
                at: now)
        }
        switch transmission.content {
        case .message(let message):
            if answer.meaning == .accepted { return self.accepted(message, token: answer.token) }
            return self.mode == .online
                ? self.refusedOnline(answer.code, answer.meaning, at: now)
                : self.refusedDraining(answer.code, answer.meaning, at: now)
        case .service(let kind):
            self.state.openService = nil
            if answer.meaning == .accepted {
                if kind.movesToken { self.adopt(answer.token) }
                self.serviceAccepted(kind)
            } else {
                self.serviceRefused(kind, answer.code, answer.meaning, at: now)
            }
            return .serviceAnswered(kind, answer.code)
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
        if case .message = content, !self.queue.isEmpty {
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

    private mutating func accepted(_ message: QueuedMessage, token: UInt32) -> Resolution {
        self.queue.removeFirst()
        if message.kind.movesToken { self.adopt(token) }
        if message.kind == .closeShift { self.state.shiftMustClose = false }
        self.state.tokenWasTyped = false
        self.state.nextAttempt = nil
        if self.mode == .online {
            self.state.offlineSince = nil
        } else if self.queue.isEmpty {
            self.goOnline()
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
        self.queue[0].attemptIsOpen = false
        if meaning == .transportWanted {
            self.state.offlineSince = self.state.offlineSince ?? now
            self.state.mode = .offline(awaitingTransport: true)
            return self.headBecomesOffline()
        }
        // A refusal settles a message only if no earlier attempt went unanswered (decision K4).
        guard !self.queue[0].wentUnanswered else {
            self.queue[0].refusal = code
            self.stop(code, meaning, at: now)
            return .unknown(self.queue[0], code)
        }
        let message = self.queue.removeFirst()
        self.state.offlineSince = nil
        switch meaning {
        case .tokenWanted: self.state.mode = .blocked(.token)
        case .serviceWanted: self.state.mode = .blocked(.service(code))
        case .serverBlock: self.enterServerBlock(at: now)
        case .shiftCloseWanted: self.state.shiftMustClose = true
        case .operationRefused, .accepted, .unanswered, .transportWanted: break
        }
        return .refused(message, code)
    }

    /// The head of the queue cannot go on by itself.
    private mutating func stop(_ code: ResultCode, _ meaning: ResultClass, at now: FiscalInstant) {
        switch meaning {
        case .serverBlock: self.enterServerBlock(at: now)
        case .tokenWanted where !self.state.tokenWasTyped: self.state.mode = .blocked(.token)
        case .tokenWanted:
            // The token was renewed and the old pair is not known: a person decides, with figures to compare.
            self.state.comparisonIsDue = true
            self.state.mode = .blocked(.message(code))
        case .serviceWanted, .shiftCloseWanted, .operationRefused, .transportWanted, .accepted, .unanswered:
            self.state.mode = .blocked(.message(code))
        }
        self.state.tokenWasTyped = false
    }

    private mutating func enterServerBlock(at now: FiscalInstant) {
        self.state.mode = .serverBlocked(awaitingToken: false)
        self.state.nextAttempt = now + self.rules.reconnectInterval
    }

    private mutating func refusedDraining(
        _ code: ResultCode, _ meaning: ResultClass, at now: FiscalInstant
    ) -> Resolution {
        self.queue[0].attemptIsOpen = false
        if meaning == .tokenWanted, self.state.tokenWasTyped, !self.queue[0].wentUnanswered {
            // The server cannot have it, and a new token is there: a new pair doubles nothing (decision K5).
            self.queue[0].pair = nil
            self.state.tokenWasTyped = false
            return .renumbered(self.queue[0])
        }
        self.queue[0].refusal = code
        let message = self.queue[0]
        self.stop(code, meaning, at: now)
        return .stopped(message, code)
    }

    private mutating func serviceAccepted(_ kind: ServiceKind) {
        self.state.nextAttempt = nil
        switch kind {
        case .info: self.state.infoIsDue = false
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
                self.state.mode = .offline(awaitingTransport: false)
                self.state.greeting = .announcing
            }
        case .keepAlive, .nomenclature, .auth, .reserved: break
        }
        if self.mode == .online { self.state.offlineSince = nil }
    }

    private mutating func serviceRefused(
        _ kind: ServiceKind, _ code: ResultCode, _ meaning: ResultClass, at now: FiscalInstant
    ) {
        switch self.mode {
        case .blocked:
            self.state.comparisonIsDue = false
        case .serverBlocked:
            self.state.nextAttempt = now + self.rules.reconnectInterval
            if meaning == .tokenWanted { self.state.mode = .serverBlocked(awaitingToken: true) }
        case .online, .offline:
            let isDraining = self.mode != .online
            switch meaning {
            case .serverBlock: self.enterServerBlock(at: now)
            case .tokenWanted: self.state.mode = .blocked(.token)
            case .serviceWanted: self.state.mode = .blocked(.service(code))
            case .transportWanted, .shiftCloseWanted, .operationRefused, .accepted, .unanswered:
                if isDraining {
                    self.state.mode = .blocked(.service(code))
                } else if meaning == .transportWanted {
                    self.state.offlineSince = self.state.offlineSince ?? now
                    self.state.mode = .offline(awaitingTransport: true)
                    self.state.greeting = .restoring
                } else {
                    self.state.offlineSince = nil
                    if meaning == .shiftCloseWanted { self.state.shiftMustClose = true }
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
    }

    /// The host has changed the transport setting that code 7 asked for.
    public mutating func transportChanged(at now: FiscalInstant) {
        guard case .offline(awaitingTransport: true) = self.mode else { return }
        self.state.mode = .offline(awaitingTransport: false)
        self.state.nextAttempt = now
    }

    /// A person has typed in a token (decision K5). A pinned message still goes first under its old pair.
    public mutating func tokenEntered(_ token: UInt32, at now: FiscalInstant) {
        self.state.token = token
        self.state.tokenWasTyped = !self.queue.isEmpty
        switch self.mode {
        case .blocked(.token): self.resume(at: now)
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
            guard evenUnknown || !self.queue[0].wentUnanswered else { return .refused(.outcomeUnknown) }
            self.state.tokenWasTyped = false
            switch decision {
            case .archive:
                let message = self.queue.removeFirst()
                self.resume(at: now)
                return .archived(message)
            case .sendAgain:
                // These three codes refuse the pair, not the message: under the same pair they would come for ever.
                let pairIsRefused = [.invalidToken, .invalidRequestNumber, .invalidRetryRequest].contains(code)
                if pairIsRefused {
                    self.queue[0].pair = nil
                    self.queue[0].wentUnanswered = false
                }
                self.resume(at: now)
                return .sendingAgain(self.queue[0])
            }
        }
    }
}
