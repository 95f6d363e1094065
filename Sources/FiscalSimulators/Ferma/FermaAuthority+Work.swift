import FiscalCore

extension FermaAuthority {
    /// Finds a register for a request and lets it work.
    mutating func carryOut(
        _ data: FermaRequestData, _ identity: FermaRequestIdentity, _ arrival: Arrival
    ) -> Ruling {
        let choice: Choice
        do throws(Halt) {
            choice = try self.choose(data, identity.group, at: arrival.now)
        } catch {
            if case .service(let code, let reason) = error { return .service(code, reason) }
            return .service(5, "no register")
        }
        let place = choice.place
        if self.registers[place].link == .down { return .service(6, "the register cannot be reached") }
        let readyAt = arrival.now + choice.wait + arrival.work
        let (answer, refusal) = self.work(
            data, identity, at: place, now: arrival.now + choice.wait, number: arrival.number)
        if choice.wait + arrival.work > .zero { self.registers[place].busyUntil = readyAt }
        var ruling = Ruling(decision: .register(answer), outcome: .device(code: answer.code), reason: refusal?.reason)
        ruling.delay = choice.wait + arrival.work
        if let document = answer.document { ruling.outcome = .formed(document: document) }
        if answer.isRemembered {
            self.remember(answer, for: identity, arrival, readyAt: readyAt)
        } else if readyAt > arrival.now {
            // In progress until then, and forgotten with the answer.
            self.memory.keep(
                FermaMemory.Entry(
                    request: arrival.number, answer: answer, readyAt: readyAt,
                    keptUntil: readyAt - .milliseconds(1)), for: identity)
        }
        return self.deliver(ruling, identity, place, arrival)
    }

    /// Brings the answer from the register to the service.
    private mutating func deliver(
        _ ruling: Ruling, _ identity: FermaRequestIdentity, _ place: Int, _ arrival: Arrival
    ) -> Ruling {
        var ruling = ruling
        switch self.registers[place].link {
        case .up, .down: return ruling
        case .losesAnswers:
            ruling.decision = .service(code: 6, isFatal: nil, text: nil)
            ruling.reason = "the answer of the register was lost"
        case .garblesAnswers:
            self.registers[place].isActive = false
            ruling.decision = .service(code: 16, isFatal: nil, text: nil)
            ruling.reason = "no JSON from the register"
        }
        self.leaveWithRegister(identity, arrival)
        return ruling
    }

    private struct Choice {
        var place: Int
        var wait: Duration
    }

    /// The register named, or that of the enterprise which is free first.
    private func choose(
        _ data: FermaRequestData, _ group: String, at now: FiscalInstant
    ) throws(Halt) -> Choice {
        var places = self.registers.indices.filter { self.registers[$0].group == group }
        if let device = data.device, device != "auto" {
            places = places.filter { [self.registers[$0].serialNumber, self.registers[$0].address].contains(device) }
        }
        guard !places.isEmpty else { throw .service(5, "the enterprise has no such register") }
        let active = places.filter { self.registers[$0].isActive }
        guard !active.isEmpty else { throw .service(14, "no register is activated") }
        let free = active.filter { !self.registers[$0].isTaken }
        func wait(_ place: Int) -> Duration { max(.zero, (self.registers[place].busyUntil ?? now) - now) }
        guard let place = free.min(by: { wait($0) < wait($1) }) else { throw .service(5, "all registers are taken") }
        guard wait(place) <= .seconds(self.rules.waitForFreeSeconds) else { throw .service(18, "the register is busy") }
        return Choice(place: place, wait: wait(place))
    }

    /// Lets a register judge a request and form its document.
    mutating func work(
        _ data: FermaRequestData, _ identity: FermaRequestIdentity, at place: Int, now: FiscalInstant, number: Int
    ) -> (answer: FermaAnswerData, refusal: FermaRefusal?) {
        if let limit = self.rules.closesShiftAfterSeconds, let shift = self.registers[place].shift,
            now >= shift.openedAt + .seconds(limit)
        {
            self.registers[place].closeShift()
        }
        var answer = FermaAnswerData(register: place, code: 0, isFull: data.isFull, type: data.documentType ?? 0)
        do throws(FermaRefusal) {
            try self.registers[place].checkState(at: now)
            let bill = try FermaBill(data, on: self.registers[place], self.rules)
            try self.registers[place].checkDrawer(bill)
            answer.document = self.ledger.documents.count
            self.ledger.documents.append(
                self.registers[place].form(bill, for: identity, request: number, at: now, self.rules))
            return (answer, nil)
        } catch {
            answer.code = error.code
            answer.messages = [FermaTexts.register(error.code), error.reason]
            answer.isFatal = FermaRefusal.fatal.contains(error.code)
            return (answer, error)
        }
    }
}
