import FiscalCore
import HTTPTypes

extension FermaAuthority {
    /// What became of one request, before a fault spoils the answer.
    struct Ruling: Sendable {
        enum Decision: Sendable {
            /// An answer of a register.
            case register(FermaAnswerData)
            /// A code of the service.
            case service(code: Int, isFatal: Bool?, text: String?)
            /// An answer below the application.
            case http(Int)
            /// No answer.
            case ignore
        }

        var decision: Decision
        var outcome: FermaReceivedRequest.Outcome
        var reason: String?
        /// How long the answer takes.
        var delay: Duration = .zero

        static func service(_ code: Int, _ reason: String) -> Self {
            Self(
                decision: .service(code: code, isFatal: nil, text: nil), outcome: .service(code: code), reason: reason)
        }

        static func http(_ status: Int, _ reason: String) -> Self {
            Self(decision: .http(status), outcome: .httpStatus(status), reason: reason)
        }
    }

    /// Decides on a request: the planned fault may take the decision away from the checks.
    mutating func rule(on reading: Reading, _ arrival: Arrival, _ fault: FermaFault?) -> Ruling {
        switch fault {
        case .silence(formed: false), .lost(formed: false): return Ruling(decision: .ignore, outcome: .ignored)
        case .status(let status, formed: false), .page(let status, formed: false):
            return .http(status, "as planned")
        case .service(let code, formed: false, _, let isFatal, let text):
            return Ruling(
                decision: .service(code: code, isFatal: isFatal, text: text), outcome: .service(code: code),
                reason: "as planned")
        case .device(let code, formed: false, let isFatal, let text):
            return self.forcedRefusal(code, isFatal, text, reading, arrival)
        default: break
        }
        let before = self.ledger.documents.count
        var ruling = self.handle(reading, arrival)
        switch fault {
        case .service(let code, _, let remembered, let isFatal, let text):
            if let identity = reading.identity, self.ledger.documents.count > before {
                if !remembered { self.memory.forget(identity) }
                // What was sent and never answered is known to the register alone.
                if [6, 16].contains(code) { self.leaveWithRegister(identity, arrival) }
            }
            ruling.decision = .service(code: code, isFatal: isFatal, text: text)
        case .device(let code, _, let isFatal, let text):
            ruling.decision = .register(self.refusal(code, isFatal, text, reading))
        default: break
        }
        return ruling
    }

    /// Handles a request as it should be.
    private mutating func handle(_ reading: Reading, _ arrival: Arrival) -> Ruling {
        switch reading.halt {
        case .http(let status, let reason): return .http(status, reason)
        case .service(let code, let reason): return .service(code, reason)
        case .register(let refusal): return self.ruling(refusal, reading)
        case nil: break
        }
        guard let data = reading.data, let identity = reading.identity else { return .service(2, "nothing was read") }
        if let entry = self.memory[identity, at: arrival.now] {
            if arrival.now < entry.readyAt { return .service(24, "still in progress") }
            return self.recall(entry, identity, arrival)
        }
        return self.carryOut(data, identity, arrival)
    }

    /// Answers from memory. What only the register remembers has to be fetched from it.
    private mutating func recall(
        _ entry: FermaMemory.Entry, _ identity: FermaRequestIdentity, _ arrival: Arrival
    ) -> Ruling {
        if entry.isWithRegister {
            guard self.registers.indices.contains(entry.answer.register),
                self.registers[entry.answer.register].isActive
            else { return .service(14, "the register is not activated") }
            switch self.registers[entry.answer.register].link {
            case .down, .losesAnswers: return .service(6, "no answer of the register")
            case .garblesAnswers:
                self.registers[entry.answer.register].isActive = false
                return .service(16, "no JSON from the register")
            case .up: break
            }
            var known = entry
            known.isWithRegister = false
            known.keptUntil = arrival.now + .seconds(self.rules.memorySeconds)
            self.memory.keep(known, for: identity)
        }
        return Ruling(
            decision: .register(entry.answer), outcome: .remembered(request: entry.request),
            reason: "answered before")
    }

    /// A refusal by a register before any was chosen: the first of the enterprise speaks.
    private func ruling(_ refusal: FermaRefusal, _ reading: Reading) -> Ruling {
        var answer = self.refusal(refusal.code, nil, nil, reading)
        answer.messages.append(refusal.reason)
        return Ruling(
            decision: .register(answer), outcome: .device(code: refusal.code), reason: refusal.reason)
    }

    /// A code that a register is made to say. A refusal of the data for good is remembered, as a real one is.
    private mutating func forcedRefusal(
        _ code: Int, _ isFatal: Bool?, _ text: String?, _ reading: Reading, _ arrival: Arrival
    ) -> Ruling {
        let answer = self.refusal(code, isFatal, text, reading)
        if let identity = reading.identity, FermaRefusal.remembered.contains(code),
            self.memory[identity, at: arrival.now] == nil
        {
            self.remember(answer, for: identity, arrival, readyAt: arrival.now)
        }
        return Ruling(decision: .register(answer), outcome: .device(code: code), reason: "as planned")
    }

    private func refusal(_ code: Int, _ isFatal: Bool?, _ text: String?, _ reading: Reading) -> FermaAnswerData {
        let group = reading.identity?.group
        let place = self.registers.firstIndex { group == nil || $0.group == group }
        return FermaAnswerData(
            register: place ?? 0, code: code, messages: [text ?? FermaTexts.register(code)],
            isFatal: isFatal ?? FermaRefusal.fatal.contains(code), type: reading.data?.documentType ?? 0)
    }

    /// Keeps an answer for as long as the service does.
    mutating func remember(
        _ answer: FermaAnswerData, for identity: FermaRequestIdentity, _ arrival: Arrival, readyAt: FiscalInstant
    ) {
        let entry = FermaMemory.Entry(
            request: arrival.number, answer: answer, readyAt: readyAt,
            keptUntil: readyAt + .seconds(self.rules.memorySeconds))
        self.memory.keep(entry, for: identity)
    }

    /// From now on the register alone knows the answer.
    mutating func leaveWithRegister(_ identity: FermaRequestIdentity, _ arrival: Arrival) {
        guard var entry = self.memory[identity, at: arrival.now], entry.answer.isRemembered else { return }
        entry.isWithRegister = true
        entry.keptUntil = entry.readyAt + .seconds(self.rules.registerMemorySeconds)
        self.memory.keep(entry, for: identity)
    }
}
