import FiscalCore
import OFDKazProtocol

extension Joint {
    /// Lets the event happen.
    /// - Returns: false when it cannot happen here, or changes nothing.
    /// - Throws: ``Violation`` when a statement about register and server does not hold.
    mutating func apply(_ event: JointEvent) throws(Violation) -> Bool {
        let happened = try self.carryOut(event)
        guard happened else { return false }
        if self.machine.state.token == self.authority.issued { self.isOutOfStep = false }
        try self.checkAtRest()
        return true
    }

    private mutating func carryOut(_ event: JointEvent) throws(Violation) -> Bool {
        switch event {
        case .issue(let kind): return try self.issue(kind)
        case .ask(let kind):
            return self.machine.request(kind)
        case .linkLost:
            let mode = self.machine.mode
            self.machine.linkLost(at: self.now)
            return self.machine.mode != mode
        case .restart:
            self.flight = nil
            self.machine.restarted(at: self.now)
            return true
        case .wait:
            guard self.flight == nil, case .wait(let until) = self.machine.nextStep(at: self.now) else { return false }
            try require(until <= self.now + self.machine.rules.reconnectInterval, "a wait beyond the interval")
            self.now = until
            return true
        case .threeDaysPass:
            self.now = self.now + .seconds(73 * 3600)
            return true
        case .clockSetBack:
            // So far that everything known lies ahead.
            self.now = self.now - .seconds(30 * 365 * 24 * 3600)
            return true
        case .start: return try self.start()
        case .notDelivered(let budget): return try self.end(.notDelivered, budgetIsLeft: budget)
        case .requestLost(let budget): return try self.end(.unanswered, budgetIsLeft: budget)
        case .requestDelayed(let budget):
            guard let flight, self.delayed == nil, flight.message != nil else { return false }
            self.delayed = Self.request(of: flight)
            return try self.end(.unanswered, budgetIsLeft: budget)
        case .answered(let treatment, let budget):
            guard let flight else { return false }
            let answer = try self.serve(Self.request(of: flight), treatment)
            return try self.end(.answered(answer.code, token: answer.token), budgetIsLeft: budget)
        case .answerLost(let treatment, let budget):
            guard let flight else { return false }
            _ = try self.serve(Self.request(of: flight), treatment)
            return try self.end(.unanswered, budgetIsLeft: budget)
        case .killedAfter(let treatment):
            guard let flight else { return false }
            _ = try self.serve(Self.request(of: flight), treatment)
            self.flight = nil
            self.machine.restarted(at: self.now)
            return true
        case .delayedRequestArrives(let treatment):
            guard let request = self.delayed else { return false }
            self.delayed = nil
            _ = try self.serve(request, treatment)
            return true
        case .tokenTyped(let isRight): return try self.typeToken(isRight: isRight)
        case .transportChanged:
            let mode = self.machine.mode
            self.machine.transportChanged(at: self.now)
            return self.machine.mode != mode
        case .unblock(let decision, let evenUnknown):
            return try self.unblock(decision, evenUnknown: evenUnknown)
        case .serverBlocks:
            guard !self.authority.isBlocked else { return false }
            self.authority.block()
            return true
        case .serverUnblocks:
            guard self.authority.isBlocked else { return false }
            self.authority.unblock()
            return true
        case .serverResetsToken:
            self.authority.resetToken()
            self.isOutOfStep = true
            return true
        }
    }

    static func request(of transmission: Transmission) -> ModelRequest {
        switch transmission.content {
        case .message(let message):
            ModelRequest(pair: transmission.pair, command: message.kind.command, message: message.number)
        case .service(let kind): ModelRequest(pair: transmission.pair, command: kind.command)
        }
    }

    // MARK: The host

    private mutating func issue(_ kind: MessageKind) throws(Violation) -> Bool {
        let before = self.machine.mode
        switch self.machine.admit(kind, shiftOpenedAt: nil, at: self.now) {
        case .refused: return false
        case .sendNow(let message):
            try require(before == .online && self.machine.queue.count == 1, "sent past a queue, or outside ONLINE")
            self.outstanding.append(Issued(number: message.number, kind: kind))
        case .queued(let message):
            guard case .offline = before else { throw Violation("queued in \(before)") }
            try require(message.isOffline, "queued, and not offline")
            self.outstanding.append(Issued(number: message.number, kind: kind))
            if kind.isDocument { self.count(message.number, by: 1) }
        }
        return true
    }

    // MARK: An attempt

    private mutating func start() throws(Violation) -> Bool {
        guard self.flight == nil else { return false }
        let before = self.machine
        guard case .send(let transmission) = self.machine.nextStep(at: self.now) else { return false }
        try self.checkStart(transmission, before: before)
        self.flight = transmission
        return true
    }

    private mutating func serve(
        _ request: ModelRequest, _ treatment: JointEvent.Treatment
    ) throws(Violation) -> ModelAuthority.Answer {
        let before = self.authority
        let answer: ModelAuthority.Answer
        switch treatment {
        case .properly(let rotating): answer = self.authority.receive(request, rotating: rotating)
        case .refusing(let code): answer = self.authority.receive(request, refusing: code, rotating: false)
        case .busy: return ModelAuthority.Answer(code: .serviceTemporarilyUnavailable, token: ModelAuthority.decoy)
        case .failing(let rotating):
            _ = self.authority.receive(request, rotating: rotating)
            answer = ModelAuthority.Answer(code: .unknownError, token: ModelAuthority.decoy)
        }
        if self.authority.last != before.last { try self.kept(request) }
        if request.command == .report, answer.code == .ok, let number = request.message { self.noteAnswer(number) }
        if request.message == nil && self.authority.issued != before.issued {
            // An INFO brought a token; nothing repeats an INFO, so a lost answer loses the token.
            self.isOutOfStep = true
        }
        return answer
    }

    private mutating func noteAnswer(_ number: Int64) {
        if let index = self.outstanding.firstIndex(where: { $0.number == number }) { self.outstanding[index].kept += 1 }
    }

    /// The server has kept a document.
    private mutating func kept(_ request: ModelRequest) throws(Violation) {
        guard let number = request.message else { throw Violation("the server kept a service request") }
        guard let index = self.outstanding.firstIndex(where: { $0.number == number }) else {
            // A delayed request of a document that a person has archived: the next INFO shows it.
            try require(self.apart.contains(number), "the server kept a document that was settled")
            self.isOutOfStep = true
            return
        }
        self.count(number, by: -1)
        self.outstanding[index].kept += 1
        if self.outstanding[index].kept > 1 {
            try require(self.outstanding[index].isDoubledByPerson, "the server keeps a document twice")
        } else {
            try require(number > self.lastKept, "the server keeps documents out of order")
        }
        self.lastKept = number
    }

    private mutating func end(_ result: ExchangeResult, budgetIsLeft: Bool) throws(Violation) -> Bool {
        guard let flight else { return false }
        // Only ONLINE, and the INFO beside a BLOCKED message, have a budget.
        if budgetIsLeft {
            switch self.machine.mode {
            case .online, .blocked: break
            case .offline, .serverBlocked: return false
            }
        }
        self.flight = nil
        let before = self.machine
        let resolution = self.machine.exchangeEnded(flight, with: result, budgetIsLeft: budgetIsLeft, at: self.now)
        try self.checkEnd(resolution, of: flight, with: result, before: before)
        var again = self.machine
        let second = again.exchangeEnded(flight, with: result, budgetIsLeft: budgetIsLeft, at: self.now)
        try require(second == .stale && again == self.machine, "a second report of the same attempt changed something")
        return true
    }

    // MARK: People at the register

    private mutating func typeToken(isRight: Bool) throws(Violation) -> Bool {
        let wrong = self.authority.issued | 0x8000_0000
        let token = isRight ? self.authority.issued : wrong
        guard token != self.machine.state.token || self.machine.mode == .blocked(.token) else { return false }
        do {
            try self.machine.tokenEntered(token, at: self.now)
        } catch {
            throw Violation("\(error)")
        }
        if !isRight { self.isOutOfStep = true }
        return true
    }

    private mutating func unblock(
        _ decision: RegisterMachine.Decision, evenUnknown: Bool
    ) throws(Violation) -> Bool {
        let before = self.machine
        switch self.machine.unblock(decision, evenUnknown: evenUnknown, at: self.now) {
        case .refused:
            try require(self.machine == before, "a refused decision changed the machine")
            return false
        case .lifted:
            try require(self.machine.queue == before.queue, "a block without a culprit took a message")
        case .archived(let message):
            try require(!message.wentUnanswered || evenUnknown, "an unknown outcome was archived without being named")
            guard let issued = self.outstanding.first, issued.number == message.number else {
                throw Violation("not the head was archived")
            }
            self.outstanding.removeFirst()
            self.apart.append(message.number)
            if issued.kept > 0 { self.isOutOfStep = true }
        case .sendingAgain(let message):
            try require(!message.wentUnanswered || evenUnknown, "an unknown outcome was sent again without being named")
            if message.pair == nil {
                self.outstanding[0].mayRenumber = true
                if self.outstanding[0].kept > 0 || self.delayed?.message == message.number {
                    self.outstanding[0].isDoubledByPerson = true
                    self.apart.append(message.number)
                    self.isOutOfStep = true
                }
            }
        }
        return true
    }
}

func require(_ condition: Bool, _ statement: @autoclosure () -> String) throws(Violation) {
    if !condition { throw Violation(statement()) }
}
